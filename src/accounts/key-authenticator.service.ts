import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import type { Actor } from '../platform/access/actor.js';
import { PUBLIC_ACTOR } from '../platform/access/actor.js';
import { Authenticator } from '../platform/access/authenticator.js';
import { Clock } from '../platform/clock/clock.js';
import { POOL } from '../platform/db/database.service.js';
import { executeOnce, statement } from '../platform/db/transaction.js';
import { refuse } from '../platform/errors/refusal.js';
import type { ApiKeyRow } from './api-key.entity.js';
import { readToken, standingOf } from './api-key.rules.js';
import { FIND_KEY, NOTE_KEY_USE } from './api-keys.store.js';

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

/** Turns a key into an actor. The row is read each time, so that a revoked key is refused at once on every node. */
@Injectable()
export class KeyAuthenticator extends Authenticator {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly clock: Clock,
  ) {
    super();
  }

  async authenticate(authorization: string | undefined): Promise<Actor> {
    if (authorization === undefined) return PUBLIC_ACTOR;
    const token = readToken(authorization);
    if (!token) throw refuse('UNAUTHENTICATED');
    const now = this.clock.now();
    const [key] = await this.run<FoundKey>(FIND_KEY, [token.id]);
    const digest = digestOf(token.secret);
    // Compared also when there is no such key, so that the time says nothing.
    const isRight = timingSafeEqual(digest, key?.secretDigest ?? Buffer.alloc(digest.length));
    if (!key || !isRight) throw refuse('UNAUTHENTICATED');
    const actor = this.actorOf(token.id, key, now);
    const today = now.toISOString().slice(0, 10);
    if (key.lastUsedOn === null || key.lastUsedOn < today) {
      // A claim that is repeated at this moment gives the key another secret, unless this use is noted first.
      const [noted] = await this.run<{ isRight: boolean }>(NOTE_KEY_USE, [token.id, today, digest]);
      if (!noted.isRight) throw refuse('UNAUTHENTICATED');
    }
    return actor;
  }

  private actorOf(keyId: string, key: FoundKey, now: Date): Actor {
    const { role, organizationId, organizationIds, lineageId } = key;
    const owner: Actor = { role, organizationId, organizationIds, keyId, lineageId, keyLineageId: lineageId };
    const rotatedAt = key.rotatedAt?.toISOString() ?? '';
    switch (standingOf(key, now)) {
      case 'FULL':
        return owner;
      case 'LAST_DAY':
        return { ...owner, lineageId: null };
      case 'MUST_BE_ROTATED':
        return { ...PUBLIC_ACTOR, held: { reason: 'KEY_MUST_BE_ROTATED', rotatedAt, owner } };
      case 'REPEATS_ROTATION':
        return { ...PUBLIC_ACTOR, held: { reason: 'KEY_ALREADY_ROTATED', rotatedAt, owner } };
      case 'REPLACED':
        throw refuse('KEY_ALREADY_ROTATED', { parameters: { rotatedAt } });
      case 'ENDED':
        throw refuse('UNAUTHENTICATED');
    }
  }

  private async run<T>(sql: string, values: readonly unknown[]): Promise<T[]> {
    return (await executeOnce(this.pool, [statement('app', sql, values)]))[0] as T[];
  }
}

export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
