import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { readRules, rulesThatDiffer } from '../src/doctor/rules-in-force.js';
import type { TestDatabase } from './support/database.js';
import { createTestDatabase } from './support/database.js';

const DATABASES: TestDatabase[] = [];
let owner: pg.Client;
let wanted: ReadonlySet<string>;

async function open(): Promise<pg.Client> {
  const database = await createTestDatabase();
  DATABASES.push(database);
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  return client;
}
beforeAll(async () => {
  const fresh = await open();
  wanted = await readRules(fresh);
  await fresh.end();
  owner = await open();
});
afterAll(async () => {
  await owner.end();
  for (const database of DATABASES) await database.drop();
});

/** What the owner does to the rules themselves, and what is named then. */
const DONE: readonly (readonly [did: string, sql: string, named: string])[] = [
  ['a trigger is off', 'ALTER TABLE events DISABLE TRIGGER insert_only', 'trigger insert_only on events'],
  ['all triggers of a table are off', 'ALTER TABLE installments DISABLE TRIGGER ALL', 'keys of installments'],
  ['a trigger is gone', 'DROP TRIGGER insert_only ON repayments', 'trigger insert_only on repayments'],
  ['a policy is gone', 'DROP POLICY funder_select ON report_shares', 'policy funder_select on report_shares'],
  [
    'a policy lets more in',
    'ALTER POLICY funder_select ON report_shares USING (true)',
    'policy funder_select on report_shares',
  ],
  [
    'a policy is new',
    'CREATE POLICY funder_reads ON obstacles.entries FOR SELECT TO goodfaith_funder USING (true)',
    'policy funder_reads on obstacles.entries',
  ],
  [
    'a role may read more',
    'GRANT SELECT ON obstacles.entries TO goodfaith_funder',
    'table obstacles.entries of postgres',
  ],
  [
    'a role may read one more column',
    'GRANT SELECT (report_id) ON report_shares TO goodfaith_funder',
    'column report_shares.report_id',
  ],
  [
    'a table is open to its owner',
    'ALTER TABLE obstacles.entries NO FORCE ROW LEVEL SECURITY',
    'table obstacles.entries of postgres',
  ],
  [
    'a function does something else',
    `CREATE OR REPLACE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$`,
    'function refuse_rewrite() of postgres',
  ],
  [
    'a function runs as somebody mightier',
    'ALTER FUNCTION seal_events(integer) OWNER TO postgres',
    'function seal_events(integer) of postgres',
  ],
  ['a constraint is gone', 'ALTER TABLE events DROP CONSTRAINT events_key', 'constraint events_key on events'],
  ['a unique index is gone', 'DROP INDEX legal_holds_one_open', 'unique CREATE UNIQUE INDEX legal_holds_one_open'],
];

describe('the rules in force', () => {
  it('are those of the migrations', async () => {
    expect(rulesThatDiffer(await readRules(owner), wanted)).toEqual([]);
    expect(wanted.size).toBeGreaterThan(500);
  });

  it.each(DONE)('are named when %s', async (_did, sql, named) => {
    await owner.query('BEGIN');
    try {
      await owner.query(sql);
      expect(rulesThatDiffer(await readRules(owner), wanted).join('\n')).toContain(named);
    } finally {
      await owner.query('ROLLBACK');
    }
  });

  it('are documented', () => {
    const page = readFileSync('docs/history.md', 'utf8');
    for (const [did] of DONE) expect(page).toContain(`| ${did} `);
  });
});
