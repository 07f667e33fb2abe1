import { ApolloServer } from '@apollo/server';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type GraphQLSchema, isAbstractType, isObjectType, Kind, parse, validate } from 'graphql';
import { arbitraryQuery, type GeneratedQuery } from '../../../../test/support/generate-query.js';
import { CompiledQueries } from './compiled-queries.js';
import { executionPlugin } from './execution-plugin.js';
import { troubledSchema } from '../../../../test/support/troubled-schema.js';

const SCALARS = { Day: ['2026-01-31', '2024-02-29'], Loose: ['x', 1, true] };
/** Root fields whose answers compiled code never gives. */
const ALWAYS_REFUSED = ['broken', 'row', 'slowly'];
const RUNS = Number(process.env.EXECUTION_RUNS ?? 150);

function server(schema: GraphQLSchema, enabled: boolean) {
  return new ApolloServer({
    schema,
    plugins: [executionPlugin({ enabled })],
    includeStacktraceInErrorResponses: false,
    formatError: (formatted) => ({ ...formatted, extensions: { ...formatted.extensions, formatted: true } }),
  });
}

async function answer(apollo: ApolloServer, { query, variables }: GeneratedQuery): Promise<unknown> {
  const { body, http } = await apollo.executeOperation({ query, variables }, { contextValue: { who: 'me' } });
  if (body.kind !== 'single') throw new Error('one result expected');
  const { data, errors, extensions } = body.singleResult;
  const sorted = [...(errors ?? [])].map((error) => JSON.stringify(error)).sort();
  // As text, so that the order of keys counts.
  return { data: JSON.stringify(data), errors: sorted, extensions, status: http.status };
}

describe('compiled execution', () => {
  it.each([
    ['free of trouble', 0, 0.9],
    ['failing now and then', 0.03, 0.3],
    ['failing often', 0.2, 0],
  ])('answers as graphql-js does: %s', async (_name, trouble, leastCompiled) => {
    const schema = troubledSchema(trouble);
    const [plain, compiled] = [server(schema, false), server(schema, true)];
    const ask = asking(schema, new CompiledQueries());
    let [answered, clean] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        arbitraryQuery(schema, { scalars: SCALARS, except: trouble ? [] : ALWAYS_REFUSED }),
        async (generated) => {
          const expected = await answer(plain, generated);
          await answer(compiled, generated);
          expect(await answer(compiled, generated)).toEqual(expected);

          await ask(generated.query, generated.variables);
          const data = await ask(generated.query, generated.variables);
          if ((expected as { errors: unknown[] }).errors.length === 0) clean++;
          if (data !== undefined) answered++;
        },
      ),
      { numRuns: RUNS, interruptAfterTimeLimit: 15_000 },
    );
    // The comparison would mean nothing if compiled code hardly ever answered.
    expect(answered / clean).toBeGreaterThanOrEqual(leastCompiled);
  });
});

describe('graphql-jit alone would differ in', () => {
  const schema = troubledSchema(0);
  const cases: [string, string, Record<string, unknown>?][] = [
    [
      'a fragment used under different conditions',
      '{ a: thing { ...T @skip(if: true) ...T } } fragment T on Thing { id }',
    ],
    [
      'a field in a fragment below a skipped twin of its parent',
      'query ($x: Boolean!) { thing @include(if: $x) { ...T } thing { name } } fragment T on Thing { id }',
      { x: false },
    ],
    [
      'the order of keys after a skipped field',
      'query ($x: Boolean!) { thing { name @skip(if: $x) id name } }',
      { x: true },
    ],
    ['a missing variable inside a literal', 'query ($d: Day) { describe(filter: {day: $d, tags: ["a"]}) }'],
    ['a class instance in a literal', '{ describe(filter: {day: "2026-01-31"}) }'],
    ['a variable coercion error', 'query ($n: Int!) { things(first: $n) { id } }', { n: 'many' }],
    ['two non-null fields failing below one parent', '{ broken { first second } }'],
    ['a thrown string', '{ broken { text } }'],
    ['a thrown null', '{ broken { nothing } }'],
    ['an Error instance as a value', '{ broken { returned { id } } }'],
    ['the extensions of a thrown GraphQLError', '{ broken { refused } }'],
    ['a scalar that serializes to null', '{ broken { mute } }'],
    ['a function in a row', '{ row { called { id } } }'],
    ['a promise in a row', '{ row { later { id } } }'],
    ['a resolveType that throws after a promise', '{ broken { lost { id } } }'],
    ['an asynchronous resolveType', '{ slowly { id } }'],
    ['a list item that rejects', '{ broken { items { id } } }'],
    ['a getter that throws after a promise', '{ broken { trap { name } } }'],
    ['an iterator that throws', '{ broken { iterator { id } } }'],
    ['the alias __proto__', '{ __proto__: hello }'],
    ['names that share a key', '{ thing_row: thing { describe(id: "a") } row { thing { describe(id: "b") } } }'],
  ];
  it.each(cases)('%s', async (_name, query, variables = {}) => {
    expect(validate(schema, parse(query))).toEqual([]);
    const [plain, compiled] = [server(schema, false), server(schema, true)];
    const expected = await answer(plain, { query, variables });
    for (let time = 0; time < 3; time++) expect(await answer(compiled, { query, variables })).toEqual(expected);
  });
});

describe('the execution plugin', () => {
  const schema = troubledSchema(0);

  it('compiles from the second sighting on, and never a mutation', async () => {
    const ask = asking(schema, new CompiledQueries());
    expect(await ask('{ hello }')).toBeUndefined();
    expect(await ask('{ hello }')).toEqual({ hello: 'hello' });
    expect(await ask('mutation { bump }')).toBeUndefined();
    expect(await ask('mutation { bump }')).toBeUndefined();
  });

  it('leaves the schema as it was', async () => {
    const before = functions(schema);
    const ask = asking(schema, new CompiledQueries());
    const query = '{ node { id } thing(id: "a") { id things { name } } }';
    expect([await ask(query), typeof (await ask(query))]).toEqual([undefined, 'object']);
    expect(functions(schema)).toEqual(before);
  });

  it('masks what a resolver throws through the one formatError', async () => {
    const masked = new ApolloServer({
      schema,
      plugins: [executionPlugin({ enabled: true })],
      formatError: () => ({ message: 'masked' }),
    });
    for (let time = 0; time < 3; time++) {
      const { body, http } = await masked.executeOperation({ query: '{ hello broken { text } }' });
      expect(body).toMatchObject({
        singleResult: { data: { hello: 'hello', broken: { text: null } }, errors: [{ message: 'masked' }] },
      });
      expect(http.status ?? 200).toBe(200);
    }
  });
});

function asking(schema: GraphQLSchema, queries: CompiledQueries) {
  return async (query: string, variables?: Record<string, unknown>): Promise<unknown> => {
    const document = parse(query);
    const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)!;
    return queries.answer({ schema, document, operation, queryHash: query, variables, context: { who: 'me' } });
  };
}

/** Everything that compiling borrows. */
function functions(schema: GraphQLSchema): unknown {
  return Object.values(schema.getTypeMap()).map((type) => [
    isAbstractType(type) && type.resolveType,
    isObjectType(type) && [
      type.isTypeOf,
      ...Object.values(type.getFields()).map(({ resolve, args }) => ({ resolve, args: args.length })),
    ],
  ]);
}
