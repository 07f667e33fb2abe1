import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import type { Actor, Role } from '../src/platform/access/actor.js';
import { PUBLIC_ACTOR } from '../src/platform/access/actor.js';
import { Database, POOL } from '../src/platform/db/database.service.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
let pool: pg.Pool;
let database: Database;
beforeAll(async () => {
  network = await startNetwork();
  [pool, database] = [network.app.get<pg.Pool>(POOL), network.app.get(Database)];
});
afterAll(() => network.stop());

const CONTEXT = `SELECT current_user AS "user", nullif(current_setting('goodfaith.organization_ids', true), '') AS tenant,
  nullif(current_setting('goodfaith.key_id', true), '') AS key, nullif(current_setting('goodfaith.lineage_id', true), '') AS lineage,
  nullif(current_setting('goodfaith.key_lineage_id', true), '') AS "keyLineage"`;
const NONE = { user: 'goodfaith_app', tenant: null, key: null, lineage: null, keyLineage: null };
const actor = (role: Role = 'FUNDER'): Actor => {
  const organizationId = randomUUID();
  const [keyId, lineageId, keyLineageId] = [randomUUID(), randomUUID(), randomUUID()];
  return { role, organizationId, organizationIds: [organizationId], keyId, lineageId, keyLineageId };
};
const contextOf = ({ role, organizationIds, keyId, lineageId, keyLineageId }: Actor): object => ({
  user: `goodfaith_${role.toLowerCase()}`,
  tenant: `{${organizationIds.join(',')}}`,
  key: keyId,
  lineage: lineageId,
  keyLineage: keyLineageId,
});

/** What every connection of the pool stands in. */
async function contexts(): Promise<object[]> {
  const clients = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
  try {
    return await Promise.all(clients.map(async (client) => (await client.query(CONTEXT)).rows[0] as object));
  } finally {
    for (const client of clients) client.release();
  }
}
const everyConnectionIsBare = async (): Promise<void> =>
  expect(await contexts()).toEqual(Array(pool.options.max).fill(NONE));

describe('a context', () => {
  it('is there for its statement', async () => {
    const caller = actor();
    expect(await database.reader(caller).rows(CONTEXT)).toEqual([contextOf(caller)]);
    expect(await database.write(caller, (tx) => tx.rows(CONTEXT))).toEqual([contextOf(caller)]);
    expect(await database.snapshot(caller, (reader) => reader.rows(CONTEXT))).toEqual([contextOf(caller)]);
    await everyConnectionIsBare();
  });

  const failing: [string, () => Promise<unknown>][] = [
    ['a read', () => database.reader(actor()).rows('SELECT 1 / $1::int', [0])],
    ['a statement that does not parse', () => database.reader(actor()).rows('SELEKT')],
    ['a value that cannot be bound', () => database.reader(actor()).rows('SELECT $1::int', ['x'])],
    ['a denied read', () => database.reader(actor()).rows('SELECT * FROM narrative_reports')],
    ['the context itself', () => database.reader(actor('NOBODY' as Role)).rows('SELECT 1')],
    ['a write', () => database.write(actor(), (tx) => tx.rows('SELECT 1 / 0'))],
    [
      'a write that is given up',
      () => database.write(actor(), (tx) => tx.rows('SELECT 1').then(() => Promise.reject(new Error('no')))),
    ],
    ['what is sent with the commit', () => database.write(actor(), async (tx) => tx.later('SELECT 1 / 0', []))],
  ];
  it.each(failing)('is gone after an error in %s, and the connection serves on', async (_name, work) => {
    const results = await Promise.allSettled(Array.from({ length: pool.options.max + 2 }, work));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['rejected']));
    await everyConnectionIsBare();
    const caller = actor('GRANTEE');
    expect(await database.reader(caller).rows(CONTEXT)).toEqual([contextOf(caller)]);
  });

  it('is gone when PostgreSQL itself ends the connection', async () => {
    const busy = Array.from({ length: pool.options.max }, () => database.reader(actor()).rows('SELECT pg_sleep(2)'));
    await network.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND usename = 'goodfaith_app' AND application_name = 'goodfaith'`,
    );
    for (const { status } of await Promise.allSettled(busy)) expect(status).toBe('rejected');
    // The ends of the sockets arrive after the errors.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await everyConnectionIsBare();
    expect((await network.call(network.keys.funder, '{ viewer { role } }')).data).toEqual({
      viewer: { role: 'FUNDER' },
    });
  });

  it('of one caller never reaches the statement of another, on a pool that all share', async () => {
    const asked = Array.from({ length: 300 }, (_, i) =>
      i % 5 === 4 ? PUBLIC_ACTOR : actor((['FUNDER', 'GRANTEE', 'STEWARD', 'ANALYST'] as const)[i % 4]),
    );
    const answers = await Promise.allSettled(
      asked.map((caller, i) => database.reader(caller).rows(i % 7 === 6 ? 'SELECT 1 / 0' : CONTEXT)),
    );
    answers.forEach((answer, i) => {
      if (i % 7 === 6) expect(answer.status).toBe('rejected');
      else expect(answer).toEqual({ status: 'fulfilled', value: [contextOf(asked[i])] });
    });
    await everyConnectionIsBare();
  });
});

describe('the start', () => {
  const start = async (databaseUrl: string): Promise<string> => {
    const config = readConfig({ LOG_LEVEL: 'silent', JOBS: 'off', GOODFAITH_SECRET: 'x'.repeat(40) });
    try {
      const app = await createApp({ config, databaseUrl, secret: config.secret! });
      await app.close();
      return 'started';
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('is refused to a superuser, to one who may bypass or owns tables, and to one who poses as another', async () => {
    const name = `mighty_${randomBytes(4).toString('hex')}`;
    const password = randomUUID();
    const url = (change: Partial<URL>): string => Object.assign(new URL(network.databaseUrls.app), change).href;
    await network.sql(`CREATE ROLE ${name} LOGIN BYPASSRLS PASSWORD '${password}'`);
    try {
      const own = { username: name, password };
      expect(await start(network.databaseUrls.owner)).toMatch(/could pass row security\. Use goodfaith_app/);
      expect(await start(url(own))).toContain(`logs in as ${name}, which could pass row security`);
      await network.sql(`ALTER ROLE ${name} NOBYPASSRLS`);
      await network.sql(`CREATE TABLE owned_by_login (id integer)`);
      await network.sql(`ALTER TABLE owned_by_login OWNER TO ${name}`);
      expect(await start(url(own))).toContain('could pass row security');
      const posing = url({ search: '?options=-c%20role%3Dgoodfaith_steward' });
      expect(await start(posing)).toContain('could pass row security');
    } finally {
      await network.sql(`DROP TABLE IF EXISTS owned_by_login`);
      await network.sql(`DROP ROLE ${name}`);
    }
  });
});
