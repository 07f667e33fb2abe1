import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/access/actor.js';
import { organizationOf } from '../platform/access/actor.js';
import { insertRow, updateRow } from '../platform/db/columns.js';
import { expectVersion } from '../platform/db/expect-version.js';
import type { Tx } from '../platform/db/transaction.js';
import { notFound, refuse } from '../platform/errors/refusal.js';
import type { IncompleteOrganization } from '../platform/errors/reasons.js';
import { appendEvent } from '../platform/events/append-event.js';
import type { Answer } from '../platform/idempotency/mutations.service.js';
import { Mutations } from '../platform/idempotency/mutations.service.js';
import type { ClaimLink } from './claim-links.service.js';
import { ClaimLinks } from './claim-links.service.js';
import { FunderRow, GranteeRow } from './face.entity.js';
import { changeGrantee } from './grantee-changes.js';
import { readFreeIdentifiers, replaceClaims } from './identifiers/identifier-claims.js';
import { addIdentifier } from './identifiers/identifiers.store.js';
import { InvitationRow } from './invitation.entity.js';
import { ContactRow, OrganizationRow } from './organization.entity.js';
import type { GranteeFaceInput, RegisterOrganizationInput, UpdateOrganizationInput } from './organizations.inputs.js';
import * as store from './organizations.store.js';

export interface RegistrationAnswer extends Answer {
  readonly claimToken: string | null;
  readonly claimExpiresAt: Date | null;
}

@Injectable()
export class Organizations {
  constructor(
    private readonly mutations: Mutations,
    private readonly claimLinks: ClaimLinks,
  ) {}

  async register(actor: Actor, input: RegisterOrganizationInput): Promise<RegistrationAnswer> {
    let link: ClaimLink | null = null;
    if (input.claimLink && !input.grantee) throw refuse('CLAIM_LINK_NEEDS_GRANTEE', { path: ['claimLink'] });
    const answer = await this.mutations.run(actor, 'registerOrganization', input, async (tx) => {
      const id = tx.newId();
      await this.checkFaces(tx, input);
      const identifiers = await readFreeIdentifiers(tx, input.identifiers ?? []);
      this.insert(tx, id, input, null);
      for (const identifier of identifiers) addIdentifier(tx, id, identifier);
      link = input.claimLink ? this.addClaimLink(tx, id) : null;
      appendEvent(tx, {
        type: 'ORGANIZATION_REGISTERED',
        subjectType: 'ORGANIZATION',
        subjectId: id,
        organizationId: id,
        forSteward: true,
      });
      return { id, version: 1 };
    });
    if (input.claimLink && answer.replayed) {
      return { ...answer, claimToken: null, claimExpiresAt: null, notices: [{ code: 'SECRET_ALREADY_SHOWN' }] };
    }
    // TypeScript does not see that the callback assigned the link.
    const { token = null, expiresAt = null } = (link as ClaimLink | null) ?? {};
    return { ...answer, claimToken: token, claimExpiresAt: expiresAt };
  }

  private addClaimLink(tx: Tx, granteeId: string): ClaimLink {
    const link = this.claimLinks.make(tx.now);
    const { tokenDigest, expiresAt } = link;
    insertRow(tx, InvitationRow, { id: tx.newId(), tokenDigest, granteeId, createdAt: tx.now, expiresAt });
    return link;
  }

  update(actor: Actor, input: UpdateOrganizationInput): Promise<Answer> {
    return this.mutations.run(actor, 'updateOrganization', input, async (tx) => {
      const old = await store.lockOrganization(tx, organizationOf(actor));
      if (!old) throw notFound();
      expectVersion(old, input.expectedVersion);
      const { id } = old;
      if (input.identifiers) await replaceClaims(tx, id, input.identifiers);
      const { person = null, email = null, phone = null } = input.contact ?? {};
      if (input.contact) store.saveContact(tx, { organizationId: id, person, email, phone });
      const { otherNames, country, website } = input;
      const name = input.name ?? old.name;
      const isListed = input.isListed ?? old.isListed;
      const version = old.version + 1;
      updateRow(tx, OrganizationRow, {
        id,
        name,
        isListed,
        country,
        website,
        version,
        otherNames: otherNames ?? undefined,
        locale: input.locale ?? undefined,
        timeZone: input.timeZone ?? undefined,
        updatedAt: tx.now,
      });
      store.renameFaces(tx, id, name, isListed);
      await changeGrantee(tx, id, input);
      appendEvent(tx, {
        type: 'ORGANIZATION_UPDATED',
        subjectType: 'ORGANIZATION',
        subjectId: id,
        organizationId: id,
        forSteward: true,
      });
      return { id, version };
    });
  }

