import { ApolloServer } from '@apollo/server';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, getIntrospectionQuery, Kind, parse, specifiedRules, validate } from 'graphql';
import { processorMs } from '../../../../test/support/processor-time.js';
import { LIMITS, MAX_TOKENS } from './limits.js';
import { limitsPlugin } from './limits-plugin.js';
import { measureOperation, operationCost } from './measure-operation.js';

const schema = buildSchema(/* GraphQL */ `
  interface Node {
    id: ID!
  }
  type PageInfo {
    hasNextPage: Boolean!
  }
  type Agreement implements Node {
    id: ID!
    title: String
    funder: Party!
    grantee: Party!
    terms: Terms
    prompts: [Prompt!]!
    installments(first: Int = 25, last: Int): InstallmentConnection!
    agreements(first: Int, last: Int): AgreementConnection!
  }
  type Terms {
    text: String
    terms: Terms
  }
  type Prompt {
    text: String
    by: Party
  }
  type Party implements Node {
    id: ID!
    name: String
    agreements(first: Int, last: Int): AgreementConnection!
  }
  type Installment {
    amount: String
    agreement: Agreement!
  }
  type InstallmentEdge {
    cursor: String
    node: Installment!
  }
  type InstallmentConnection {
    edges: [InstallmentEdge!]!
    nodes: [Installment!]!
    pageInfo: PageInfo!
  }
  type AgreementEdge {
    cursor: String
    node: Agreement!
  }
  type AgreementConnection {
    edges: [AgreementEdge!]!
    nodes: [Agreement!]!
    pageInfo: PageInfo!
    totalCount: Int
  }
  type Query {
    a: Int
    terms: Terms
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
    agreements(first: Int = 25, last: Int): AgreementConnection!
  }
  type Mutation {
    accept(id: ID!): Agreement
    decline(id: ID!): Agreement
  }
`);

const measure = (query: string, variables?: Record<string, unknown>, operationName?: string) =>
  measureOperation(parse(query), operationName, variables, schema);
const cost = (query: string, variables?: Record<string, unknown>) => measure(query, variables).cost;
const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');
const deep = (levels: number) => `{ ${'terms { '.repeat(levels)}text${' }'.repeat(levels)} }`;

describe('the shape of an operation', () => {
  it.each([
    ['{ a }', { depth: 1, aliases: 0, directives: 0, rootFields: 1 }],
    ['{ a b: a __typename t: __typename }', { depth: 1, aliases: 2, rootFields: 4 }],
    ['{ a a a }', { aliases: 2, rootFields: 3 }],
    ['query @x { a @skip(if: false) ... @include(if: true) { a } }', { directives: 3, rootFields: 2 }],
    [
      'query ($v: Int @x) { a ...F } fragment F on Query @y { terms @z { text } }',
      { directives: 3, depth: 2, rootFields: 2 },
    ],
    ['{ ...F ...F } fragment F on Query { x: a }', { aliases: 2, rootFields: 2 }],
    ['{ ...F } fragment F on Query { terms { ...G } } fragment G on Terms { terms { text } }', { depth: 3 }],
    ['{ ...F } fragment F on Query { x: a ...F }', { aliases: 1, rootFields: 1 }],
    ['{ ...F } fragment F on Query { terms { ...G } } fragment G on Terms { terms { ...G } }', { depth: 2 }],
    ['{ ...Unknown a }', { rootFields: 1 }],
    [deep(15), { depth: 16 }],
  ])('%s', (query, expected) => {
    expect(measure(query)).toMatchObject(expected);
  });

  it('is that of the operation asked for', () => {
    const query = 'query One { a } query Two { x: a y: a }';
    expect([measure(query, {}, 'One').aliases, measure(query, {}, 'Two').aliases]).toEqual([0, 2]);
    expect(measure(query)).toEqual({ depth: 0, aliases: 0, directives: 0, rootFields: 0, cost: 0 });
  });
});

