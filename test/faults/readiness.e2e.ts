import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase } from '../support/database.js';
import { VERSION } from '../../src/platform/health/build.js';
import type { TestDatabase } from '../support/database.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import { USUAL_WAITS } from '../support/waits.js';
import { figure } from './figures.js';

let replica: TestDatabase;
let network: Network;
let owner: pg.Client;
beforeAll(async () => {
  replica = await createTestDatabase();
  network = await startNetwork({
    env: { ...USUAL_WAITS, DATABASE_REPLICA_URLS: replica.appUrl, DATABASE_POOL_SIZE: '2' },
  });
  owner = new pg.Client({ connectionString: network.databaseUrls.owner });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await network.stop();
  await replica.drop();
});

interface Readiness {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly details: Record<string, Record<string, unknown>>;
}
async function ready(): Promise<Readiness> {
  const response = await fetch(`${network.url}/health/ready`);
  const { details } = (await response.json()) as Readiness;
  return { status: response.status, retryAfter: response.headers.get('retry-after'), details };
}
/** What was said is kept for a second. */
async function readyWith(expected: (told: Readiness) => boolean): Promise<Readiness> {
  for (;;) {
    const told = await ready();
    if (expected(told)) return told;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
const looks = async (): Promise<number> => {
  const sql = `SELECT count(*)::integer AS n FROM pg_stat_activity WHERE application_name = 'goodfaith readiness' AND datname = current_database()`;
  return (await owner.query<{ n: number }>(sql)).rows[0].n;
};

it('says that all is there', async () => {
  const { status, retryAfter, details } = await ready();
  expect([status, retryAfter]).toEqual([200, null]);
  expect(details).toEqual({
    database: {
      status: 'up',
      isReadOnly: false,
      migrations: { applied: expect.any(Number), expected: expect.any(Number) },
    },
    replicas: { status: 'up', configured: 1, gone: 0 },
    clock: { status: 'up', agrees: true },
    jobs: { status: 'up' },
    staying: { status: 'up' },
    witness: { status: 'up' },
    build: { status: 'up', version: VERSION, commit: null },
  });
});

it('answers while every connection of the pool is taken, over one of its own', async () => {
  await owner.query('BEGIN');
  await owner.query('LOCK api_keys IN ACCESS EXCLUSIVE MODE');
  const waiting = [1, 2, 3].map(() => network.call(network.keys.funder, '{ viewer { role } }'));
  try {
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const begun = performance.now();
    // The first of these asks the server, the others are told what it said.
    for (let i = 0; i < 20; i++) expect((await ready()).status).toBe(200);
    figure('readiness, pool exhausted', { 'ms for twenty': Math.round(performance.now() - begun) });
    expect(await looks()).toBe(1);
  } finally {
    await owner.query('ROLLBACK');
  }
  for (const { status } of await Promise.all(waiting)) expect([200, 503]).toContain(status);
});

it('says that the database is read-only', async () => {
  const { rows } = await owner.query<{ name: string }>('SELECT current_database() AS name');
  const endConnections = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name LIKE 'goodfaith%' AND datname = current_database()`;
  await owner.query(`ALTER DATABASE ${rows[0].name} SET default_transaction_read_only = on`);
  await owner.query(endConnections);
  const told = await readyWith(({ details }) => details.database.isReadOnly === true);
  expect([told.status, told.retryAfter, told.details.database.status]).toEqual([503, '1', 'down']);
  await owner.query(`ALTER DATABASE ${rows[0].name} RESET default_transaction_read_only`);
  await owner.query(endConnections);
  await readyWith(({ status }) => status === 200);
});

it('says that the clocks are more than a minute apart, and serves', async () => {
  network.clock.skew = 61_000;
  const told = await readyWith(({ details }) => details.clock.agrees === false);
  expect(told.status).toBe(200);
  network.clock.skew = -59_000;
  await readyWith(({ details }) => details.clock.agrees === true);
  network.clock.skew = 0;
});

it('says that a replica is gone, and is ready, since queries are answered by the first server', async () => {
  const name = new URL(replica.ownerUrl).pathname.slice(1);
  await owner.query(`ALTER DATABASE ${name} CONNECTION LIMIT 0`);
  await owner.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
  const told = await readyWith(({ details }) => details.replicas.gone === 1);
  expect([told.status, told.details.replicas.status, told.details.database.status]).toEqual([200, 'up', 'up']);
  const { data } = await network.call(network.keys.funder, '{ funders { nodes { id } } }');
  expect(data.funders.nodes).toHaveLength(2);
});
