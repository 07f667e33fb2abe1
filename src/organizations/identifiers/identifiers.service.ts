import { Injectable } from '@nestjs/common';
import pg from 'pg';
import type { Actor } from '../../platform/access/actor.js';
import type { Page, PageArguments } from '../../platform/api/page.js';
import { readPage } from '../../platform/api/page.js';
import { updateRow } from '../../platform/db/columns.js';
import { CursorCipher } from '../../platform/db/cursor.service.js';
import { expectVersion } from '../../platform/db/expect-version.js';
import type { Reader } from '../../platform/db/reader.js';
import type { Tx } from '../../platform/db/transaction.js';
import { notFound, refuse } from '../../platform/errors/refusal.js';
import { appendEvent } from '../../platform/events/append-event.js';
import type { Answer, Outcome } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import { OrganizationRow } from '../organization.entity.js';
import type { Organization } from '../organizations.store.js';
import { lockOrganization } from '../organizations.store.js';
import { duplicateOf, readIdentifier, textOf } from './identifier-claims.js';
import type { ConfirmIdentifierInput, IdentifierInput, RemoveIdentifierInput } from './identifiers.inputs.js';
import type { HeldIdentifier, IdentifierClaim } from './identifiers.store.js';
import {
  addIdentifier,
  claimList,
  dropClaim,
  dropConfirmed,
  holderOf,
  lockConfirmed,
  ownIdentifiers,
} from './identifiers.store.js';

/** What the steward decides about the numbers of organizations. */
@Injectable()
export class Identifiers {
  constructor(
    private readonly mutations: Mutations,
    private readonly cipher: CursorCipher,
  ) {}

  async claims(
    reader: Reader,
    page: PageArguments,
    identifier: IdentifierInput | null,
  ): Promise<Page<IdentifierClaim>> {
    const list = claimList(identifier && readIdentifier(identifier, 'identifier'));
    return readPage(reader, this.cipher, { ...list, arguments: page });
  }

  confirm(actor: Actor, input: ConfirmIdentifierInput): Promise<Answer> {
    return this.mutations.run(actor, 'confirmIdentifier', input, async (tx) => {
      const { organization, held } = await this.lock(tx, input);
      if (held.standing === 'CONFIRMED') {
        const parameters = { identifier: textOf(held) };
        throw refuse('IDENTIFIER_ALREADY_CONFIRMED', { path: ['identifier'], parameters });
      }
      const holder = await holderOf(tx, [held]);
      if (holder) throw duplicateOf(holder, 'identifier');
      dropClaim(tx, organization.id, held);
      addIdentifier(tx, organization.id, held);
      return this.changed(tx, organization, 'IDENTIFIER_CONFIRMED');
    });
  }

  remove(actor: Actor, input: RemoveIdentifierInput): Promise<Answer> {
    return this.mutations.run(actor, 'removeIdentifier', input, async (tx) => {
      const { organization, held } = await this.lock(tx, input);
      if (held.standing === 'UNCONFIRMED') dropClaim(tx, organization.id, held);
      else await this.dropConfirmed(tx, held);
      return this.changed(tx, organization, 'IDENTIFIER_REMOVED');
    });
  }

  /** The organization first: whoever changes its numbers waits for whoever else does. */
  private async lock(
    tx: Tx,
    { organizationId, identifier, expectedVersion }: ConfirmIdentifierInput | RemoveIdentifierInput,
  ): Promise<{ organization: Organization; held: HeldIdentifier }> {
    const wanted = textOf(readIdentifier(identifier, 'identifier'));
    const organization = await lockOrganization(tx, organizationId);
    if (!organization) throw notFound('organizationId');
    expectVersion(organization, expectedVersion);
    const held = (await ownIdentifiers(tx, organizationId)).find((one) => textOf(one) === wanted);
    if (!held) throw notFound('identifier');
    return { organization, held };
  }

  /** History that an import attached by a number keeps the number: the foreign key says so, and no race gets past it. */
  private async dropConfirmed(tx: Tx, held: HeldIdentifier): Promise<void> {
    if (!(await lockConfirmed(tx, held))) throw refuse('IMPORT_RUNNING', { path: ['identifier'] });
    await dropConfirmed(tx, held).catch((error: unknown) => {
      if (!(error instanceof pg.DatabaseError) || error.code !== '23503') throw error;
      throw refuse('IDENTIFIER_HAS_HISTORY', { path: ['identifier'], parameters: { identifier: textOf(held) } });
    });
  }

  private changed(tx: Tx, { id, version }: Organization, type: string): Outcome {
    updateRow(tx, OrganizationRow, { id, version: version + 1, updatedAt: tx.now });
    appendEvent(tx, { type, subjectType: 'ORGANIZATION', subjectId: id, organizationId: id, forSteward: true });
    return { id, version: version + 1 };
  }
}
