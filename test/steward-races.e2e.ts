import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { ObstacleCalls } from './support/obstacle-scenes.js';
import { CLOSED, issueKey, nameSteward, registerFunder, stewardScenes, tellOwners } from './support/steward-scenes.js';

let network: Network;
let calls: ObstacleCalls;
const { foundation, about, told, isReadBySteward } = stewardScenes(() => network);
beforeAll(async () => {
  network = await startNetwork();
  calls = new ObstacleCalls(network);
});
afterAll(() => network.stop());

describe('naming while somebody logs', () => {
  let holder: pg.Client;
  beforeEach(async () => {
    holder = new pg.Client({ connectionString: network.databaseUrls.owner });
    await holder.connect();
  });
  afterEach(() => holder.end());

  /** Logging gets as far as its first write into the table, and waits there until the work is done. */
  async function heldAt(table: string, input: object, work: () => Promise<void>): Promise<object> {
    await holder.query('BEGIN');
    await holder.query(`LOCK TABLE ${table} IN SHARE MODE`);
    const logging = calls.act(network.keys.grantee, 'logObstacle', input);
    const isWaiting = async (): Promise<boolean> =>
      (await network.sql<object>(`SELECT 1 FROM pg_locks WHERE NOT granted AND relation = $1::regclass`, [table]))
        .length > 0;
    while (!(await isWaiting())) await new Promise((resolve) => setTimeout(resolve, 10));
    try {
      await work();
    } finally {
      await holder.query('COMMIT');
    }
    return logging;
  }

  it('refuses what is written after the naming, though the service looked before', async () => {
    const delta = await foundation();
    const answer = await heldAt('obstacles.entries', about(delta), async () => {
      await nameSteward(network, delta);
    });
    expect(answer).toMatchObject({ obstacle: null, userErrors: [{ code: 'STEWARD_IS_CONCERNED', path: ['tier'] }] });
    expect(await network.sql('SELECT id FROM obstacles.entries')).toEqual([]);
  });

  it.each(['CONFIDENTIAL', 'AGGREGATE_ONLY'])(
    'waits for nobody, and closes what was written before it and is not committed: %s',
    async (tier) => {
      const delta = await foundation();
      const older = await calls.log(about(delta));
      // The naming ends while the one who logs holds its entry and its stream: else this would wait until it is given up.
      const answer = (await heldAt('obstacles.events', about(delta, tier), async () => {
        await nameSteward(network, delta);
        await issueKey(network, 'STEWARD', await registerFunder(network, 'Harbor Fund'));
      })) as { obstacle: { id: string } };
      for (const id of [answer.obstacle.id, older.id]) expect(await isReadBySteward(id)).toBe(false);
      await tellOwners(network);
      expect(await told(older.id)).toEqual(['OBSTACLE_LOGGED', CLOSED]);
      expect(await told(answer.obstacle.id)).toEqual(['OBSTACLE_LOGGED', ...(tier === 'CONFIDENTIAL' ? [CLOSED] : [])]);
    },
  );

  it('refuses what is written after a naming that was taken back meanwhile', async () => {
    const delta = await foundation();
    const answer = await heldAt('obstacles.entries', about(delta), async () => {
      await nameSteward(network, delta);
      await nameSteward(network, null);
    });
    expect(answer).toMatchObject({ obstacle: null, userErrors: [{ code: 'STEWARD_IS_CONCERNED', path: ['tier'] }] });
    expect(await calls.refused(network.keys.grantee, 'logObstacle', about(delta))).toEqual([
      'STEWARD_IS_CONCERNED tier',
    ]);
  });

  it.each(['CONFIDENTIAL', 'AGGREGATE_ONLY'])(
    'stays closed when the naming is taken back, whatever was not committed by then: %s',
    async (tier) => {
      const delta = await foundation();
      const older = await calls.log(about(delta));
      const answer = (await heldAt('obstacles.events', about(delta, tier), async () => {
        await nameSteward(network, delta);
        await nameSteward(network, null);
      })) as { obstacle: { id: string } };
      for (const id of [answer.obstacle.id, older.id]) expect(await isReadBySteward(id)).toBe(false);
      await tellOwners(network);
      expect(await told(older.id)).toEqual(['OBSTACLE_LOGGED', CLOSED]);
      expect(await told(answer.obstacle.id)).toEqual(['OBSTACLE_LOGGED', ...(tier === 'CONFIDENTIAL' ? [CLOSED] : [])]);
    },
  );

  it.each([false, true])(
    'ends in one of the two orders for each of many, and never in a fault; taken back: %s',
    async (isTakenBack) => {
      const delta = await foundation();
      const logging = Array.from({ length: 24 }, () => calls.act(network.keys.grantee, 'logObstacle', about(delta)));
      const naming = new Promise((resolve) => setTimeout(resolve, 15)).then(async () => {
        await nameSteward(network, delta);
        if (isTakenBack) await nameSteward(network, null);
      });
      const [answers] = await Promise.all([Promise.all(logging), naming]);
      await tellOwners(network);
      for (const { obstacle, userErrors } of answers) {
        if (obstacle) {
          expect(await isReadBySteward(obstacle.id)).toBe(false);
          expect(await told(obstacle.id)).toEqual(['OBSTACLE_LOGGED', CLOSED]);
        } else expect(userErrors.map(({ code }) => code)).toEqual(['STEWARD_IS_CONCERNED']);
      }
    },
  );
});
