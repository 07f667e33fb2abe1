import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import type { Caller, Query } from './support/database-callers.js';
import { asCaller, callerOf } from './support/database-callers.js';
import { READING_ROLES, VISIBLE, WITHOUT_ROW_SECURITY, WRITTEN_UNREAD } from './support/visible-rows.js';
import { tellEverything } from './support/whole-story.js';

let network: Network;
let login: pg.Client;
let keyColumns: Map<string, string[]>;
const callers = {} as Record<string, Caller>;

beforeAll(async () => {
  network = await startNetwork();
  const project = await tellEverything(network);
  await network.call(network.keys.steward, '{ events { nodes { id } } }');
  login = new pg.Client({ connectionString: network.databaseUrls.app });
  await login.connect();
  const rows = await network.sql<{ name: string; columns: string[] }>(
    `SELECT format('%s.%s', n.nspname, c.relname) AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
     WHERE i.indisprimary AND n.nspname IN ('public', 'obstacles', 'statistics') GROUP BY 1`,
  );
  keyColumns = new Map(rows.map(({ name, columns }) => [name, columns]));
  for (const name of ['funder', 'secondFunder', 'grantee', 'secondGrantee', 'steward', 'analyst'] as const)
    callers[name] = await callerOf(network, network.keys[name]);
  callers.group = await callerOf(network, project.group.key);
  callers.formerSponsor = await callerOf(network, project.sponsor.key);
  callers.sponsor = await callerOf(network, project.other.key);
  callers.public = { role: 'public', organizationId: null, keyId: null, lineageId: null };
});
afterAll(async () => {
  await login.end();
  await network.stop();
});

const TENANTS = ['funder', 'secondFunder', 'grantee', 'secondGrantee', 'group', 'formerSponsor', 'sponsor'];

/** In one transaction of the service's login, as this caller or, with null, without a role. */
const as = <T>(caller: Caller | null, work: (query: Query) => Promise<T>): Promise<T> => asCaller(login, caller, work);

const sqlState = (error: unknown): string => (error as { code?: string }).code ?? String(error);
const keyOf = (table: string): string => `ROW(${keyColumns.get(table)!.join(', ')})::text`;
const rule = (table: string, caller: Caller): string | undefined => scoped(VISIBLE[table][caller.role], caller);
const scoped = (condition: string | undefined, { organizationId, lineageId, keyId }: Caller): string | undefined =>
  condition
    ?.replaceAll('$T', organizationId ? `'{${organizationId}}'::uuid[]` : `'{}'::uuid[]`)
    .replaceAll('$L', lineageId ? `'${lineageId}'::uuid` : 'NULL::uuid')
    .replaceAll('$K', keyId ? `'${keyId}'::uuid` : 'NULL::uuid');
const TABLES = Object.keys(VISIBLE);

/** The keys of the rows this caller sees, or why not. */
async function seen(table: string, caller: Caller): Promise<string[] | string> {
  try {
    const rows = await as(caller, (query) => query<{ key: string }>(`SELECT ${keyOf(table)} AS key FROM ${table}`));
    return rows.map(({ key }) => key).sort();
  } catch (error) {
    return sqlState(error);
  }
}
async function expected(table: string, caller: Caller): Promise<string[] | string> {
  const condition = rule(table, caller);
  if (condition === undefined) return '42501';
  const rows = await network.sql<{ key: string }>(`SELECT ${keyOf(table)} AS key FROM ${table} WHERE ${condition}`);
  return rows.map(({ key }) => key).sort();
}

