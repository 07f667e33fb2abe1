import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { MOST_VARYING } from '../src/platform/db/prepared-statements.js';
import { POOL } from '../src/platform/db/database.service.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

/** How many different lists a hostile caller asks for; `DIFFERENT_LISTS=40000` is the long form. */
const LISTS = Number(process.env.DIFFERENT_LISTS ?? 3_000);
const LISTS_A_CALL = 20;
const CONNECTIONS = 2;

let network: Network;
beforeAll(async () => {
  network = await startNetwork({ env: { DATABASE_POOL_SIZE: String(CONNECTIONS) } });
});
afterAll(() => network.stop());

const both = (field: string, from: string, to: string): string[] =>
  [`gte: "${from}"`, `lte: "${to}"`, `gte: "${from}", lte: "${to}"`].map((range) => `${field}: {${range}}`);
/** What there is to choose from, one of each: 3,024 lists, each with a statement of its own. */
const choices = (): readonly (readonly string[])[] => [
  ['', 'state: {in: [ACTIVE]}', 'state: {in: [ACTIVE, COMPLETED]}'],
  ['', 'granteeCountry: {in: ["VN"]}', 'granteeCountry: {in: ["VN", "KE"]}'],
  ['', `funder: "${network.ids.funder}"`],
  ['', `grantee: "${network.ids.grantee}"`],
  [
    ...['CREATED_AT', 'UPDATED_AT', 'ENDS_ON', 'NEXT_DUE_ON'].map((field) => `orderBy ${field}`),
    ...['', ', isLate: false', ', isLate: true'].flatMap((late) =>
      both('nextDueOn', '2026-01-01', '2030-01-01').map((range) => range + late),
    ),
    'isLate: false',
    'isLate: true',
    ...both('endsOn', '2026-01-01', '2030-01-01'),
    ...both('updatedAt', '2020-01-01T00:00:00Z', '2030-01-01T00:00:00Z'),
  ],
  ['ASC', 'DESC'],
  ['first', 'last'],
];
const ORDER_OF_RANGE: Record<string, string> = {
  isLate: 'NEXT_DUE_ON',
  nextDueOn: 'NEXT_DUE_ON',
  endsOn: 'ENDS_ON',
  updatedAt: 'UPDATED_AT',
};

/** The n-th list of a caller who never asks for the same twice. */
function list(n: number): string {
  const chosen = choices().map((options) => {
    const option = options[n % options.length];
    n = Math.floor(n / options.length);
    return option;
  });
  const [end, direction, rangeOrOrder, ...conditions] = chosen.reverse();
  const [, order] = rangeOrOrder.split('orderBy ');
  const field = order ?? ORDER_OF_RANGE[rangeOrOrder.split(':')[0]];
  const filter = [...conditions, order ? '' : rangeOrOrder].filter(Boolean).join(', ');
  return `agreements(${end}: 1, filter: {${filter}}, orderBy: {field: ${field}, direction: ${direction}}) { nodes { id } totalCount }`;
}

interface Backend {
  readonly varying: number;
  readonly all: number;
  /** Memory of the server's process that is its own, in kB. */
  readonly memory: number;
}

/** What each connection of the service's pool has prepared, asked on that connection itself. */
async function backends(): Promise<Backend[]> {
  const pool: pg.Pool = network.app.get(POOL);
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => pool.connect()));
  try {
    return await Promise.all(
      clients.map(async (client) => {
        const { rows } = await client.query<{ pid: number; varying: number; all: number }>(
          `SELECT pg_backend_pid() AS pid, count(*)::int AS "all", (count(*) FILTER (WHERE name ~ '[.]v[0-9]+$'))::int AS varying
           FROM pg_prepared_statements`,
        );
        const status = readFileSync(`/proc/${rows[0].pid}/status`, 'utf8');
        return { ...rows[0], memory: Number(/RssAnon:\s+(\d+)/.exec(status)![1]) };
      }),
    );
  } finally {
    for (const client of clients) client.release();
  }
}

async function askFor(from: number, to: number): Promise<void> {
  for (let n = from; n < to; n += LISTS_A_CALL) {
    const lists = Array.from({ length: LISTS_A_CALL }, (_, i) => `a${i}: ${list(n + i)}`);
    const answers = await Promise.all(
      [lists.slice(0, LISTS_A_CALL / 2), lists.slice(LISTS_A_CALL / 2)].map((some) =>
        network.call(network.keys.funder, `{ ${some.join('\n')} }`),
      ),
    );
    for (const { errors } of answers) expect(errors?.[0]).toBeUndefined();
  }
}

describe('a caller who never asks for the same list twice', () => {
  it('makes the server keep a bounded number of statements, and no more memory with more lists', async () => {
    await askFor(0, 1_000);
    const early = await backends();
    await askFor(1_000, LISTS);
    const late = await backends();
    if (process.env.DIFFERENT_LISTS) console.log({ lists: LISTS, early, late });
    for (const [i, { varying, all, memory }] of late.entries()) {
      // The last evicted ones are closed by the next group, which a connection may not have had yet.
      expect(varying).toBeLessThanOrEqual(MOST_VARYING + LISTS_A_CALL * 2);
      expect(varying).toBeGreaterThan(MOST_VARYING / 2);
      expect(all - varying).toBeLessThan(200);
      expect(memory - early[i].memory).toBeLessThan(20_000);
    }
  });

  it('leaves the lists that others ask for as they were', async () => {
    const query = '{ agreements(first: 5) { nodes { id } totalCount } }';
    const before = await network.call(network.keys.funder, query);
    await askFor(0, 400);
    expect((await network.call(network.keys.funder, query)).data).toEqual(before.data);
  });
});
