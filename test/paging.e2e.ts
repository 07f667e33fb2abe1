import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

interface Connection {
  nodes: { name: string }[];
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

let network: Network;
let names: string[];
let added = 0;

beforeAll(async () => {
  network = await startNetwork();
  // Names that sort beside each other, twice each: the id must decide.
  await addFunders(Array.from({ length: 60 }, (_, i) => `Fund ${String(i >> 1).padStart(3, '0')}`));
  const rows = await network.sql<{ name: string }>(
    'SELECT name FROM funders WHERE is_listed ORDER BY name COLLATE "C", organization_id',
  );
  names = rows.map((row) => row.name);
});
afterAll(() => network.stop());

async function addFunders(list: string[]): Promise<void> {
  await network.sql(
    `WITH o AS (INSERT INTO organizations (id, name, is_listed, created_at, updated_at)
       SELECT gen_random_uuid(), n, true, now(), now() FROM unnest($1::text[]) AS n RETURNING id, name)
     INSERT INTO funders (organization_id, name, is_listed, updated_at) SELECT id, name, true, now() FROM o`,
    [list],
  );
}

async function page(args: Record<string, unknown>): Promise<Connection> {
  const query = `query ($first: Int, $after: String, $last: Int, $before: String) {
    funders(first: $first, after: $after, last: $last, before: $before) {
      nodes { name } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const { data, text } = await network.call(null, query, args);
  if (!data) throw new Error(text);
  return (data as { funders: Connection }).funders;
}

/** Walks the whole list in one direction with these page sizes; `between` runs after each page. */
async function walk(sizes: number[], backwards: boolean, between?: () => Promise<void>): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | null = null;
  for (let i = 0; ; i++) {
    const size = sizes[i % sizes.length];
    const { nodes, pageInfo, edges } = await page(
      backwards ? { last: size, before: cursor } : { first: size, after: cursor },
    );
    expect(nodes.length).toBeLessThanOrEqual(size);
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0]?.cursor, edges.at(-1)?.cursor]);
    expect(backwards ? pageInfo.hasNextPage : pageInfo.hasPreviousPage).toBe(cursor !== null);
    const read = nodes.map((node) => node.name);
    seen.splice(backwards ? 0 : seen.length, 0, ...read);
    if (!(backwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return seen;
    cursor = backwards ? pageInfo.startCursor : pageInfo.endCursor;
    await between?.();
  }
}

describe('paging', () => {
  it('shows every row once, in order, whatever the page sizes and the direction', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 3, max: 100 }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (sizes, backwards) => {
          expect(await walk(sizes, backwards)).toEqual(names);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('shows every row that was there once, while others are being added', async () => {
    const before = new Set(names);
    const seen = await walk([7], false, () => addFunders([`Fund 0${10 + (added++ % 20)} new ${added}`]));
    expect(seen.filter((name) => before.has(name))).toEqual(names);
    expect(new Set(seen.filter((name) => !before.has(name))).size).toBe(seen.length - names.length);
  });

  it.each([
    [{ first: 101 }, 'PAGE_TOO_LARGE'],
    [{ last: 101 }, 'PAGE_TOO_LARGE'],
    [{ first: -1 }, 'INVALID_PAGE'],
    [{ last: -1 }, 'INVALID_PAGE'],
    [{ first: 1, last: 1 }, 'INVALID_PAGE'],
    [{ first: 1, after: 'forged' }, 'INVALID_CURSOR'],
    [{ last: 1, before: '' }, 'INVALID_CURSOR'],
    [{ first: 1, after: '\u0000\ud800' }, 'INVALID_CURSOR'],
  ])('refuses %j with %s', async (args, code) => {
    const { status, errors } = await network.call(
      null,
      'query ($first: Int, $after: String, $last: Int, $before: String) { funders(first: $first, after: $after, last: $last, before: $before) { nodes { id } } }',
      args,
    );
    expect([status, errors?.[0]?.extensions.code]).toEqual([400, code]);
  });

  it('refuses a cursor of another list', async () => {
    const { edges } = await page({ first: 1 });
    const { errors } = await network.call(null, 'query ($after: String) { grantees(after: $after) { nodes { id } } }', {
      after: edges[0].cursor,
    });
    expect(errors?.[0]?.extensions.code).toBe('INVALID_CURSOR');
  });

  it('is exact about both sides between two cursors', async () => {
    const { edges } = await page({ first: 10 });
    const [after, before] = [edges[2].cursor, edges[6].cursor];
    const whole = await page({ first: 10, after, before });
    expect(whole.nodes.map((node) => node.name)).toEqual(names.slice(3, 6));
    // In the direction of reading only what lies between the cursors counts.
    expect(whole.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const part = await page({ first: 2, after, before });
    expect(part.nodes.map((node) => node.name)).toEqual(names.slice(3, 5));
    expect(part.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    const end = await page({ last: 10, after, before });
    expect(end.nodes.map((node) => node.name)).toEqual(names.slice(3, 6));
    expect(end.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  });

  it('of no rows tells whether there are any', async () => {
    const none = { startCursor: null, endCursor: null };
    expect(await page({ first: 0 })).toMatchObject({ nodes: [], pageInfo: { hasNextPage: true, ...none } });
    expect(await page({ last: 0 })).toMatchObject({ nodes: [], pageInfo: { hasPreviousPage: true, ...none } });
    const { edges } = await page({ last: 1 });
    const after = edges[0].cursor;
    expect(await page({ first: 0, after })).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
  });
});
