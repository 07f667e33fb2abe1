import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import type { Actor } from '../platform/access/actor.js';
import { PUBLIC_ACTOR } from '../platform/access/actor.js';
import { Authenticator } from '../platform/access/authenticator.js';
import { Patience } from '../platform/access/patience.js';
import { Clock } from '../platform/clock/clock.js';
import { POOL } from '../platform/db/database.service.js';
import { executeOnce, statement } from '../platform/db/transaction.js';
import { refuse, unauthenticated } from '../platform/errors/refusal.js';
import { isTransient } from '../platform/errors/transient.rules.js';
import { KeyEndings } from '../platform/witness/key-endings.service.js';
import type { ApiKeyRow } from './api-key.entity.js';
import { hasKeyForm, readToken, standingOf } from './api-key.rules.js';
import { FIND_KEY, NOTE_KEY_USE } from './api-keys.store.js';
import type { Waits } from '../platform/db/waits.js';
import { WAITS } from '../platform/db/waits.js';

type FoundKey = Pick<
  ApiKeyRow,
  | 'secretDigest'
  | 'role'
  | 'organizationId'
  | 'lineageId'
  | 'expiresAt'
  | 'revokedAt'
  | 'lastUsedOn'
  | 'issuedByOther'
  | 'rotatedAt'
> & {
  organizationIds: string[];
};

/** Whoever rotates or revokes the key holds its row. */
const HARDLY_WAIT = `SELECT set_config('lock_timeout', '100', true)`;

/** Turns a key into an actor. The row is read each time, so that a revoked key is refused at once on every node. */
@Injectable()
export class KeyAuthenticator extends Authenticator {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly clock: Clock,
    private readonly endings: KeyEndings,
    @Inject(WAITS) private readonly waits: Waits,
  ) {
    super();
  }

  async authenticate(authorization: string | undefined): Promise<Actor> {
    const patience = new Patience(this.waits.poolMs);
    if (authorization === undefined) return { ...PUBLIC_ACTOR, patience };
    const token = readToken(authorization);
    if (!token) throw unauthenticated(hasKeyForm(authorization) ? 'KEY_NOT_VALID' : 'KEY_MISWRITTEN');
    const now = this.clock.now();
    const [key] = (await executeOnce(this.pool, patience, [statement('app', FIND_KEY, [token.id])]))[0] as FoundKey[];
    const digest = digestOf(token.secret);
    // Compared also when there is no such key, so that the time says nothing.
    const isRight = timingSafeEqual(digest, key?.secretDigest ?? Buffer.alloc(digest.length));
    if (!key || !isRight || this.endings.hasEnded(token.id)) throw unauthenticated('KEY_NOT_VALID');
    const actor = this.actorOf({ ...key, keyId: token.id, patience }, now);
    const today = now.toISOString().slice(0, 10);
    if (key.lastUsedOn === null || key.lastUsedOn < today) {
      const isFirst = key.lastUsedOn === null;
      const noted = await this.noteUse(patience, isFirst, [token.id, today, digest]);
      if (!noted) throw unauthenticated('KEY_NOT_VALID');
    }
    return actor;
  }

  /**
   * Whether the secret is right at the moment at which its use is noted. The first use is noted for certain: a claim that is
   * repeated at this moment gives the key another secret, unless this use comes first. The day of a later use is a courtesy.
   */
  private async noteUse(patience: Patience, isFirst: boolean, values: readonly unknown[]): Promise<boolean> {
    const note = statement('app', NOTE_KEY_USE, values);
    try {
      const results = await executeOnce(this.pool, patience, isFirst ? [note] : [statement('app', HARDLY_WAIT), note]);
      return (results.at(-1) as { isRight: boolean }[])[0].isRight;
    } catch (error) {
      if (isFirst || !isTransient(error)) throw error;
      return true;
    }
  }

  private actorOf(key: FoundKey & Pick<Required<Actor>, 'keyId' | 'patience'>, now: Date): Actor {
    const { role, organizationId, organizationIds, keyId, lineageId, patience } = key;
    const owner: Actor = { role, organizationId, organizationIds, keyId, lineageId, keyLineageId: lineageId, patience };
    const rotatedAt = key.rotatedAt?.toISOString() ?? '';
    switch (standingOf(key, now)) {
      case 'FULL':
        return owner;
      case 'LAST_DAY':
        return { ...owner, lineageId: null };
      case 'MUST_BE_ROTATED':
        return { ...PUBLIC_ACTOR, patience, held: { reason: 'KEY_MUST_BE_ROTATED', rotatedAt, owner } };
      case 'REPEATS_ROTATION':
        return { ...PUBLIC_ACTOR, patience, held: { reason: 'KEY_ALREADY_ROTATED', rotatedAt, owner } };
      case 'REPLACED':
        throw refuse('KEY_ALREADY_ROTATED', { parameters: { rotatedAt } });
      case 'ENDED':
        throw unauthenticated('KEY_NOT_VALID');
    }
  }
}

export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
