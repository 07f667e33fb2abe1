import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { asCaller, callerOf } from './support/database-callers.js';
import { KeyCalls } from './support/key-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { HIDDEN, ObstacleCalls, recordAgreement, stored } from './support/obstacle-scenes.js';

const HOUR = 3_600_000;

let network: Network;
let keys: KeyCalls;
let obstacles: ObstacleCalls;
let organizationId: string;
beforeAll(async () => {
  network = await startNetwork();
  keys = new KeyCalls(network);
  obstacles = new ObstacleCalls(network);
  organizationId = network.ids.organization.grantee;
  await recordAgreement(network, 'funder', 'grantee');
});
afterAll(() => network.stop());

const later = (ms: number): void => network.clock.set(new Date(network.clock.now().getTime() + ms).toISOString());

describe('the last day of a rotated key', () => {
  it('makes ordinary calls for 24 hours, and reaches no hidden tier', async () => {
    const old = await keys.fresh(organizationId);
    const input = { ...HIDDEN, beganMonth: '2026-09-01' };
    const hidden = await obstacles.log({ ...input, tier: 'AGGREGATE_ONLY' }, old);
    const known = await obstacles.log({ ...input, tier: 'CONFIDENTIAL' }, old);
    const shared = await obstacles.log(
      { ...input, code: 'NO_RESPONSE', tier: 'SHARED', funderId: network.ids.funder },
      old,
    );
    expect((await obstacles.list(old)).totalCount).toBeGreaterThanOrEqual(3);
    const { secret, apiKey } = await keys.rotate(old);
    const heir = secret!;

    expect((await network.call(old, '{ viewer { role organization { id } } agreements { totalCount } }')).data).toEqual(
      (await network.call(heir, '{ viewer { role organization { id } } agreements { totalCount } }')).data,
    );
    const { nodes, totalCount } = await obstacles.list(old);
    expect([...new Set(nodes.map(({ tier }) => tier)), totalCount]).toEqual(['SHARED', nodes.length]);
    expect((await obstacles.list(old, { tier: { in: ['AGGREGATE_ONLY', 'CONFIDENTIAL'] } })).totalCount).toBe(0);
    expect([await obstacles.see(old, hidden.id), await obstacles.see(old, known.id)]).toEqual([null, null]);
    expect(await obstacles.see(old, shared.id)).toMatchObject({ id: shared.id });
    const events = '{ obstacleEvents { nodes { id } } }';
    expect((await network.call(old, events)).data).toEqual({ obstacleEvents: { nodes: [] } });
    expect((await network.call(heir, events)).data).not.toEqual({ obstacleEvents: { nodes: [] } });

    // What is hidden, what is shared and what does not exist are refused alike.
    const before = await stored(network);
    const absent = `obs_${'0'.repeat(32)}`;
    for (const id of [hidden.id, known.id, shared.id, absent]) {
      for (const name of ['resolveObstacle', 'withdrawObstacle', 'reopenObstacle'])
        expect(await obstacles.refused(old, name, { id, expectedVersion: 1 })).toEqual(['KEY_IN_LAST_DAY ']);
      const open = { id, tier: 'SHARED', expectedVersion: 1 };
      expect(await obstacles.refused(old, 'openObstacleTier', open)).toEqual(['KEY_IN_LAST_DAY ']);
    }
    expect(await obstacles.refused(old, 'logObstacle', { ...input, tier: 'SHARED' })).toEqual(['KEY_IN_LAST_DAY ']);
    const revoked = await network.mutate(old, 'revokeApiKey', { id: apiKey!.id }, 'apiKey { id }');
    expect(revoked).toMatchObject({ apiKey: null, userErrors: [{ code: 'KEY_IN_LAST_DAY' }] });
    expect(await stored(network)).toEqual(before);

    later(24 * HOUR - 60_000);
    expect(await keys.tried(old)).toEqual([200]);
    later(120_000);
    expect([await keys.tried(old), await keys.tried(heir)]).toEqual([[401, 'KEY_ALREADY_ROTATED'], [200]]);
    expect(await obstacles.see(heir, hidden.id)).toMatchObject({ id: hidden.id });
  });

  it('shows a database session without a lineage nothing but what is shared', async () => {
    const caller = await callerOf(network, network.keys.grantee);
    const login = new pg.Client({ connectionString: network.databaseUrls.app });
    await login.connect();
    const count = (lineageId: string | null, table: string, where = 'true'): Promise<number> =>
      asCaller(login, { ...caller, lineageId }, async (query) => {
        const [row] = await query<{ rows: number }>(
          `SELECT count(*)::int AS rows FROM obstacles.${table} WHERE ${where}`,
        );
        return row.rows;
      });
    try {
      await obstacles.log({ ...HIDDEN, tier: 'CONFIDENTIAL', clientSubmissionId: 'seen' });
      for (const [table, where] of [['entries', `tier <> 'SHARED'`], ['events'], ['submissions'], ['streams']]) {
        expect([table, await count(null, table, where)]).toEqual([table, 0]);
        expect([table, await count(caller.lineageId, table, where)]).not.toEqual([table, 0]);
      }
      expect(await count(null, 'entries')).toBe(await count(caller.lineageId, 'entries', `tier = 'SHARED'`));
    } finally {
      await login.end();
    }
  });
});