  /** An informal group that a funder invites: a name, a place and a contact; unlisted, and known to that funder. */
  addInvited(
    tx: Tx,
    funderId: string,
    group: Pick<RegisterOrganizationInput, 'name' | 'country' | 'locale' | 'timeZone' | 'contact'> & { place: string },
  ): string {
    const id = tx.newId();
    const { place, ...details } = group;
    const faces = { grantee: { legalForm: 'INFORMAL_GROUP' as const, place }, isListed: false };
    this.insert(tx, id, { ...details, ...faces }, funderId);
    return id;
  }

  /** Each sees the other's contact details from now on. */
  acquaint(tx: Tx, one: string, other: string): void {
    store.acquaint(tx, one, other);
  }

  private insert(
    tx: Tx,
    id: string,
    input: Omit<RegisterOrganizationInput, 'identifiers'>,
    registeredBy: string | null,
  ): void {
    const { name, country, website, funder, grantee } = input;
    const isListed = input.isListed ?? grantee?.legalForm !== 'INFORMAL_GROUP';
    insertRow(tx, OrganizationRow, {
      id,
      name,
      country,
      website,
      isListed,
      registeredBy,
      otherNames: input.otherNames ?? undefined,
      locale: input.locale ?? undefined,
      timeZone: input.timeZone ?? undefined,
      createdAt: tx.now,
      updatedAt: tx.now,
    });
    // First of all: the inviter's rights to the rest come from knowing the group.
    if (registeredBy) store.acquaint(tx, registeredBy, id);
    const { person = null, email = null, phone = null } = input.contact ?? {};
    if (input.contact) insertRow(tx, ContactRow, { organizationId: id, person, email, phone });
    const face = { organizationId: id, name, isListed, updatedAt: tx.now };
    if (funder) {
      const { mission, responseDays, noticeDays } = funder;
      insertRow(tx, FunderRow, {
        ...face,
        mission,
        responseDays: responseDays ?? undefined,
        noticeDays: noticeDays ?? undefined,
      });
    }
    if (grantee) {
      const { legalForm, fiscalSponsorId, place } = grantee;
      insertRow(tx, GranteeRow, { ...face, legalForm, fiscalSponsorId, place });
    }
  }

  private async checkFaces(tx: Tx, { funder, grantee, contact }: RegisterOrganizationInput): Promise<void> {
    const incomplete = (path: string, why: IncompleteOrganization): Error =>
      refuse('INCOMPLETE_ORGANIZATION', { path: [path], parameters: { why } });
    if (!funder && !grantee) throw incomplete('funder', 'NEITHER_FUNDER_NOR_GRANTEE');
    if (grantee?.legalForm === 'INFORMAL_GROUP' && !grantee.place) throw incomplete('grantee', 'GROUP_WITHOUT_PLACE');
    if (grantee?.legalForm === 'INFORMAL_GROUP' && !contact) throw incomplete('contact', 'GROUP_WITHOUT_CONTACT');
    if (grantee) await this.checkSponsor(tx, grantee);
  }

  private async checkSponsor(tx: Tx, { legalForm, fiscalSponsorId }: GranteeFaceInput): Promise<void> {
    const isNeeded = legalForm === 'FISCALLY_SPONSORED';
    const isRight = fiscalSponsorId ? isNeeded && (await store.isRegisteredGrantee(tx, fiscalSponsorId)) : !isNeeded;
    if (!isRight) throw refuse('FISCAL_SPONSOR_INVALID', { path: ['grantee', 'fiscalSponsorId'] });
  }
}
