import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { agreementList, parentColumn } from '../src/agreements/agreement-lists.store.js';
import type { AgreementListQuery } from '../src/agreements/agreement-lists.store.js';
import { AGREEMENTS_BY_ID, AGREEMENT_DETAILS } from '../src/agreements/agreements.store.js';
import { EXPECTATIONS_OF_AGREEMENTS, expectationList } from '../src/agreements/expectations/expectations.store.js';
import { DISBURSEMENTS_OF_AGREEMENTS, INSTALLMENTS_OF_AGREEMENTS } from '../src/agreements/payments/payments.store.js';
import { REVISIONS_OF_AGREEMENTS } from '../src/agreements/terms/revisions.store.js';
import { keysetStatement } from '../src/platform/db/keyset.js';
import type { TestDatabase } from './support/database.js';
import { createTestDatabase } from './support/database.js';

/** Under row security, with 100,000 agreements: every list finds its rows by an index, whoever asks. */
const SIZE = 100_000;
const FUNDERS = 100;
const GRANTEES = 10_000;

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

const uuid = (group: number, n: number | string): string =>
  `${group}0000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const funder = uuid(1, 7);
const grantee = uuid(2, 77);

// Without triggers and foreign keys, which are tested elsewhere: this is only about finding rows.
const POPULATION = `
  SET session_replication_role = replica;
  INSERT INTO agreements (id, funder_id, grantee_id, offered_to, state, origin, restriction, committed_minor, currency,
      starts_on, ends_on, notice_days, response_days, time_zone, accepted_at, accepted_by_name, accepted_digest, created_at, updated_at)
    SELECT ('30000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, f, g, CASE WHEN n % 10 > 0 THEN g END,
      CASE WHEN n % 10 = 0 THEN 'DRAFT' WHEN n % 10 = 1 THEN 'OFFERED' ELSE 'ACTIVE' END, 'LIVE', 'UNRESTRICTED', 100, 'USD',
      '2026-01-01', '2027-01-01', 365, 30, 'UTC', now(), 'A', '\\x00', at, at
    FROM generate_series(1, ${SIZE}) n,
      LATERAL (SELECT ('10000000-0000-7000-8000-' || lpad((n % ${FUNDERS})::text, 12, '0'))::uuid AS f,
        ('20000000-0000-7000-8000-' || lpad((n % ${GRANTEES})::text, 12, '0'))::uuid AS g,
        timestamptz '2026-01-01' + n * interval '1 minute' AS at) x;
  INSERT INTO agreement_revisions (agreement_id, funder_id, grantee_id, offered_to, number, terms, created_at)
    SELECT id, funder_id, grantee_id, offered_to, 1, '{}', created_at FROM agreements;
  INSERT INTO installments (id, agreement_id, funder_id, grantee_id, offered_to, number, due_on, amount_minor, currency, state)
    SELECT gen_random_uuid(), id, funder_id, grantee_id, offered_to, k, '2026-06-01', 50, 'USD', 'SCHEDULED'
    FROM agreements, generate_series(1, 2) k;
  INSERT INTO disbursements (id, agreement_id, funder_id, grantee_id, offered_to, installment_id, state, sent_on, amount_minor, currency, created_at, updated_at)
    SELECT gen_random_uuid(), agreement_id, funder_id, grantee_id, offered_to, id, 'SENT', '2026-06-01', 50, 'USD', now(), now()
    FROM installments WHERE number = 1;
  INSERT INTO reporting_expectations (id, agreement_id, funder_id, grantee_id, offered_to, due_on)
    SELECT gen_random_uuid(), id, funder_id, grantee_id, offered_to, '2026-12-31' FROM agreements;
  RESET session_replication_role;
  ANALYZE agreements, agreement_revisions, installments, disbursements, reporting_expectations;
`;

async function plansOf(role: string, tenant: string[], text: string, values: readonly unknown[]): Promise<string> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT set_config($1, $2, true), set_config($3, $4, true)', [
      'role',
      `goodfaith_${role.toLowerCase()}`,
      'goodfaith.organization_ids',
      `{${tenant.join(',')}}`,
    ]);
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
const FILTERS: [string, Partial<AgreementListQuery>][] = [
  ['all', {}],
  ['one state', { states: ['OFFERED'] }],
  ['some states', { states: ['OFFERED', 'DRAFT'] }],
  ['a funder', { funderId: funder }],
  ['a grantee', { granteeId: grantee }],
  ['both and a state', { funderId: funder, granteeId: grantee, states: ['ACTIVE'] }],
];

describe.each(CALLERS)('for the %s', (role, organizationIds) => {
  const actor = { role, organizationIds, organizationId: organizationIds[0] ?? null, keyId: null, lineageId: null };
  const expectIndexes = async (text: string, values: readonly unknown[]): Promise<void> => {
    expect(await plansOf(role, [...organizationIds], text, values)).not.toMatch(/Seq Scan on/);
  };
  const window = { size: 20, backwards: false, after: ['2026-02-01T00:00:00Z', uuid(3, 5)], before: null };
  const query = { actor, states: null, funderId: null, granteeId: null, byUpdate: false, descending: true };

  it.each(FILTERS)('the list with %s', async (_, filter) => {
    for (const byUpdate of [false, true]) {
      for (const page of [window, { ...window, after: null, backwards: true }]) {
        const { text, values } = keysetStatement(agreementList({ ...query, ...filter, byUpdate }), page);
        await expectIndexes(text, values);
      }
    }
  });

  it.each(['FUNDER', 'GRANTEE'] as const)('the lists below a %s', async (side) => {
    const ids = side === 'FUNDER' ? [funder, uuid(1, 8)] : [grantee, uuid(2, 78)];
    const parent = { column: parentColumn(side, actor), ids };
    for (const byUpdate of [false, true]) {
      const { text, values } = keysetStatement({ ...agreementList({ ...query, byUpdate }), parent }, window);
      await expectIndexes(text, values);
    }
  });

  it('the reports a grantee is asked for', async () => {
    const parent = { column: 'e.offered_to', ids: [grantee] };
    const after = ['2026-12-31', uuid(3, 5)];
    const { text, values } = keysetStatement({ ...expectationList(actor), parent }, { ...window, after });
    await expectIndexes(text, values);
  });

  it('what hangs on the agreements of a page', async () => {
    const ids = Array.from({ length: 20 }, (_, i) => uuid(3, 100 * (i + 1) + 77));
    for (const text of [
      AGREEMENTS_BY_ID,
      AGREEMENT_DETAILS,
      INSTALLMENTS_OF_AGREEMENTS,
      DISBURSEMENTS_OF_AGREEMENTS,
      EXPECTATIONS_OF_AGREEMENTS,
      REVISIONS_OF_AGREEMENTS,
    ]) {
      await expectIndexes(text, [ids]);
    }
  });
});
