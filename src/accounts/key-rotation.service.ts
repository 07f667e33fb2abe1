import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/access/actor.js';
import { Entropy } from '../platform/clock/entropy.js';
import { insertRow, updateRow } from '../platform/db/columns.js';
import { Database } from '../platform/db/database.service.js';
import type { Tx } from '../platform/db/transaction.js';
import { refuse, unauthenticated } from '../platform/errors/refusal.js';
import { appendEvent } from '../platform/events/append-event.js';
import type { Outcome } from '../platform/idempotency/mutations.service.js';
import { Mutations } from '../platform/idempotency/mutations.service.js';
import { KeyEndings } from '../platform/witness/key-endings.service.js';
import type { ApiKey } from './api-key.entity.js';
import { ApiKeyRow } from './api-key.entity.js';
import { isUsable, lastDayEnd, mustBeRotated } from './api-key.rules.js';
import type { RotateApiKeyInput } from './api-keys.inputs.js';
import { API_KEYS_BY_ID, heirOf, lockApiKey } from './api-keys.store.js';
import { KeySecrets } from './key-secrets.service.js';
import type { NewSecret } from './api-key.rules.js';
import type { KeyAnswer } from './key-secrets.service.js';

export interface RotationAnswer extends KeyAnswer {
  /** Read here and not by the payload: the key that made the call may be unable to read anything. */
  readonly apiKey: ApiKey | null;
}

/** Replaces the key that makes the call. One key has one heir, which the database holds to. */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly mutations: Mutations,
    private readonly database: Database,
    private readonly secrets: KeySecrets,
    private readonly entropy: Entropy,
    private readonly endings: KeyEndings,
  ) {}

  async rotate(caller: Actor, input: RotateApiKeyInput): Promise<RotationAnswer> {
    const made = this.secrets.make(input.secretDigest);
    const must = caller.held?.reason === 'KEY_MUST_BE_ROTATED';
    // The heir of a key that others saw begins a lineage. Row security lets nobody add a key outside the own lineage.
    const actor = { ...(caller.held?.owner ?? caller), ...(must && { lineageId: this.entropy.uuidv4() }) };
    const answer = await this.mutations.run(actor, 'rotateApiKey', input, (tx) => this.replace(tx, actor, made, input));
    await this.endings.keepNow();
    const [apiKey = null] = await this.database.reader(actor).rows<ApiKey>(API_KEYS_BY_ID, [[answer.id]]);
    return { ...this.secrets.show({ ...answer, replayed: answer.replayed || answer.id !== made.id }, made), apiKey };
  }

  private async replace(tx: Tx, actor: Actor, made: NewSecret, input: RotateApiKeyInput): Promise<Outcome> {
    const old = await lockApiKey(tx, actor.keyId!);
    if (old?.rotatedAt) return this.repeat(tx, old, made);
    if (!old || !isUsable(old, tx.now)) throw unauthenticated('KEY_NOT_VALID');
    const { role, organizationId, expiresAt } = old;
    insertRow(tx, ApiKeyRow, {
      id: made.id,
      secretDigest: made.digest,
      role,
      organizationId,
      lineageId: actor.lineageId!,
      expiresAt,
      rotatedFrom: old.id,
      label: input.label ?? old.label,
      createdAt: tx.now,
    });
    // A key that somebody else was shown is of no more use to anybody, nor is one that leaked.
    const ends = input.now || mustBeRotated(old) ? { revokedAt: tx.now } : { expiresAt: lastDayEnd(old, tx.now) };
    updateRow(tx, ApiKeyRow, { id: old.id, rotatedAt: tx.now, ...ends, version: old.version + 1 });
    // Row security lets analysts append nothing to the history.
    if (organizationId && role !== 'ANALYST') {
      appendEvent(tx, {
        type: 'API_KEY_ROTATED',
        subjectType: 'API_KEY',
        subjectId: made.id,
        organizationId,
        forSteward: false,
      });
    }
    return { id: made.id, version: 1 };
  }

  /** The same digest is the same rotation: whoever sends it made the secret of the heir. */
  private async repeat(tx: Tx, old: ApiKeyRow, made: NewSecret): Promise<Outcome> {
    const heir = made.isOwn ? await heirOf(tx, old.id) : null;
    if (heir?.secretDigest.equals(made.digest)) return { id: heir.id, version: heir.version };
    throw refuse('KEY_ALREADY_ROTATED', { parameters: { rotatedAt: old.rotatedAt!.toISOString() } });
  }
}
