import { Injectable } from '@nestjs/common';
import { ApiKeys } from '../accounts/api-keys.service.js';
import { digestOf } from '../accounts/key-authenticator.service.js';
import type { Actor } from '../platform/access/actor.js';
import type { Page, PageArguments } from '../platform/api/page.js';
import { readPage } from '../platform/api/page.js';
import { Entropy } from '../platform/clock/entropy.js';
import { CursorCipher } from '../platform/db/cursor.service.js';
import { Database } from '../platform/db/database.service.js';
import type { Reader } from '../platform/db/reader.js';
import { refuse } from '../platform/errors/refusal.js';
import type { ClaimInvitationInput } from './grantees.inputs.js';
import type { Grantee } from './grantees.store.js';
import { GRANTEE_DIRECTORY, claimInvitation } from './grantees.store.js';

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
    private readonly database: Database,
    private readonly apiKeys: ApiKeys,
    private readonly cipher: CursorCipher,
    private readonly entropy: Entropy,
  ) {}

  list(reader: Reader, page: PageArguments): Promise<Page<Grantee>> {
    return readPage(reader, this.cipher, { ...GRANTEE_DIRECTORY, arguments: page });
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
