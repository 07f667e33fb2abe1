import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDataSource } from '../src/data-source.js';
import type { LockUse } from '../src/platform/db/advisory-locks.js';
import { LOCK_CLASSES } from '../src/platform/db/advisory-locks.js';
import { prepareDatabase } from '../src/platform/db/prepare-database.js';
import { HIDDEN } from './support/obstacle-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

interface Lock {
  /** 1: one integer of 64 bits; 2: class and object. */
  readonly objsubid: number;
  readonly classid: number;
  readonly objid: number;
  readonly granted: boolean;
}

let network: Network;
let holder: pg.Client;
beforeAll(async () => {
  network = await startNetwork();
  holder = new pg.Client({ connectionString: network.databaseUrls.owner });
  await holder.connect();
});
afterAll(async () => {
  await holder.end();
  await network.stop();
});

const CLASSES = Object.values(LOCK_CLASSES) as number[];
const locks = (): Promise<Lock[]> =>
  network.sql<Lock>(
    `SELECT l.objsubid::int, l.classid::bigint::int, l.objid::bigint::float8 AS objid, l.granted FROM pg_locks l
     WHERE l.locktype = 'advisory' AND l.pid <> $1 AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [(holder as unknown as { processID: number }).processID],
  );

/** What a call holds and waits for while somebody keeps it from ending. */
async function heldDuring(obstruction: string, work: () => Promise<unknown>): Promise<Lock[]> {
  await holder.query('BEGIN');
  await holder.query(obstruction);
  const done = work();
  try {
    for (let i = 0; i < 500; i++) {
      const waiting = await network.sql(
        `SELECT FROM pg_locks w WHERE NOT w.granted AND w.pid <> pg_backend_pid() AND pg_blocking_pids(w.pid) @> ARRAY[$1::int]`,
        [(holder as unknown as { processID: number }).processID],
      );
      if (waiting.length > 0) return await locks();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error('nothing waited');
  } finally {
    await holder.query('ROLLBACK');
    await done;
  }
}

const { keys, mutate } = {
  keys: () => network.keys,
  mutate: (...all: Parameters<Network['mutate']>) => network.mutate(...all),
};
const log = (idempotencyKey: string): Promise<unknown> =>
  mutate(keys().grantee, 'logObstacle', { ...HIDDEN, tier: 'AGGREGATE_ONLY', idempotencyKey }, 'obstacle { id }');
const submit = (idempotencyKey: string, key = keys().grantee): Promise<unknown> =>
  mutate(key, 'submitReport', { sections: [{ prompt: 'FREE_TEXT', text: 'Rain.' }], idempotencyKey }, '__typename');
const importing = async (): Promise<void> => {
  const headers = { authorization: `Bearer ${keys().steward}`, 'content-type': 'application/json' };
  await (
    await fetch(`${network.url}/v1/imports/360giving`, { method: 'POST', headers, body: '{"grants": []}' })
  ).text();
};
const exclusive = (table: string): string => `LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`;

/** How to meet each class while the service holds it or waits for it. */
const MET: Record<LockUse, [string, () => Promise<unknown>]> = {
  HIDDEN_OUTCOME: [exclusive('obstacles.streams'), () => log('held')],
  HIDDEN_STREAM: [exclusive('obstacles.entries'), () => log('holds its line')],
  STATISTICS: [`SELECT pg_advisory_xact_lock(${LOCK_CLASSES.STATISTICS}, 0)`, () => log('waits')],
  OUTCOME: [exclusive('narrative_reports'), () => submit('held')],
  EVENT_POSITIONS: [
    exclusive('event_seals'),
    () => network.call(keys().funder, '{ events(first: 1) { nodes { id } } }'),
  ],
  IMPORT: [exclusive('currencies'), importing],
  MIGRATIONS: [
    exclusive('migrations'),
    () => prepareDatabase({ ownerUrl: network.databaseUrls.owner, appPassword: null, createDataSource }),
  ],
};

describe('every advisory lock', () => {
  it('is written in one file of the service', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(300);
    const taking = files.filter((name) => /pg_\w*advisory/.test(readFileSync(join('src', name), 'utf8')));
    expect(taking).toEqual([join('platform', 'db', 'advisory-locks.ts')]);
  });

  it('that a function of the database takes has a class of the list', async () => {
    const functions = await network.sql<{ name: string; body: string }>(
      `SELECT p.oid::regprocedure::text AS name, p.prosrc AS body FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND p.prosrc ~* 'advisory' ORDER BY 1`,
    );
    const taken = functions.flatMap(({ name, body }) =>
      [...body.matchAll(/pg_\w*advisory\w*\s*\(\s*([^;]*)/g)].map(([, rest]) => [
        name,
        /^(\d+),/.exec(rest)?.[1] ?? rest,
      ]),
    );
    expect(taken).toEqual([
      ['obstacles.wait_for_sealing()', String(LOCK_CLASSES.STATISTICS)],
      ['seal_events(integer)', String(LOCK_CLASSES.EVENT_POSITIONS)],
    ]);
  });

  it.each(Object.entries(MET))(
    'is of class and object while the service runs: %s',
    async (use, [obstruction, work]) => {
      const met = await heldDuring(obstruction, work);
      expect(met.map(({ classid }) => classid)).toContain(LOCK_CLASSES[use as LockUse]);
      for (const { objsubid, classid } of met) {
        expect(objsubid).toBe(2);
        expect(CLASSES).toContain(classid);
      }
    },
  );

  it('of an idempotency key is another for another credential, and of another class for an obstacle', async () => {
    const outcome = async (work: () => Promise<unknown>, table: string, use: LockUse): Promise<number> => {
      const found = (await heldDuring(exclusive(table), work)).filter(({ classid }) => classid === LOCK_CLASSES[use]);
      expect(found).toHaveLength(1);
      return found[0].objid;
    };
    const numbers = [
      await outcome(() => submit('same'), 'narrative_reports', 'OUTCOME'),
      await outcome(() => submit('same', keys().secondGrantee), 'narrative_reports', 'OUTCOME'),
      await outcome(() => log('same'), 'obstacles.streams', 'HIDDEN_OUTCOME'),
    ];
    expect(new Set(numbers).size).toBe(3);
    // Nobody who reads the source can work it out without the secret: it is no hash that PostgreSQL has.
    const [{ hashes }] = await network.sql<{ hashes: string[] }>(
      `SELECT array_agg((hashtextextended(t, 0) & 4294967295)::text) AS hashes FROM (
         SELECT json_build_array(k.id, 'submitReport', 'same')::text FROM api_keys k
         UNION ALL SELECT replace(json_build_array(k.id, 'submitReport', 'same')::text, ', ', ',') FROM api_keys k) AS s (t)`,
    );
    for (const number of numbers) expect(hashes).not.toContain(String(number));
  });
});

describe('a steward', () => {
  it('does not wait for whoever is logging, unless a period is really closed', async () => {
    await holder.query('BEGIN');
    await holder.query(`SELECT pg_advisory_xact_lock_shared(${LOCK_CLASSES.STATISTICS}, 0)`);
    try {
      const refused = (await mutate(keys().steward, 'sealObstacleRelease', { period: '2020' }, 'isDone')) as {
        userErrors: { code: string }[];
      };
      expect(refused.userErrors.map(({ code }) => code)).toEqual(['QUARTERS_STILL_OPEN']);
    } finally {
      await holder.query('ROLLBACK');
    }
  });
});
