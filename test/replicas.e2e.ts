import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase } from './support/database.js';
import type { TestDatabase } from './support/database.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

/** A replica that has received nothing yet: whatever a call shows was read elsewhere. */
let replica: TestDatabase;
let network: Network;
beforeAll(async () => {
  replica = await createTestDatabase();
  network = await startNetwork({ env: { DATABASE_REPLICA_URLS: replica.appUrl } });
});
afterAll(async () => {
  await network.stop();
  await replica.drop();
});

it("an owner's stream is read from the first server, where it waits for whoever is adding to it", async () => {
  const obstacle = { code: 'CURRENCY_DEVALUATION', beganMonth: '2026-09-01', text: 'Prices.', tier: 'AGGREGATE_ONLY' };
  await network.mutate(network.keys.grantee, 'logObstacle', obstacle, '__typename');
  const query = '{ obstacleEvents { nodes { type } } obstacles { nodes { id } } }';
  const { data } = await network.call(network.keys.grantee, query);
  expect(data).toEqual({ obstacleEvents: { nodes: [{ type: 'OBSTACLE_LOGGED' }] }, obstacles: { nodes: [] } });
});

it('queries read from the replica, keys and mutations from the first server', async () => {
  const { data } = await network.call(
    network.keys.funder,
    '{ viewer { role organization { id } } funders { nodes { id } } }',
  );
  expect(data).toEqual({ viewer: { role: 'FUNDER', organization: null }, funders: { nodes: [] } });

  const input = { expectedVersion: 1, mission: 'Rivers' };
  const payload = await network.mutate(
    network.keys.funder,
    'updateFunderProfile',
    input,
    'funder { id mission version }',
  );
  expect(payload.funder).toEqual({ id: network.ids.funder, mission: 'Rivers', version: 2 });

  const { secret } = await network.mutate(network.keys.funder, 'rotateApiKey', { now: true }, 'secret');
  expect((await network.call(network.keys.funder, '{ viewer { role } }')).status).toBe(401);
  expect((await network.call(secret, '{ viewer { role } }')).status).toBe(200);
});
