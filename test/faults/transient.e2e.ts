import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { findBreaches } from '../../src/doctor/doctor.js';
import { Patience } from '../../src/platform/access/patience.js';
import { LOCK_CLASSES } from '../../src/platform/db/advisory-locks.js';
import { PoolExhausted } from '../../src/platform/errors/transient.rules.js';
import type { Answer } from '../support/client.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import { USUAL_WAITS } from '../support/waits.js';
import { figure, quantile } from './figures.js';

const POOL_SIZE = 4;
let network: Network;
let holder: pg.Client;
beforeAll(async () => {
  network = await startNetwork({ env: { ...USUAL_WAITS, DATABASE_POOL_SIZE: String(POOL_SIZE) } });
  holder = new pg.Client({ connectionString: network.databaseUrls.owner });
  await holder.connect();
  // Nothing below is the first use of a key, which is noted for certain.
  for (const key of Object.values(network.keys)) await network.call(key, '{ viewer { role } }');
});
afterEach(async () => {
  const breaches = await findBreaches(holder);
  expect(breaches.filter((each) => each.breaches.length > 0)).toEqual([]);
});
afterAll(async () => {
  await holder.end();
  await network.stop();
});

const UPDATE = `mutation ($input: UpdateFunderProfileInput!) {
  updateFunderProfile(input: $input) { funder { mission version } userErrors { code } } }`;
const update = (key: string, input: object, headers?: Record<string, string>): Promise<Answer> =>
  network.call(key, UPDATE, { input }, headers);
const versionOf = async (): Promise<number> => {
  const { data } = await network.call(network.keys.funder, `{ funder(id: "${network.ids.funder}") { version } }`);
  return (data as { funder: { version: number } }).funder.version;
};

function expectUnavailable({ status, headers, errors, data }: Answer): void {
  expect([status, headers.get('retry-after'), data]).toEqual([503, '1', undefined]);
  expect(errors?.map(({ extensions: { code, retryable } }) => [code, retryable])).toEqual([['UNAVAILABLE', true]]);
  expect(errors?.[0].message).toMatch(/send it again with the same idempotency key/);
}

/** Somebody else's transaction holds this until the work is done. */
async function whileHeld<T>(sql: string, work: () => Promise<T>): Promise<T> {
  await holder.query('BEGIN');
  await holder.query(sql);
  try {
    return await work();
  } finally {
    await holder.query('ROLLBACK');
  }
}
const timed = async <T>(work: Promise<T>): Promise<[T, number]> => {
  const begun = performance.now();
  return [await work, performance.now() - begun];
};

describe('a lock that is not free', () => {
  it('is waited for two seconds, then the call is told UNAVAILABLE, and done once when it is sent again', async () => {
    const input = { expectedVersion: await versionOf(), mission: 'Rivers', idempotencyKey: 'locked' };
    const [answer, ms] = await whileHeld('LOCK funders IN ACCESS EXCLUSIVE MODE', () =>
      timed(update(network.keys.funder, input)),
    );
    expectUnavailable(answer);
    figure('lock held', { 'answered after ms': Math.round(ms) });
    const again = await update(network.keys.funder, input);
    expect(again.data.updateFunderProfile.funder).toEqual({ mission: 'Rivers', version: input.expectedVersion + 1 });
    expect((await update(network.keys.funder, input)).data).toEqual(again.data);
  });

  it('is told in Vietnamese too, and over REST as a problem', async () => {
    await whileHeld('LOCK funders, history_heads IN ACCESS EXCLUSIVE MODE', async () => {
      const input = { expectedVersion: 1, mission: 'Rivers' };
      const { errors } = await update(network.keys.funder, input, { 'accept-language': 'vi' });
      expect(errors?.[0].message).toMatch(/cùng khóa chống lặp/);
      const response = await fetch(`${network.url}/v1/history/heads`);
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(await response.json()).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    });
  });

  it('is waited for longer by whoever logs an obstacle while a period is closed', async () => {
    const log = `mutation ($input: LogObstacleInput!) { logObstacle(input: $input) { obstacle { id } userErrors { code } } }`;
    const input = { code: 'PUBLIC_HEALTH_CRISIS', tier: 'AGGREGATE_ONLY', beganMonth: '2026-01-01', text: 'Flood' };
    const [lock] = [`SELECT pg_advisory_xact_lock(${LOCK_CLASSES.STATISTICS}, 0)`];
    const logging = await whileHeld(lock, async () => {
      const sent = network.call(network.keys.grantee, log, { input });
      await sleep(2_500);
      return { sent };
    });
    const { data } = await logging.sent;
    expect(data.logObstacle).toEqual({ obstacle: { id: expect.stringMatching(/^obs_/) }, userErrors: [] });
  });

  it('of a key keeps nobody from using it, once its first use is noted', async () => {
    const day = "date '2026-01-01'";
    await holder.query(`UPDATE api_keys SET last_used_on = ${day}`);
    const { status } = await whileHeld('SELECT FROM api_keys FOR UPDATE', () =>
      network.call(network.keys.funder, '{ viewer { role } }'),
    );
    expect(status).toBe(200);
    const { rows } = await holder.query(`SELECT FROM api_keys WHERE role = 'FUNDER' AND last_used_on > ${day}`);
    expect(rows).toHaveLength(0);
    await network.call(network.keys.funder, '{ viewer { role } }');
    const noted = await holder.query(`SELECT FROM api_keys WHERE role = 'FUNDER' AND last_used_on > ${day}`);
    expect(noted.rows).toHaveLength(1);
  });
});

