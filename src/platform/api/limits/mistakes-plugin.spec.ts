import { ApolloServer } from '@apollo/server';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, type GraphQLFormattedError, type GraphQLObjectType } from 'graphql';
import { formatError, type PendingExtensions } from '../../errors/format-error.js';
import { refuse } from '../../errors/refusal.js';
import { mistakesPlugin } from './mistakes-plugin.js';
import { MOST_ERRORS, withCheapRefusals } from './told-errors.js';

const schema = buildSchema(/* GraphQL */ `
  type Query {
    things: [Thing!]!
    find(filter: Filter, first: Int): Thing
  }
  type Thing {
    page(after: Int, fails: Boolean): Thing
    later(after: Int): Thing
  }
  input Filter {
    name: String
    first: Int
    inside: Filter
    several: [Filter!]
  }
`);
const resolvers = (type: string) => (schema.getType(type) as GraphQLObjectType).getFields();
resolvers('Query').things.resolve = () => Array<object>(100).fill({});
resolvers('Thing').page.resolve = async (_thing, args: { fails?: boolean }) => {
  await Promise.resolve();
  throw args.fails ? new Error('broken') : refuse('INVALID_CURSOR', { path: ['after'] });
};
resolvers('Thing').later.resolve = async () => {
  for (let turns = 0; turns < 50; turns++) await Promise.resolve();
  throw refuse('INVALID_CURSOR', { path: ['after'] });
};
const server = new ApolloServer({
  schema: withCheapRefusals(schema),
  plugins: [mistakesPlugin()],
  formatError,
  logger: { debug() {}, info() {}, warn() {}, error() {} },
});

async function errorsOf(query: string, variables: Record<string, unknown> = {}): Promise<GraphQLFormattedError[]> {
  const { body } = await server.executeOperation({ query, variables });
  if (body.kind !== 'single') throw new Error('one result expected');
  return [...(body.singleResult.errors ?? [])];
}
const codes = (errors: GraphQLFormattedError[]): unknown[] => errors.map(({ extensions }) => extensions?.code);
const pages = (count: number, more = ''): string =>
  `{ things { ${Array.from({ length: count }, (_, i) => `a${i}: page(after: ${i}) { __typename }`).join(' ')} ${more} } }`;

describe('the errors of an answer', () => {
  it('are fifty at most, each in its place, and the last one says how many more there are', async () => {
    const errors = await errorsOf(pages(49));
    expect(errors).toHaveLength(MOST_ERRORS);
    expect(codes(errors.slice(0, -1))).toEqual(Array(49).fill('INVALID_CURSOR'));
    expect(new Set(errors.slice(0, -1).map(({ path }) => path?.join())).size).toBe(49);
    expect(errors.at(-1)!.extensions).toMatchObject({ code: 'MORE_ERRORS', parameters: { more: 4_900 - 49 } });
  });

  it('are all told when they are fifty', async () => {
    const query = `{ find { __typename } }`;
    expect(await errorsOf(query)).toEqual([]);
    resolvers('Query').things.resolve = () => [{}];
    const errors = await errorsOf(pages(50));
    resolvers('Query').things.resolve = () => Array<object>(100).fill({});
    expect(codes(errors)).toEqual(Array(50).fill('INVALID_CURSOR'));
  });

  it('stand in the order of the document, whichever came first', async () => {
    resolvers('Query').things.resolve = () => [{}];
    const errors = await errorsOf(`{ first: things { slow: later(after: 1) { __typename } } ${pages(3).slice(2)}`);
    resolvers('Query').things.resolve = () => Array<object>(100).fill({});
    expect(errors.map(({ path }) => path?.join('.'))).toEqual([
      'first.0.slow',
      ...[0, 1, 2].map((i) => `things.0.a${i}`),
    ]);
  });

  it('begin with what is no mistake of the caller', async () => {
    const errors = await errorsOf(pages(2, 'late: page(fails: true) { __typename }'));
    expect((errors[0].extensions as unknown as PendingExtensions).code).toBe('INTERNAL_ERROR');
    expect(codes(errors).at(-1)).toBe('MORE_ERRORS');
  });
});

describe('mistakes in variables', () => {
  const find = (filter: unknown) =>
    errorsOf('query ($filter: Filter) { find(filter: $filter) { __typename } }', { filter });

  it('are told ten at a time, without the value around them', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 19_000 }, (_, i) => [`field${i}`, i]));
    const errors = await find({ ...unknown, name: 'x'.repeat(500_000) });
    expect(codes(errors)).toEqual(Array(10).fill('BAD_USER_INPUT'));
    expect(JSON.stringify(errors).length).toBeLessThan(5_000);
  });

  it('say which value, where it is, and why', async () => {
    const [error] = await find({ inside: { several: [{ first: 'many' }] } });
    expect(error.message).toBe(
      'Variable "$filter" got invalid value "many" at "filter.inside.several[0].first"; Int cannot represent non-integer value: "many"',
    );
    expect(error.locations).toEqual([{ line: 1, column: 8 }]);
  });

  it('are told in few words, however long the value', async () => {
    const [error] = await find({ first: 'ữ'.repeat(500_000) });
    expect(error.message).toMatch(/^Variable "\$filter" got invalid value at "filter.first"; .*ữữ…$/s);
    expect(error.message.length).toBeLessThan(1_100);
  });

  it('that are null or missing are told by graphql', async () => {
    const [error] = await errorsOf('query ($first: Int!) { find(first: $first) { __typename } }');
    expect(error.message).toBe('Variable "$first" of required type "Int!" was not provided.');
  });
});