describe('the cost of an operation', () => {
  it.each<[string, string, number, Record<string, unknown>?]>([
    ['leaves are free', '{ a __typename }', 0],
    ['an object is one', '{ terms { text terms { text } } }', 2],
    [
      'a page multiplies its nodes, and nothing else',
      '{ agreements(first: 10) { totalCount pageInfo { hasNextPage } nodes { id } } }',
      12,
    ],
    ['edges and nodes', '{ agreements(first: 10) { edges { node { terms { text } } } } }', 31],
    ['the default of the argument', '{ agreements { nodes { id } } }', 26],
    ['the default page', '{ node(id: 1) { ... on Party { agreements { nodes { id } } } } }', 27],
    ['last', '{ agreements(last: 13) { nodes { id } } }', 14],
    ['null is no page size', '{ agreements(first: null, last: 13) { nodes { id } } }', 14],
    ['a variable', 'query ($n: Int) { agreements(first: $n) { nodes { id } } }', 8, { n: 7 }],
    ['a missing variable', 'query ($n: Int) { agreements(first: $n) { nodes { id } } }', 26],
    ['the default of a variable', 'query ($n: Int = 12) { agreements(first: $n) { nodes { id } } }', 13],
    [
      'an absurd size counts as the largest page',
      'query ($n: Int) { agreements(first: $n) { nodes { id } } }',
      101,
      { n: 1e9 },
    ],
    ['a negative size counts as the usual one', '{ agreements(first: -1) { nodes { id } } }', 26],
    ['nonsense counts as the usual one', 'query ($n: Int) { agreements(first: $n) { nodes { id } } }', 26, { n: 'x' }],
    ['none counts as one', '{ agreements(first: 0) { nodes { id } } }', 8],
    ['ids are counted', '{ nodes(ids: ["a", "b", "c"]) { id ... on Agreement { terms { terms { text } } } } }', 9],
    ['ids in a variable are counted', 'query ($i: [ID!]!) { nodes(ids: $i) { id } }', 9, { i: [...'abcdefghi'] }],
    ['a short list', '{ node(id: 1) { ... on Agreement { prompts { by { name } } terms { terms { text } } } } }', 9],
    [
      'a field with arguments is never free',
      '{ a: agreements(first: 1) { nodes { id } } b: agreements(first: 1) { nodes { id } } }',
      16,
    ],
    ['mutations', 'mutation { accept(id: 1) { terms { text } } decline(id: 2) { id } }', 21],
    ['fragments, once a level', '{ ...F ...F } fragment F on Query { terms { text } }', 1],
    [
      'a fragment on a connection',
      '{ agreements(first: 4) { ...C } } fragment C on AgreementConnection { nodes { terms { text } } }',
      9,
    ],
  ])('%s', (_name, query, expected, variables = {}) => {
    expect(cost(query, variables)).toBe(expected);
  });

  it('lets a full page with two edges and its installments pass, and three nested pages not', () => {
    const parties = 'funder { name } grantee { name }';
    const page = `{ agreements(first: 100) { edges { node { ${parties} installments { edges { node { amount } } } } } } }`;
    expect(cost(page)).toBeLessThan(LIMITS.cost);
    const level = (inside: string) => `agreements(first: 100) { nodes { ${inside} } }`;
    expect(cost(`{ ${level(level(level('id')))} }`)).toBeGreaterThan(100 * LIMITS.cost);
  });

  it('takes no longer for fragments that double at every level', () => {
    const fragments = many(
      40,
      (i) =>
        `fragment F${i} on Agreement { agreements(first: $n) { nodes { ...F${i + 1} } edges { node { ...F${i + 1} } } } }`,
    );
    const query = `query ($n: Int) { agreements { nodes { ...F0 } } } ${fragments} fragment F40 on Agreement { id }`;
    expect(cost(query, { n: 2 })).toBeGreaterThan(2 ** 40);
    const times = Array.from({ length: 5 }, () => processorMs(() => cost(query, { n: 2 })));
    expect(Math.min(...times)).toBeLessThan(200);
  });

  it('takes a few microseconds once the document is known', () => {
    const document = parse(
      'query ($n: Int) { agreements(first: $n) { nodes { funder { id } installments { nodes { amount } } } } }',
    );
    const [operation] = document.definitions;
    if (operation.kind !== Kind.OPERATION_DEFINITION) throw new Error('an operation expected');
    const batches = Array.from({ length: 20 }, () =>
      processorMs(() => {
        for (let time = 0; time < 1_000; time++) operationCost(document, operation, { n: time % 100 }, schema);
      }),
    );
    // About 0.3 microseconds each.
    expect(Math.min(...batches)).toBeLessThan(5);
  });
});

describe('introspection', () => {
  it('of GraphiQL passes', () => {
    const query = getIntrospectionQuery({
      inputValueDeprecation: true,
      schemaDescription: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      oneOf: true,
    });
    const { depth, cost: price } = measure(query);
    expect(depth).toBeLessThanOrEqual(LIMITS.depth);
    // No second one fits into the same request.
    expect(price).toBeGreaterThan(LIMITS.cost / 2);
    expect(price).toBeLessThan(LIMITS.cost);
    expect(validate(schema, parse(query), specifiedRules)).toEqual([]);
  });

  it('that walks in circles does not', () => {
    const circles = `{ __type(name: "Query") { ${'fields { type { '.repeat(8)}name${' } }'.repeat(8)} } }`;
    expect(measure(circles).depth).toBeGreaterThan(LIMITS.depth);
  });

  it('of everything fifty times over does not', () => {
    const types = many(50, (i) => `t${i}: types { fields { args { name } } }`);
    expect(cost(`{ __schema { ${types} } }`)).toBeGreaterThan(LIMITS.cost);
  });
});

