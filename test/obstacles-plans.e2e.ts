import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventList } from '../src/obstacles/log/entries.store.js';
import type { ObstacleFilter } from '../src/obstacles/obstacles.store.js';
import { obstacleList, obstaclesById } from '../src/obstacles/obstacles.store.js';
import { keysetStatement } from '../src/platform/db/keyset.js';
import type { TestDatabase } from './support/database.js';
import { createTestDatabase } from './support/database.js';

/** Under row security, with 100,000 obstacles: every list finds its rows by an index, whoever asks. */
const uuid = (group: number, n: number): string => `${group}0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [funder, grantee, lineage] = [uuid(1, 7), uuid(2, 77), uuid(4, 77)];

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(POPULATION);
}, 120_000);
afterAll(async () => {
  await client.end();
  await database.drop();
});

const id = (group: number, n: string): string =>
  `('${group}0000000-0000-4000-8000-' || lpad((${n})::text, 12, '0'))::uuid`;
const POPULATION = `
  INSERT INTO obstacles.entries (id, organization_id, reader_id, tier, state, code, other_codes, began_month, text, funder_id, logged_at, updated_at)
    SELECT ${id(3, 'n')}, ${id(2, 'n % 10000')}, CASE WHEN tier = 'AGGREGATE_ONLY' THEN ${id(4, 'n % 10000')} ELSE ${id(2, 'n % 10000')} END,
      tier, 'LOGGED', 'NO_RESPONSE', '{}', '2026-01-01', 'x', ${id(1, 'n % 100')}, at, at
    FROM generate_series(1, 100000) n,
      LATERAL (SELECT (ARRAY['AGGREGATE_ONLY', 'CONFIDENTIAL', 'SHARED'])[n % 3 + 1] AS tier,
        timestamptz '2026-01-01' + n * interval '1 minute' AS at) x;
  INSERT INTO obstacles.shared (id, funder_id, organization_id, state, code, other_codes, began_month, text, shared_at,
      response_days, time_zone, respond_by, respond_by_at, updated_at)
    SELECT id, funder_id, organization_id, 'OPEN', code, '{}', began_month, text, logged_at, 30, 'UTC', '2026-12-31', '2027-01-01', logged_at
    FROM obstacles.entries WHERE tier = 'SHARED';
  INSERT INTO obstacles.events (id, organization_id, reader_id, seq, type, at, obstacle_id)
    SELECT gen_random_uuid(), organization_id, reader_id, row_number() OVER (), 'OBSTACLE_LOGGED', logged_at, id FROM obstacles.entries;
  ANALYZE obstacles.entries, obstacles.shared, obstacles.events;
`;

async function plansOf(
  role: string,
  tenant: readonly string[],
  text: string,
  values: readonly unknown[],
): Promise<string> {
  await client.query('BEGIN');
  try {
    await client.query(
      `SELECT set_config('role', $1, true), set_config('goodfaith.organization_ids', $2, true), set_config('goodfaith.lineage_id', $3, true)`,
      [`goodfaith_${role.toLowerCase()}`, `{${tenant.join(',')}}`, lineage],
    );
    const custom = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values as unknown[]);
    const generic = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (GENERIC_PLAN) ${text}`);
    return [...custom.rows, ...generic.rows].map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    await client.query('ROLLBACK');
  }
}

const CALLERS = [
  ['FUNDER', [funder]],
  ['GRANTEE', [grantee]],
  ['STEWARD', []],
] as const;
const FILTERS: [string, ObstacleFilter][] = [
  ['all', {}],
  ['one state', { states: ['OPEN'] }],
  ['one tier', { tiers: ['SHARED'] }],
  ['a code', { codes: ['NO_RESPONSE'] }],
];
const first = { size: 20, backwards: false, after: null, before: null };
const next = { ...first, after: ['2026-02-01T00:00:00Z', uuid(3, 5)] };

describe.each(CALLERS)('for the %s', (role, organizationIds) => {
  const actor = { role, organizationIds, organizationId: organizationIds[0] ?? null, keyId: null, lineageId: lineage };

  it.each(FILTERS)('the list with %s', async (_, filter) => {
    for (const descending of [true, false]) {
      for (const window of [first, next, { ...first, backwards: true }]) {
        const { text, values } = keysetStatement(obstacleList(actor, filter, descending), window);
        expect(await plansOf(role, organizationIds, text, values)).not.toMatch(/Seq Scan on/);
      }
    }
  });

  it('one by its id', async () => {
    const plans = await plansOf(role, organizationIds, obstaclesById(role)!, [[uuid(3, 77)]]);
    expect(plans).not.toMatch(/Seq Scan on/);
  });
});

it("the owner's stream", async () => {
  for (const window of [first, { ...first, after: [5, uuid(3, 5)] }]) {
    const { text, values } = keysetStatement(eventList([grantee, lineage]), window);
    expect(await plansOf('GRANTEE', [grantee], text, values)).not.toMatch(/Seq Scan on/);
  }
});
