import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { Patience } from '../platform/access/patience.js';
import { POOL } from '../platform/db/database.service.js';
import { executeOnce, statement } from '../platform/db/transaction.js';
import type { Waits } from '../platform/db/waits.js';
import { WAITS } from '../platform/db/waits.js';
import { readToken } from './api-key.rules.js';
import { FIND_KEY } from './api-keys.store.js';
import { digestOf } from './key-authenticator.service.js';

/** Which key it is that somebody found where it should not be. */
@Injectable()
export class LeakedKeys {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(WAITS) private readonly waits: Waits,
  ) {}

  /**
   * The id of the key, whatever its standing; nothing notes that it was used. Null where the secret is not that key's: anybody
   * can write down a key with the id of somebody else's and say that it leaked.
   */
  async idOf(token: string): Promise<string | null> {
    const named = readToken(`Bearer ${token}`);
    if (!named) return null;
    const find = statement('app', FIND_KEY, [named.id]);
    const [rows] = await executeOnce(this.pool, new Patience(this.waits.poolMs), [find]);
    const [key] = rows as { secretDigest: Buffer }[];
    return key && timingSafeEqual(key.secretDigest, digestOf(named.secret)) ? named.id : null;
  }
}
