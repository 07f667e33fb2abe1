import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLSchema } from 'graphql';
import { getNamedType, isInterfaceType, isObjectType, isRequiredArgument } from 'graphql';
import pg from 'pg';
import { agreementList } from '../src/agreements/lists/agreement-lists.store.js';
import type { Actor } from '../src/platform/access/actor.js';
import { Database } from '../src/platform/db/database.service.js';
import { keysetStatement } from '../src/platform/db/keyset.js';
import type { Connection } from './support/list-variants.js';
import { variants } from './support/list-variants.js';
import { fillNetwork, someParents } from './support/large-network.js';
import type { Plan, Recorded } from './support/explained-plans.js';
import { explainAs, nodes } from './support/explained-plans.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

const CALLERS = ['funder', 'grantee', 'steward', 'analyst', 'public'] as const;
const MANY = 1_000;
/** A page of each of ten tenants or parents, which is what PostgreSQL takes an unknown list for. */
const PAGE = 21 * 10;

let network: Network;
let schema: GraphQLSchema;
let owner: pg.Client;
let large: Set<string>;
let parents: Record<string, string[]>;
const recorded = new Map<string, Recorded>();

beforeAll(async () => {
  network = await startNetwork();
  await fillNetwork(network);
  parents = await someParents(network);
  ({ schema } = network.app.get(GraphQLSchemaHost));
  owner = new pg.Client({ connectionString: network.databaseUrls.owner });
  await owner.connect();
  const tables = await network.sql<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND reltuples > ${MANY}`,
  );
  large = new Set(tables.map(({ name }) => name));
  record(network.app.get(Database));
}, 600_000);
afterAll(async () => {
  await owner.end();
  await network.stop();
});

/** From here on each read is noted, once for each role and text. */
function record(database: Database): void {
  for (const door of ['reader', 'replicaReader'] as const) {
    const open = database[door].bind(database);
    database[door] = (actor) => {
      const reader = open(actor);
      return {
        caller: reader.caller,
        rows: (sql, values = []) => {
          const key = `${actor.role} ${sql}`;
          if (!recorded.has(key)) recorded.set(key, { actor, sql, values });
          return reader.rows(sql, values);
        },
      };
    };
  }
}

const connections = (type: string): Connection[] =>
  Object.values((schema.getType(type) as { getFields(): Record<string, Connection> }).getFields()).filter(
    (field) => getNamedType(field.type).name.endsWith('Connection') && !field.args.some(isRequiredArgument),
  );

/** All leaves of a row, and what hangs on it one level down, other lists left out. */
function rowFields(connection: Connection): string {
  const named = getNamedType(connection.type);
  const node = getNamedType((named as never as { getFields(): Record<string, Connection> }).getFields().nodes.type);
  const fieldsOf = (type: unknown, deeper: boolean): string =>
    isObjectType(type)
      ? Object.values(type.getFields())
          .flatMap((field) => {
            const below = getNamedType(field.type);
            if (field.args.length > 0 || below.name.endsWith('Connection')) return [];
            if (isInterfaceType(below)) return [`${field.name} { __typename }`];
            if (!isObjectType(below)) return [field.name];
            return deeper ? [`${field.name} { __typename ${fieldsOf(below, false)} }`] : [];
          })
          .join(' ')
      : '';
  return `nodes { ${fieldsOf(node, true)} } ${PAGE_INFO}`;
}
const PAGE_INFO = 'pageInfo { hasNextPage startCursor endCursor }';
const isCounted = (field: Connection): boolean => {
  const type = getNamedType(field.type);
  return isObjectType(type) && 'totalCount' in type.getFields();
};

const UNINDEXED = ['RANGES_DO_NOT_COMBINE', 'ORDER_DOES_NOT_FIT', 'ORDER_NEEDS_CURRENCY'];

interface PageInfo {
  startCursor: string | null;
  endCursor: string | null;
}

/** Asks for a list in all its variants: its start, its end, past a cursor, before one, and between two. */
async function walk(
  key: string | null,
  field: Connection,
  around: (text: string) => string,
  find: (data: unknown) => PageInfo | undefined,
): Promise<void> {
  const call = async (args: string, fields: string): Promise<PageInfo | 'refused' | undefined> => {
    const { data, errors, text } = await network.call(
      key,
      `query { ${around(`${field.name}(${args}) { ${fields} }`)} }`,
    );
    // A range that has another order of its own is refused rather than read without an index.
    if (errors?.some(({ extensions }) => UNINDEXED.includes(extensions.code))) return 'refused';
    const allowed = ['FORBIDDEN', 'UNAUTHENTICATED'];
    if (errors?.some(({ extensions }) => !allowed.includes(extensions.code)))
      throw new Error(`${args}: ${text.slice(0, 500)}`);
    return data ? find(data) : undefined;
  };
  await call('first: 5', rowFields(field));
  const total = isCounted(field) ? 'totalCount' : '';
  for (const variant of variants(field, network.ids)) {
    const page = await call(`first: 5, ${variant}`, `${PAGE_INFO} ${variant.includes('ASC') ? '' : total}`);
    if (page === 'refused') continue;
    if (!page) return;
    // Where a filter meets an order only what it adds is asked for: the windows are those of the order alone.
    if (variant.includes('orderBy') && variant.includes('filter')) continue;
    await call(`last: 5, ${variant}`, PAGE_INFO);
    const [start, end] = [JSON.stringify(page.startCursor), JSON.stringify(page.endCursor)];
    if (start === 'null') continue;
    for (const window of [
      `first: 5, after: ${start}`,
      `last: 5, before: ${end}`,
      `first: 5, after: ${start}, before: ${end}`,
    ])
      await call(`${window}, ${variant}`, PAGE_INFO);
  }
}

const explain = (statement: Recorded, generic: boolean): Promise<Plan> => explainAs(owner, statement, generic);

/** How many there are in all, of a list that is nobody's own: it reads them all, when it is asked for. */
function isWholeCount({ sql, actor }: Recorded): boolean {
  return sql.startsWith('SELECT count(*) ') && (actor.role === 'STEWARD' || !sql.includes('$'));
}

/** Tables that are read from end to end, and rows that are sorted though an index could have had them in order. */
async function findingsOf(statement: Recorded): Promise<string[]> {
  const findings: string[] = [];
  for (const generic of [false, true]) {
    for (const node of nodes(await explain(statement, generic))) {
      const { 'Node Type': type, 'Relation Name': table = '', 'Plan Rows': rows } = node;
      // Without values PostgreSQL takes a tenth of a table for a page, so that says nothing about sorting.
      if ((type.includes('Seq Scan') && large.has(table)) || (type.includes('Sort') && rows > PAGE && !generic))
        findings.push(
          `${statement.actor.role} ${generic ? 'generic' : 'custom'} ${type} ${table} ${rows}: ${statement.sql}`,
        );
    }
  }
  return findings;
}

describe('every list', () => {
  it.each(CALLERS)(
    'is asked for in every order, filter and direction, alone and below others: %s',
    async (caller) => {
      const key = caller === 'public' ? null : network.keys[caller];
      const before = recorded.size;
      for (const field of connections('Query')) {
        await walk(
          key,
          field,
          (text) => text,
          (data) => (data as Record<string, { pageInfo: PageInfo } | undefined>)[field.name]?.pageInfo,
        );
      }
      for (const [type, ids] of Object.entries(parents)) {
        for (const field of connections(type)) {
          await walk(
            key,
            field,
            (text) => `nodes(ids: ${JSON.stringify(ids)}) { ... on ${type} { ${text} } }`,
            (data) =>
              (data as { nodes: (Record<string, { pageInfo: PageInfo } | undefined> | null)[] }).nodes
                .map((node) => node?.[field.name]?.pageInfo)
                .find((page) => page?.startCursor),
          );
        }
      }
      expect(recorded.size).toBeGreaterThan(before);
    },
    120_000,
  );

  it.each(['funder', 'grantee'] as const)('and the money of a %s, by month and as it was told', async (caller) => {
    const flow = 'cashFlow(from: "2026-01-01", to: "2027-12-31") { month }';
    const receipts = 'disbursements { receipts { toldAt } }';
    const { errors } = await network.call(
      network.keys[caller],
      `{ viewer { asFunder { ${flow} } asGrantee { ${flow} } } agreements(first: 5) { nodes { ${receipts} } } }`,
    );
    expect(errors).toBeUndefined();
  });

  it('and what was told is searched for', async () => {
    for (const [caller, side] of [
      ['funder', 'asFunder'],
      ['grantee', 'asGrantee'],
    ] as const) {
      const query = `{ viewer { ${side} { searchReports(query: "lu lut") { nodes { snippet } } } } }`;
      const { data, errors } = await network.call(network.keys[caller], query);
      expect(errors).toBeUndefined();
      expect(JSON.stringify(data)).toContain('snippet');
    }
    // What the functions run, as the role they run it as: the caller's own search sees nothing of their plans.
    const bodies = await network.sql<{ name: string; body: string }>(
      `SELECT proname AS name, prosrc AS body FROM pg_proc WHERE proname IN ('search_report_shares', 'search_narrative_reports')`,
    );
    expect(bodies).toHaveLength(2);
    for (const { name, body } of bodies) {
      const actor = [...recorded.values()].find(
        ({ actor: { role } }) => (role === 'FUNDER') === /shares/.test(name),
      )!.actor;
      const keeper = { ...actor, role: 'KEEPER' } as unknown as Actor;
      const sql = body.replace(/\bquery\b/g, '$1::text');
      expect(await findingsOf({ actor: keeper, sql, values: ['lu lut'] })).toEqual([]);
      // A grantee's own reports are few enough to be found by whose they are; what a funder was sent is found by its words.
      const plan = JSON.stringify(await explain({ actor: keeper, sql, values: ['lu lut'] }, false));
      expect(plan).toMatch(/shares/.test(name) ? /report_shares_words/ : /"Index Name":"narrative_reports_/);
    }
  });

  it('and the figures of periods, named or the latest', async () => {
    for (const asked of [
      '',
      '(view: FUNDER)',
      '(periods: ["2026", "2026-Q3"])',
      '(view: KIND_BY_REGION, periods: ["2026"])',
    ]) {
      const { data } = await network.call(null, `{ obstacleStatistics${asked} { period cells { value } } }`);
      expect((data as { obstacleStatistics: object[] }).obstacleStatistics.length).toBeGreaterThan(0);
    }
  });

  it('finds its rows by an index, with values known and unknown, under row security', async () => {
    const findings: string[] = [];
    for (const statement of recorded.values())
      if (!isWholeCount(statement)) findings.push(...(await findingsOf(statement)));
    expect(findings).toEqual([]);
    // Each list has a dozen statements and more: fewer would mean that they were not asked for.
    expect(recorded.size).toBeGreaterThan(300);
  }, 120_000);

  it('and so do lists by a state that the clock has changed and no job has written', async () => {
    const ids = await network.sql<{ id: string }>('SELECT id FROM agreements ORDER BY id LIMIT 6');
    const [leave, take] = [ids.slice(0, 3), ids.slice(3)].map((rows) => rows.map(({ id }) => id));
    const nothing = { nextDueOn: {}, endsOn: {}, updatedAt: {}, isLate: null, committed: null, countries: null };
    for (const role of ['FUNDER', 'GRANTEE', 'STEWARD']) {
      const { actor } = [...recorded.values()].find((one) => one.actor.role === role)!;
      for (const field of ['CREATED_AT', 'UPDATED_AT', 'ENDS_ON', 'NEXT_DUE_ON'] as const)
        for (const descending of [true, false]) {
          const query = { ...nothing, actor, now: new Date('2027-01-01'), order: { field, descending } };
          const parties = { funderId: null, granteeId: null };
          const list = agreementList({ ...query, ...parties, states: ['COMPLETED'], corrections: { leave, take } });
          const window = { size: 20, backwards: false, after: null, before: null };
          const { text: sql, values } = keysetStatement(list, window);
          expect(sql).toContain('UNION ALL');
          expect(await findingsOf({ actor, sql, values })).toEqual([]);
        }
    }
  });

  it('would be found out without an index', async () => {
    const actor = [...recorded.values()].find(({ actor: { role } }) => role === 'FUNDER')!.actor;
    const scan = { actor, sql: 'SELECT a.id FROM agreements a WHERE a.note = $1::text', values: ['x'] };
    expect(await findingsOf({ ...scan, actor: { ...actor, role: 'STEWARD' } })).toHaveLength(2);
    const sort = { actor, sql: 'SELECT a.id FROM agreements a ORDER BY a.note LIMIT $1', values: [20] };
    expect(await findingsOf(sort)).toHaveLength(1);
  });
});
