import { Injectable } from '@nestjs/common';
import { ApiKeys } from '../accounts/api-keys.service.js';
import { digestOf } from '../accounts/key-authenticator.service.js';
import { Organizations } from '../organizations/organizations.service.js';
import type { Actor } from '../platform/access/actor.js';
import { organizationOf } from '../platform/access/actor.js';
import type { Page, PageArguments } from '../platform/api/page.js';
import { readPage } from '../platform/api/page.js';
import { Clock } from '../platform/clock/clock.js';
import { Entropy } from '../platform/clock/entropy.js';
import { insertRow } from '../platform/db/columns.js';
import { CursorCipher } from '../platform/db/cursor.service.js';
import { Database } from '../platform/db/database.service.js';
import type { Reader } from '../platform/db/reader.js';
import { refuse } from '../platform/errors/refusal.js';
import { appendEvent } from '../platform/events/append-event.js';
import type { Answer } from '../platform/idempotency/mutations.service.js';
import { Mutations } from '../platform/idempotency/mutations.service.js';
import type { ClaimInvitationInput, InviteGranteeInput } from './grantees.inputs.js';
import type { Grantee } from './grantees.store.js';
import { GRANTEE_DIRECTORY, claimInvitation } from './grantees.store.js';
import { InvitationRow } from './invitation.entity.js';

const TOKEN_BYTES = 32;
const DAY = 86_400_000;
/** Long enough for a letter to a village, short enough that a lost link dies. */
const DAYS_TO_CLAIM = 60;

export interface InvitationAnswer extends Answer {
  readonly claimToken: string | null;
  readonly expiresAt: Date | null;
}
export interface ClaimAnswer {
  readonly id: string;
  readonly keyId: string;
  readonly secret: string;
  /** Who the claimer is from now on. */
  readonly actor: Actor;
}

@Injectable()
export class Grantees {
  constructor(
    private readonly mutations: Mutations,
    private readonly database: Database,
    private readonly organizations: Organizations,
    private readonly apiKeys: ApiKeys,
    private readonly cipher: CursorCipher,
    private readonly clock: Clock,
    private readonly entropy: Entropy,
  ) {}

  list(reader: Reader, page: PageArguments): Promise<Page<Grantee>> {
    return readPage(reader, this.cipher, { ...GRANTEE_DIRECTORY, arguments: page });
  }

  async invite(actor: Actor, input: InviteGranteeInput): Promise<InvitationAnswer> {
    const claimToken = this.entropy.bytes(TOKEN_BYTES).toString('base64url');
    const expiresAt = new Date(this.clock.now().getTime() + DAYS_TO_CLAIM * DAY);
    const answer = await this.mutations.run(actor, 'inviteGrantee', input, (tx) => {
      const funderId = organizationOf(actor);
      const granteeId = this.organizations.addInvited(tx, funderId, input);
      const tokenDigest = digestOf(claimToken);
      insertRow(tx, InvitationRow, { id: tx.newId(), tokenDigest, funderId, granteeId, createdAt: tx.now, expiresAt });
      appendEvent(tx, {
        type: 'GRANTEE_INVITED',
        subjectType: 'GRANTEE',
        subjectId: granteeId,
        funderId,
        forSteward: true,
      });
      return Promise.resolve({ id: granteeId, version: 1 });
    });
    if (answer.replayed)
      return { ...answer, claimToken: null, expiresAt: null, notices: [{ code: 'SECRET_ALREADY_SHOWN' }] };
    return { ...answer, claimToken, expiresAt };
  }

  /** The group's first key: whoever holds the link proves to be who the funder meant. */
  async claim(actor: Actor, { token }: ClaimInvitationInput): Promise<ClaimAnswer> {
    const key = { ...this.apiKeys.makeSecret(), lineageId: this.entropy.uuidv4(), label: 'From an invitation' };
    const { outcome, organizationId } = await this.database.write({ ...actor, role: 'PUBLIC' }, (tx) =>
      claimInvitation(tx, digestOf(token), key),
    );
    if (outcome !== 'CLAIMED' || !organizationId)
      throw refuse(outcome === 'CLAIMED' ? 'NOT_FOUND' : outcome, { path: ['token'] });
    const organizationIds = [organizationId];
    const claimer: Actor = {
      role: 'GRANTEE',
      organizationId,
      organizationIds,
      keyId: key.id,
      lineageId: key.lineageId,
    };
    return { id: organizationId, keyId: key.id, secret: key.token, actor: claimer };
  }
}
