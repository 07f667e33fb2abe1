import { Injectable } from '@nestjs/common';
import type { ApiKey } from '../accounts/api-key.entity.js';
import { ApiKeys } from '../accounts/api-keys.service.js';
import { digestOf } from '../accounts/key-authenticator.service.js';
import { KeySecrets } from '../accounts/key-secrets.service.js';
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
  readonly apiKey: ApiKey | null;
  readonly secret: string | null;
  /** Who the claimer is from now on. */
  readonly actor: Actor;
}

@Injectable()
export class Grantees {
  constructor(
    private readonly database: Database,
    private readonly apiKeys: ApiKeys,
    private readonly secrets: KeySecrets,
    private readonly cipher: CursorCipher,
    private readonly entropy: Entropy,
  ) {}

  list(reader: Reader, page: PageArguments): Promise<Page<Grantee>> {
    return readPage(reader, this.cipher, { ...GRANTEE_DIRECTORY, arguments: page });
  }

  /** The group's first key: whoever holds the link proves to be who the sender of the link meant. */
  async claim(actor: Actor, { token, secretDigest, idempotencyKey }: ClaimInvitationInput): Promise<ClaimAnswer> {
    const made = this.secrets.make(secretDigest);
    const key = { ...made, lineageId: this.entropy.uuidv4(), label: 'From an invitation' };
    const { outcome, organizationId, keyId } = await this.database.write({ ...actor, role: 'PUBLIC' }, (tx) =>
      claimInvitation(tx, digestOf(token), key, idempotencyKey ? digestOf(`${token} ${idempotencyKey}`) : null),
    );
    if (outcome === 'IDEMPOTENCY_MISMATCH') throw refuse(outcome, { path: ['idempotencyKey'] });
    if (outcome !== 'CLAIMED' && outcome !== 'ISSUED_AGAIN' && outcome !== 'REPEATED') {
      throw refuse(outcome, { path: ['token'] });
    }
    const claimer: Actor = {
      role: 'GRANTEE',
      organizationId,
      organizationIds: [organizationId!],
      keyId,
      lineageId: outcome === 'CLAIMED' ? key.lineageId : null,
      keyLineageId: outcome === 'CLAIMED' ? key.lineageId : null,
    };
    const apiKey = await this.apiKeys.find(claimer, keyId!);
    // Who repeats a claim knows the digest, which is not the secret: such a caller stays who it was.
    if (outcome === 'REPEATED') return { id: organizationId!, apiKey, secret: null, actor };
    // What a claimer did in the same call would be no use of the key, so another claim could still take the key over.
    const mayClaimAgain = key.token !== null && Boolean(idempotencyKey);
    const secret = this.secrets.tokenFor(keyId!, key);
    return { id: organizationId!, apiKey, secret, actor: mayClaimAgain ? standingAlone(claimer) : claimer };
  }
}

/** Reads what the claim answers, but no hidden tier, and nothing else in this call. */
function standingAlone(claimer: Actor): Actor {
  const owner = { ...claimer, lineageId: null, keyLineageId: null };
  return { ...owner, held: { reason: 'CLAIM_STANDS_ALONE', rotatedAt: '', owner } };
}