describe('a statement that takes too long', () => {
  it('is told UNAVAILABLE', async () => {
    // As an operator would: new connections have a shorter limit, which the service's own setting does not loosen.
    const input = { expectedVersion: await versionOf(), mission: 'Lakes', idempotencyKey: 'slow' };
    await holder.query(`CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql SET statement_timeout = '1s' AS
      $$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$`);
    await holder.query('CREATE TRIGGER dawdle BEFORE UPDATE ON funders FOR EACH ROW EXECUTE FUNCTION dawdle()');
    const cancel = setInterval(() => {
      void holder.query(`SELECT pg_cancel_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'goodfaith' AND wait_event = 'PgSleep'`);
    }, 200);
    try {
      expectUnavailable(await update(network.keys.funder, input));
    } finally {
      clearInterval(cancel);
      await holder.query('DROP FUNCTION dawdle() CASCADE');
    }
    const { data } = await update(network.keys.funder, input);
    expect(data.updateFunderProfile.funder).toEqual({ mission: 'Lakes', version: input.expectedVersion + 1 });
  });
});

describe('a server that is read-only', () => {
  const alter = async (sql: string): Promise<void> => {
    await holder.query(sql);
    // The setting is of new sessions.
    await holder.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'goodfaith' AND datname = current_database()`);
  };
  it('answers queries, and tells changes UNAVAILABLE', async () => {
    const expectedVersion = await versionOf();
    const { rows } = await holder.query<{ name: string }>('SELECT current_database() AS name');
    await alter(`ALTER DATABASE ${rows[0].name} SET default_transaction_read_only = on`);
    try {
      expectUnavailable(await update(network.keys.funder, { expectedVersion, mission: 'Sea', idempotencyKey: 'ro' }));
      expect(await versionOf()).toBe(expectedVersion);
    } finally {
      await holder.query('SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE');
      await alter(`ALTER DATABASE ${rows[0].name} RESET default_transaction_read_only`);
    }
    // A connection that was ended is noticed by whoever uses it.
    for (let answer: Answer | undefined; answer?.status !== 200;) {
      answer = await update(network.keys.funder, { expectedVersion, mission: 'Sea', idempotencyKey: 'ro' });
      if (answer.status !== 200) expectUnavailable(answer);
    }
    expect(await versionOf()).toBe(expectedVersion + 1);
  });
});

describe('a pool of four connections', () => {
  const CLIENTS = 200;

  it('is waited for once by a request, however often it needs a connection', async () => {
    const pool = new pg.Pool({ connectionString: network.databaseUrls.app, max: 1 });
    const taken = await pool.connect();
    const patience = new Patience(1_500);
    await expect(patience.lend(pool)).rejects.toThrow(PoolExhausted);
    // Timers end in the order in which they are due, however busy the machine is.
    const second = patience.lend(pool).catch((error: unknown) => error);
    expect(await Promise.race([second, sleep(700)])).toBeInstanceOf(PoolExhausted);
    taken.release();
    // What was asked for in vain went back when it came.
    const lent = await patience.lend(pool);
    lent.release();
    await pool.end();
  });

  it('keeps none of 200 clients waiting for long: who gets no connection is told UNAVAILABLE', async () => {
    const answers = await whileHeld('LOCK funders IN ACCESS EXCLUSIVE MODE', () =>
      Promise.all(
        Array.from({ length: CLIENTS }, (_, n) =>
          timed(update(network.keys.funder, { expectedVersion: 99, mission: `M${n}`, idempotencyKey: `p${n}` })),
        ),
      ),
    );
    for (const [answer] of answers) expectUnavailable(answer);
    const times = answers.map(([, ms]) => ms);
    figure('pool exhausted', { clients: CLIENTS, 'median ms': quantile(times, 0.5), 'longest ms': quantile(times, 1) });
    // Each of them is answered when it is sent again.
    const again = await update(network.keys.funder, { expectedVersion: 99, mission: 'M0', idempotencyKey: 'p0' });
    expect(again.data.updateFunderProfile.userErrors).toEqual([{ code: 'STALE_VERSION' }]);
  });
});