describe('every table', () => {
  it('is known to this test and holds rows of both networks', async () => {
    const tables = await network.sql<{ name: string }>(
      `SELECT format('%s.%s', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'graphile_worker')`,
    );
    expect(tables.map(({ name }) => name).sort()).toEqual([...TABLES].sort());
    const counts = await network.sql<{ name: string; rows: number }>(
      TABLES.map((name) => `SELECT '${name}' AS name, count(*)::int AS rows FROM ${name}`).join(' UNION ALL '),
    );
    // The queue is empty once its events have their positions; there is one network.
    const few = counts.filter(({ rows }) => rows < 2).map(({ name }) => name);
    expect(few.sort()).toEqual(['public.event_queue', 'public.network']);
  });

  it('binds also its owner to row security', async () => {
    const open = await network.sql<{ name: string }>(
      `SELECT format('%s.%s', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'obstacles', 'statistics')
       AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
    );
    expect(open.map(({ name }) => name).sort()).toEqual(Object.keys(WITHOUT_ROW_SECURITY).sort());
  });

  it('has no policy with an OR, and no view or function that passes by', async () => {
    const policies = await network.sql<{ name: string }>(
      `SELECT format('%s.%s: %s', schemaname, tablename, policyname) AS name FROM pg_policies
       WHERE schemaname IN ('public', 'obstacles', 'statistics') AND concat_ws(' ', qual, with_check) ~ '\\mOR\\M'`,
    );
    expect(policies).toEqual([]);
    const [{ views }] = (await network.sql<{ views: number }>(
      `SELECT count(*)::int AS views FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('v', 'm', 'f') AND n.nspname IN ('public', 'obstacles', 'statistics')`,
    )) as [{ views: number }];
    expect(views).toBe(0);
    const mighty = await network.sql<{ name: string; owner: string }>(
      `SELECT p.proname AS name, r.rolname AS owner FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       JOIN pg_roles r ON r.oid = p.proowner WHERE p.prosecdef AND n.nspname IN ('public', 'obstacles', 'statistics') ORDER BY 1`,
    );
    const ownedBy = (owner: string): string[] => mighty.filter((one) => one.owner === owner).map(({ name }) => name);
    expect(ownedBy('goodfaith_keeper').join(' ')).toBe(
      'acquaintance_is_grounded agreements_take_country claim_invitation closed_to_steward enqueue_event find_key introduce_sponsor ' +
        'keep_event_contents note_changed_attributes note_first_attributes note_key_use note_steward_organization organizations_tell_country ' +
        'replaced_shares_of_funder replaced_shares_of_sponsor search_narrative_reports search_report_shares tell_of_closing visible_holders',
    );
    expect(ownedBy('goodfaith_worker').join(' ')).toBe(
      'add_job first_position_since report_response_duties seal_events',
    );
    // What the doctor lends, it lends to the keeper: digests, never what they are of.
    expect(ownedBy('goodfaith_doctor').join(' ')).toBe('content_digest contents_of');
    expect(mighty).toHaveLength(25);
  });
});

describe('the login of the service', () => {
  it('owns nothing, cannot bypass row security, and has only the roles of callers and jobs', async () => {
    const [role] = await network.sql(
      `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit FROM pg_roles WHERE rolname = 'goodfaith_app'`,
    );
    expect(Object.values(role)).toEqual(Array(6).fill(false));
    const [{ owned }] = (await network.sql<{ owned: number }>(
      `SELECT count(*)::int AS owned FROM pg_shdepend WHERE refobjid = 'goodfaith_app'::regrole AND deptype = 'o'`,
    )) as [{ owned: number }];
    expect(owned).toBe(0);
    const roles = await network.sql<{ name: string; mighty: boolean }>(
      `SELECT r.rolname AS name, r.rolsuper OR r.rolbypassrls OR r.rolcreaterole AS mighty FROM pg_roles r
       WHERE pg_has_role('goodfaith_app', r.oid, 'MEMBER') AND r.rolname <> 'goodfaith_app' ORDER BY 1`,
    );
    const taken = ['analyst', 'funder', 'grantee', 'public', 'sealer', 'steward', 'worker'];
    expect(roles).toEqual(taken.map((name) => ({ name: `goodfaith_${name}`, mighty: false })));
  });

  it('reads no table before it takes a role, and writes none', async () => {
    const open = new Map<string, string>();
    for (const table of TABLES) {
      for (const sql of [`SELECT FROM ${table}`, `DELETE FROM ${table}`, `INSERT INTO ${table} DEFAULT VALUES`]) {
        await as(null, (query) => query(sql)).then(
          () => open.set(sql, 'possible'),
          (error: unknown) => sqlState(error) !== '42501' && open.set(sql, sqlState(error)),
        );
      }
    }
    expect([...open]).toEqual([
      ['SELECT FROM public.migrations', 'possible'],
      ['SELECT FROM public.currencies', 'possible'],
    ]);
  });
});

describe('the rows of a role', () => {
  it.each(READING_ROLES)('are none of a tenant when the context is unset: %s', async (role) => {
    const nobody: Caller = { role, organizationId: null, keyId: null, lineageId: null };
    for (const table of TABLES)
      expect([table, await seen(table, nobody)]).toEqual([table, await expected(table, nobody)]);
  });

  it.each([...TENANTS, 'steward', 'analyst', 'public'])('are exactly those of the caller: %s', async (name) => {
    const caller = callers[name];
    for (const table of TABLES)
      expect([table, await seen(table, caller)]).toEqual([table, await expected(table, caller)]);
  });

  it('never include one of the other pair of parties, whatever is asked for by id', async () => {
    for (const [mine, theirs] of [
      ['funder', 'secondFunder'],
      ['grantee', 'secondGrantee'],
    ] as const) {
      for (const table of [
        'agreements',
        'amendments',
        'installments',
        'disbursements',
        'reporting_expectations',
        'report_shares',
      ]) {
        const rows = await network.sql<{ id: string }>(
          `SELECT id FROM ${table} WHERE funder_id = $1 OR grantee_id = $1`,
          [callers[theirs].organizationId],
        );
        expect(rows.length).toBeGreaterThan(0);
        const found = await as(callers[mine], (query) =>
          query(`SELECT id FROM ${table} WHERE id = ANY ($1)`, [rows.map(({ id }) => id)]),
        );
        expect([mine, table, found]).toEqual([mine, table, []]);
      }
    }
  });
});

describe('a sponsored project', () => {
  it('is there for its group and present sponsor; of the former one nothing is left but what it agreed to', async () => {
    const rows = async (name: string, table: string): Promise<number> =>
      (await as(callers[name], (query) => query(`SELECT FROM ${table}`))).length;
    const parts = [
      'installments',
      'disbursements',
      'disbursement_receipts',
      'repayments',
      'past_due_days',
      'legal_holds',
      'report_shares',
    ];
    for (const table of parts) {
      expect([table, (await rows('sponsor', table)) > 0, (await rows('group', table)) > 0]).toEqual([
        table,
        true,
        true,
      ]);
    }
    const former = [
      'disbursements',
      'disbursement_receipts',
      'repayments',
      'past_due_days',
      'legal_holds',
      'report_shares',
      'amendments',
    ];
    for (const table of former) expect([table, await rows('formerSponsor', table)]).toEqual([table, 0]);
    // The offer that still asks it, and the revisions of the other that it agreed to.
    expect([await rows('formerSponsor', 'agreements'), await rows('formerSponsor', 'agreement_revisions')]).toEqual([
      1, 3,
    ]);
    expect([await rows('sponsor', 'agreements'), await rows('sponsor', 'agreement_revisions')]).toEqual([1, 3]);
    expect(await rows('sponsor', 'narrative_reports')).toBe(0);
  });
});

describe('a write', () => {
  /** Rows that are none of the caller's, as the superuser reads them. */
  const foreign = (table: string, caller: Caller): Promise<{ key: string; row: object }[]> => {
    const own = [rule(table, caller), scoped(WRITTEN_UNREAD[table], caller)].filter((condition) => condition);
    return network.sql(
      `SELECT ${keyOf(table)} AS key, to_jsonb(t) AS row FROM ${table} t
       WHERE NOT coalesce(${own.join(' OR ') || 'false'}, false) LIMIT 5`,
    );
  };
  const attempt = (caller: Caller, sql: string, values: unknown[]): Promise<string | number> =>
    as(caller, async (query) => (await query(sql, values)).length).catch(sqlState);

  it.each([...TENANTS, 'analyst', 'public'])('for another tenant is refused: %s', async (name) => {
    const caller = callers[name];
    let tried = 0;
    for (const table of TABLES) {
      const schemaOf = keyColumns.get(table)!;
      for (const { key, row } of await foreign(table, caller)) {
        tried++;
        const insert = `INSERT INTO ${table} SELECT * FROM jsonb_populate_record(NULL::${table}, $1)`;
        expect([insert, await attempt(caller, insert, [row])]).toEqual([insert, '42501']);
        for (const sql of [
          `UPDATE ${table} SET ${schemaOf[0]} = ${schemaOf[0]} WHERE ${keyOf(table)} = $1 RETURNING 1`,
          `DELETE FROM ${table} WHERE ${keyOf(table)} = $1 RETURNING 1`,
        ]) {
          expect([0, '42501']).toContain(await attempt(caller, sql, [key]));
        }
      }
    }
    expect(tried).toBeGreaterThan(30);
  });

  it.each([
    ['funder', 'public.agreements', 'funder_id', 'secondFunder'],
    ['funder', 'public.funders', 'organization_id', 'secondFunder'],
    ['funder', 'public.api_keys', 'organization_id', 'secondFunder'],
    ['grantee', 'public.agreements', 'offered_to', 'secondGrantee'],
    ['sponsor', 'public.agreements', 'fiscal_sponsor_id', 'secondGrantee'],
    ['sponsor', 'public.disbursements', 'fiscal_sponsor_id', 'secondGrantee'],
    ['grantee', 'public.narrative_reports', 'organization_id', 'secondGrantee'],
    ['grantee', 'obstacles.entries', 'organization_id', 'secondGrantee'],
    ['grantee', 'obstacles.shared', 'organization_id', 'secondGrantee'],
  ])('of a %s in %s cannot hand its row to another tenant (%s)', async (name, table, column, other) => {
    const result = await attempt(callers[name], `UPDATE ${table} SET ${column} = $1 RETURNING 1`, [
      callers[other].organizationId,
    ]);
    expect(result).toBe('42501');
  });

  it.each(['goodfaith_app', 'goodfaith_worker', 'goodfaith_steward'])('never changes the history: %s', async (role) => {
    for (const sql of ['UPDATE events SET type = type', 'DELETE FROM events', 'DELETE FROM event_seals']) {
      await login.query('BEGIN');
      await login.query(`SET LOCAL ROLE ${role}`);
      await expect(login.query(sql)).rejects.toMatchObject({ code: '42501' });
      await login.query('ROLLBACK');
    }
  });
});
