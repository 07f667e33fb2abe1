import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ClaimLinks } from '../organizations/claim-links.service.js';
import { timeZoneOf } from '../organizations/country-time-zone.rules.js';
import { InvitationRow } from '../organizations/invitation.entity.js';
import { Organizations } from '../organizations/organizations.service.js';
import type { Actor } from '../platform/access/actor.js';
import { organizationOf } from '../platform/access/actor.js';
import { insertRow } from '../platform/db/columns.js';
import type { Tx } from '../platform/db/transaction.js';
import { refuse } from '../platform/errors/refusal.js';
import { appendEvent } from '../platform/events/append-event.js';
import type { Answer, Outcome } from '../platform/idempotency/mutations.service.js';
import { Mutations } from '../platform/idempotency/mutations.service.js';
import type { PlainNotice } from '../platform/notices/notice.js';
import type { InviteGranteeInput } from './grantees.inputs.js';
import type { EarlierInvitation } from './grantees.store.js';
import { findInvitation, replaceToken } from './grantees.store.js';
import { groupKeyOf } from './invited-group.rules.js';

interface Link {
  /** Null when the link was shown before. */
  readonly claimToken: string | null;
  readonly expiresAt: Date | null;
}
export interface InvitationAnswer extends Answer, Link {}
type Invited = Outcome & Link;

/** A funder invites a group: one group and one link that works, however often the funder asks. */
@Injectable()
export class Invitations {
  constructor(
    private readonly mutations: Mutations,
    private readonly organizations: Organizations,
    private readonly claimLinks: ClaimLinks,
  ) {}

  async invite(actor: Actor, input: InviteGranteeInput): Promise<InvitationAnswer> {
    const groupDigest = createHash('sha256').update(groupKeyOf(input)).digest();
    let link: Link = { claimToken: null, expiresAt: null };
    const answer = await this.mutations.run(actor, 'inviteGrantee', input, async (tx) => {
      const earlier = await findInvitation(tx, actor.organizationIds, groupDigest);
      const { claimToken, expiresAt, ...outcome } = earlier
        ? await this.inviteAgain(tx, earlier, input.replaceLink)
        : this.inviteFirst(tx, organizationOf(actor), groupDigest, input);
      link = { claimToken, expiresAt };
      return outcome;
    });
    if (!answer.replayed) return { ...answer, ...link };
    // Where the first answer had a notice, it had no link.
    const { notices = [] } = answer;
    const told = notices.length > 0 ? notices : [{ code: 'SECRET_ALREADY_SHOWN' as const }];
    return { ...answer, claimToken: null, expiresAt: null, notices: told };
  }

  private inviteFirst(tx: Tx, funderId: string, groupDigest: Buffer, input: InviteGranteeInput): Invited {
    const { replaceLink: _, ...group } = input;
    const granteeId = this.organizations.addInvited(tx, funderId, { ...group, timeZone: timeZoneIn(input) });
    const { token: claimToken, tokenDigest, expiresAt } = this.claimLinks.make(tx.now);
    const invitation = { id: tx.newId(), tokenDigest, funderId, granteeId, groupDigest, createdAt: tx.now, expiresAt };
    // Of two calls at once the second meets the constraint on the digest, is done again, and finds the first.
    insertRow(tx, InvitationRow, invitation);
    this.tell(tx, 'GRANTEE_INVITED', invitation);
    return { id: granteeId, version: 1, claimToken, expiresAt };
  }

  private async inviteAgain(tx: Tx, earlier: EarlierInvitation, replaceLink: boolean): Promise<Invited> {
    if (earlier.claimedAt || earlier.isMerged) return shownBefore(earlier, null, 'INVITATION_ALREADY_CLAIMED');
    const isOver = earlier.expiresAt <= tx.now;
    if (!replaceLink && !isOver) return shownBefore(earlier, earlier.expiresAt, 'GRANTEE_ALREADY_INVITED');
    const { token: claimToken, tokenDigest, expiresAt } = this.claimLinks.make(tx.now);
    if (!(await replaceToken(tx, earlier, { tokenDigest, expiresAt }))) return this.foundChanged(tx, earlier);
    this.tell(tx, 'INVITATION_LINK_REPLACED', earlier);
    return { id: earlier.granteeId, version: 1, claimToken, expiresAt };
  }

  /** Somebody claimed the link, or replaced it and was shown the new one, between this call's reading and its writing. */
  private async foundChanged(tx: Tx, { granteeId, funderId, groupDigest }: EarlierInvitation): Promise<Invited> {
    const now = (await findInvitation(tx, [funderId!], groupDigest!))!;
    return now.claimedAt
      ? shownBefore({ granteeId }, null, 'INVITATION_ALREADY_CLAIMED')
      : shownBefore({ granteeId }, now.expiresAt, 'GRANTEE_ALREADY_INVITED');
  }

  private tell(tx: Tx, type: string, { granteeId, funderId }: Pick<InvitationRow, 'granteeId' | 'funderId'>): void {
    appendEvent(tx, { type, subjectType: 'GRANTEE', subjectId: granteeId, funderId, forSteward: true });
  }
}

/** Undefined is UTC. Only what is certain is taken from the country: the group's duties end with days of this zone. */
function timeZoneIn({ timeZone, country }: InviteGranteeInput): string | undefined {
  if (timeZone != null) return timeZone;
  if (country == null) return undefined;
  const certain = timeZoneOf(country);
  if (certain === null) throw refuse('TIME_ZONE_NEEDED', { path: ['timeZone'], parameters: { country } });
  return certain;
}

function shownBefore(
  { granteeId }: Pick<InvitationRow, 'granteeId'>,
  expiresAt: Date | null,
  code: PlainNotice['code'],
): Invited {
  return { id: granteeId, version: 1, claimToken: null, expiresAt, notices: [{ code }] };
}
