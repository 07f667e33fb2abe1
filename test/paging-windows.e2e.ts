import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLSchema } from 'graphql';
import { getNamedType, isObjectType } from 'graphql';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { seededBytes } from './support/seeded.js';
import { tellEverything } from './support/whole-story.js';

/** A list as one caller asks for it: `around` puts its field where it is in the graph. */
interface List {
  readonly name: string;
  readonly key: string | null;
  readonly field: string;
  readonly arguments: readonly string[];
  readonly around: (field: string) => string;
}
interface Connection {
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean };
}
interface Window {
  readonly first?: number;
  readonly last?: number;
  readonly after?: string;
  readonly before?: string;
}

const WINDOWS = 24;
let network: Network;
let schema: GraphQLSchema;
const lists: { readonly list: List; readonly cursors: readonly string[] }[] = [];

beforeAll(async () => {
  network = await startNetwork();
  await tellEverything(network);
  ({ schema } = network.app.get(GraphQLSchemaHost));
  for (const key of [...Object.values(network.keys), null]) await findLists(key);
}, 600_000);
afterAll(() => network.stop());

const fieldsOf = (type: string) => {
  const found = schema.getType(type);
  return isObjectType(found) ? Object.values(found.getFields()) : [];
};
const connections = (type: string) =>
  fieldsOf(type).filter(({ type: each }) => getNamedType(each).name.endsWith('Connection'));
/** What a search looks for: words that the story holds. */
const REQUIRED: Readonly<Record<string, string>> = { query: '"nước"' };

async function read({ key, around, field, arguments: given }: List, window: Window): Promise<Connection | null> {
  const args = [...given, ...Object.entries(window).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)];
  const asked = `${field}${args.length > 0 ? `(${args.join(', ')})` : ''} { edges { cursor } pageInfo { hasNextPage hasPreviousPage } }`;
  const { data, errors } = await network.call(key, around(asked));
  if (errors) return null;
  const find = (value: unknown): Connection | null => {
    if (typeof value !== 'object' || value === null) return null;
    if ('edges' in value) return value as Connection;
    return Object.values(value).map(find).find(Boolean) ?? null;
  };
  return find(data);
}

/** The lists of one caller that hold rows: at the root, and below each kind of thing that the caller sees. */
async function findLists(key: string | null): Promise<void> {
  const keep = async (type: string, around: List['around']): Promise<void> => {
    for (const { name, args } of connections(type)) {
      const given = args.filter((arg) => arg.name in REQUIRED).map((arg) => `${arg.name}: ${REQUIRED[arg.name]}`);
      const list = { name: `${type}.${name}`, key, field: name, arguments: given, around };
      const whole = await read(list, { first: 100 });
      const known = lists.findIndex((other) => other.list.name === list.name && other.list.key === key);
      if (!whole || whole.edges.length === 0) continue;
      const found = { list, cursors: whole.edges.map(({ cursor }) => cursor) };
      if (known < 0) lists.push(found);
      else if (lists[known].cursors.length < found.cursors.length) lists[known] = found;
    }
  };
  await keep('Query', (field) => `{ ${field} }`);
  const things = connections('Query').map(({ name }) => `${name} { nodes { __typename ... on Node { id } } }`);
  for (const thing of things) {
    const { data } = await network.call(key, `{ ${thing} }`);
    const nodes = Object.values((data ?? {}) as Record<string, { nodes: { __typename: string; id?: string }[] }>);
    for (const { __typename: type, id } of nodes.flatMap((each) => each?.nodes ?? []).slice(0, 6)) {
      if (id) await keep(type, (field) => `{ node(id: "${id}") { ... on ${type} { ${field} } } }`);
    }
  }
}

/** The algorithm of the Relay specification, over the cursors of the whole list. */
function expected(cursors: readonly string[], { first, last, after, before }: Window): Connection {
  const from = after === undefined ? 0 : cursors.indexOf(after) + 1;
  const to = before === undefined ? cursors.length : cursors.indexOf(before);
  const between = cursors.slice(from, Math.max(from, to));
  const size = last ?? first ?? 25;
  const page = last === undefined ? between.slice(0, size) : between.slice(Math.max(0, between.length - size));
  const isMore = between.length > size;
  return {
    edges: page.map((cursor) => ({ cursor })),
    pageInfo: {
      hasNextPage: last === undefined ? isMore : before !== undefined,
      hasPreviousPage: last === undefined ? after !== undefined : isMore,
    },
  };
}

describe('a window between two cursors', () => {
  it('is that of the Relay specification in every list that there is', async () => {
    const bytes = seededBytes(20261127);
    const pick = (most: number): number => bytes(4).readUInt32LE() % most;
    const wrong: object[] = [];
    let asked = 0;
    for (const { list, cursors } of lists) {
      for (let i = 0; i < WINDOWS; i++) {
        const cursor = (): string | undefined => (pick(3) === 0 ? undefined : cursors[pick(cursors.length)]);
        const sizes = [{ first: pick(4) }, { last: pick(4) }, { first: 100 }, { last: 100 }, {}];
        const [after, before] = [cursor(), cursor()];
        const window: Window = { ...sizes[pick(5)], ...(after && { after }), ...(before && { before }) };
        const answered = await read(list, window);
        const right = expected(cursors, window);
        if (JSON.stringify(answered) !== JSON.stringify(right))
          wrong.push({ list: list.name, window, answered, right });
        asked++;
      }
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(asked).toBeGreaterThan(500);
    const all = Object.keys(schema.getTypeMap()).flatMap((type) =>
      connections(type).map(({ name }) => `${type}.${name}`),
    );
    const covered = new Set(lists.map(({ list }) => list.name));
    // Lists below what has no id are the same lists, read by the same code.
    expect(all.filter((name) => !covered.has(name)).length).toBeLessThan(all.length / 3);
  }, 300_000);
});

describe('a cursor', () => {
  it('of one caller is no cursor of another, in every list that both have', async () => {
    let tried = 0;
    for (const { list, cursors } of lists) {
      const others = lists.filter(
        (other) => other.list.name === list.name && other.list.key !== list.key && other.list.name.startsWith('Query.'),
      );
      for (const { list: other } of others.slice(0, 2)) {
        const after = `${other.field}(first: 1, after: ${JSON.stringify(cursors[0])}) { edges { cursor } }`;
        const { status, errors } = await network.call(other.key, `{ ${after} }`);
        expect([other.name, status, errors?.[0]?.extensions.code]).toEqual([other.name, 400, 'INVALID_CURSOR']);
        tried++;
      }
    }
    expect(tried).toBeGreaterThan(10);
  });

  it('goes on with the key that took the place of an older one', async () => {
    const { keys, mutate, call } = network;
    const { data } = await call(keys.funder, '{ events(first: 1) { pageInfo { endCursor } } }');
    const after = (data as { events: { pageInfo: { endCursor: string } } }).events.pageInfo.endCursor;
    const { secret } = (await mutate(keys.funder, 'rotateApiKey', { now: true }, 'secret')) as { secret: string };
    const { errors } = await call(secret, `{ events(first: 1, after: "${after}") { nodes { type } } }`);
    expect(errors).toBeUndefined();
  });
});
