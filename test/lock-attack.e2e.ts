import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { LOCK_CLASSES } from '../src/platform/db/advisory-locks.js';
import { callerOf } from './support/database-callers.js';
import { textsWithHash } from './support/inverted-hash.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { HIDDEN, ObstacleCalls } from './support/obstacle-scenes.js';
import { StandingCalls } from './support/standing-call.js';

const OPERATION = 'updateFunderProfile';
const EACH = 70;

let network: Network;
let calls: ObstacleCalls;
let standing: StandingCalls;
let holder: pg.Client;
/** What the attacker's locks would be called, had they the numbers they had once; and the keys that give such a number. */
let names: string[];
let attacks: string[];
beforeAll(async () => {
  network = await startNetwork();
  calls = new ObstacleCalls(network);
  standing = new StandingCalls(network);
  await standing.connect();
  holder = new pg.Client({ connectionString: network.databaseUrls.owner });
  await holder.connect();
  // With the source in hand, and all ids: more than any funder has. Only the service's secret is missing.
  const { lineageId } = await callerOf(network, network.keys.funder);
  const victim = await callerOf(network, network.keys.grantee);
  const hashOf = async (text: string): Promise<bigint> =>
    BigInt((await network.sql<{ hash: string }>('SELECT hashtextextended($1, 0)::text AS hash', [text]))[0].hash);
  const start = JSON.stringify([lineageId, OPERATION, '']).slice(0, -2);
  const filling = 'x'.repeat((12 - (start.length % 12)) % 12);
  const numbers = [
    await hashOf('goodfaith.obstacle_release'),
    await hashOf(JSON.stringify([victim.lineageId, 'logObstacle', 'stands in logObstacle 0'])),
    BigInt(LOCK_CLASSES.STATISTICS) << 32n,
  ];
  const texts = numbers.map((number) => textsWithHash(number, start + filling, '"]', EACH));
  attacks = texts.flat().map((text) => filling + text);
  names = attacks.map((key) => JSON.stringify([lineageId, OPERATION, key]));
  const found = await network.sql<{ hash: string }>(
    'SELECT hashtextextended(t, 0)::text AS hash FROM unnest($1::text[]) WITH ORDINALITY AS n (t, i) ORDER BY i',
    [names],
  );
  // The attack is a real one: PostgreSQL finds the numbers that were aimed at.
  expect(found.map(({ hash }) => BigInt(hash))).toEqual(numbers.flatMap((number) => Array<bigint>(EACH).fill(number)));
}, 120_000);
afterAll(async () => {
  await standing.disconnect();
  await holder.end();
  await network.stop();
});

/** Changes nothing: the version is none. */
async function attack(idempotencyKey: string): Promise<string> {
  const input = { expectedVersion: 99, mission: 'To know who is logging', idempotencyKey };
  const { userErrors } = (await network.mutate(network.keys.funder, OPERATION, input, '__typename')) as {
    userErrors: { code: string }[];
  };
  return userErrors.map(({ code }) => code).join();
}
const log = (idempotencyKey: string): Promise<unknown> =>
  calls.log({ ...HIDDEN, tier: 'AGGREGATE_ONLY', idempotencyKey }, network.keys.grantee);

describe('a funder that chooses its idempotency keys by the hash they had as locks', () => {
  it('is answered the same while a grantee is logging, and waits for nothing', async () => {
    expect(new Set(attacks).size).toBe(3 * EACH);
    const held = await standing.stand(network.keys.grantee, 'logObstacle', log);
    try {
      const answers = await standing.withoutWaiting(held, 'an attack', async () => {
        const answered = [];
        for (const key of attacks) answered.push(await attack(key));
        return answered;
      });
      expect([...new Set(answers)]).toEqual(['STALE_VERSION']);
    } finally {
      await held.end();
    }
  });

  it('keeps no grantee from logging while its own call goes on', async () => {
    for (const key of [attacks[0], attacks[EACH], attacks[2 * EACH]]) {
      await holder.query('BEGIN');
      await holder.query('LOCK TABLE funders IN ACCESS EXCLUSIVE MODE');
      const attacking = attack(key);
      try {
        const [pid] = await standing.blockedBy((holder as unknown as { processID: number }).processID);
        const held = { pid, end: () => attacking };
        await standing.withoutWaiting(held, 'logging', () => log(`beside ${key}`));
      } finally {
        await holder.query('ROLLBACK');
        await attacking;
      }
    }
  });
});
