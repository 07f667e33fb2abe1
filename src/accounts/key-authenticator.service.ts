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
import { isUsable, readToken } from './api-key.rules.js';
import { FIND_KEY, NOTE_KEY_USE } from './api-keys.store.js';

type FoundKey = Pick<
  ApiKeyRow,
  'secretDigest' | 'role' | 'organizationId' | 'lineageId' | 'expiresAt' | 'revokedAt' | 'lastUsedOn'
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
    if (!key || !isRight || !isUsable(key, now)) throw refuse('UNAUTHENTICATED');
    const today = now.toISOString().slice(0, 10);
    if (key.lastUsedOn === null || key.lastUsedOn < today) await this.run(NOTE_KEY_USE, [token.id, today]);
    const { role, organizationId, organizationIds, lineageId } = key;
    return { role, organizationId, organizationIds, keyId: token.id, lineageId };
  }

  private async run<T>(sql: string, values: readonly unknown[]): Promise<T[]> {
    return (await executeOnce(this.pool, [statement('app', sql, values)]))[0] as T[];
  }
}

export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