describe('the limits plugin', () => {
  const server = new ApolloServer({
    schema,
    plugins: [limitsPlugin()],
    parseOptions: { maxTokens: MAX_TOKENS },
    includeStacktraceInErrorResponses: false,
  });
  const ask = async (query: string, variables?: Record<string, unknown>) => {
    const { body, http } = await server.executeOperation({ query, variables });
    if (body.kind !== 'single') throw new Error('one result expected');
    return { status: http.status, ...body.singleResult };
  };

  it('tells what an operation costs', async () => {
    const query = 'query ($n: Int) { terms { text } agreements(first: $n) { nodes { id } } }';
    const { data, extensions } = await ask('{ terms { text } }');
    expect([data, extensions]).toEqual([{ terms: null }, { cost: { requested: 1, limit: LIMITS.cost } }]);
    expect(await ask(query, { n: 'x' })).not.toHaveProperty('extensions');
  });

  it.each([
    ['QUERY_TOO_DEEP', deep(15), LIMITS.depth, 16],
    ['QUERY_TOO_DEEP', deep(1_000), LIMITS.depth, 1_001],
    ['TOO_MANY_ALIASES', `{ ${many(51, (i) => `t${i}: __typename`)} }`, LIMITS.aliases, 51],
    ['TOO_MANY_ALIASES', `{ ${many(1_000, (i) => `a${i}: a`)} }`, LIMITS.aliases, 1_000],
    ['TOO_MANY_ALIASES', `{ ${many(1_200, () => 'terms { text }')} }`, LIMITS.aliases, 1_199],
    ['TOO_MANY_DIRECTIVES', `{ a ${many(51, () => '@skip(if: false)')} }`, LIMITS.directives, 51],
    ['TOO_MANY_ROOT_FIELDS', `{ ${many(21, (i) => `n${i}: a`)} }`, LIMITS.rootFields, 21],
    ['QUERY_TOO_LONG', `{ a } #${'a'.repeat(50_000)}`, LIMITS.characters, 50_007],
    ['QUERY_TOO_LONG', `{ a }${'\r\n'.repeat(2_500)}`, LIMITS.lines, 2_501],
    ['TOO_MANY_DEFINITIONS', many(101, (i) => `query Q${i} { a }`), LIMITS.definitions, 101],
    // The first field is compared with none, the 141st with 140 others: 141 fields and 9,870 pairs.
    ['TOO_MANY_FIELDS', `{ terms { ${many(200, () => '... { text }')} } }`, LIMITS.fields, 10_012],
    [
      'TOO_MANY_FIELDS',
      `{ terms { ...F0 } } ${many(60, (i) => `fragment F${i} on Terms { terms { text } ${many(59 - i, (k) => `...F${i + k + 1}`)} }`)}`,
      LIMITS.fields,
      expect.any(Number),
    ],
    [
      'QUERY_TOO_EXPENSIVE',
      '{ agreements(first: 100) { nodes { agreements(first: 100) { nodes { id } } } } }',
      LIMITS.cost,
      10_201,
    ],
  ])('%s', async (code, query, limit, actual) => {
    for (let time = 0; time < 2; time++) {
      const { status, data, errors, extensions } = await ask(query);
      expect([status, data, errors?.length, extensions]).toEqual([400, undefined, 1, undefined]);
      expect(errors?.[0]).toMatchObject({ extensions: { code, limit, actual } });
    }
  });

  it('counts the items of one list of the variables, and all values together', async () => {
    const thousand = Array<number>(1_000).fill(1);
    const codeOf = async (variables: Record<string, unknown>) =>
      (await ask('{ a }', variables)).errors?.[0].extensions?.code;
    expect(await codeOf({ v: { w: thousand } })).toBeUndefined();
    expect((await ask('{ a }', { v: { w: [...thousand, 1] } })).errors?.[0].message).toContain('TOO_MANY_ITEMS');
    expect(await codeOf({ v: Array(19).fill(thousand) })).toBeUndefined();
    expect(await codeOf({ v: Array(20).fill(thousand) })).toBe('TOO_MANY_VALUES');
  });

  it('refuses before validation', async () => {
    const { errors } = await ask(`{ ${many(60, (i) => `t${i}: unknown`)} }`);
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['TOO_MANY_ALIASES']);
  });

  it('looks at fragments that nobody spreads', async () => {
    const { errors } = await ask(`{ a } fragment F on Query { ${many(60, (i) => `t${i}: a`)} }`);
    expect(errors?.[0].extensions?.code).toBe('TOO_MANY_ALIASES');
  });

  it('leaves everything else to graphql', async () => {
    expect((await ask('{ nope }')).errors?.[0].extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await ask(`{ ${'a '.repeat(5_000)} }`)).errors?.[0].extensions?.code).toBe('GRAPHQL_PARSE_FAILED');
    expect((await ask('{ ...F } fragment F on Query { a ...F }')).errors?.[0].message).toContain(
      'Cannot spread fragment',
    );
    expect((await ask('query A { a } query B { a }')).status).toBe(400);
  });
});
