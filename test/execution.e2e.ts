import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import fc from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import { buildSchema, isObjectType, printSchema } from 'graphql';
import { createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { CompiledQueries } from '../src/platform/api/execution/compiled-queries.js';
import { post } from './support/client.js';
import { arbitraryQuery } from './support/generate-query.js';
import type { Network } from './support/network.js';
import { FrozenClock, startNetwork } from './support/network.js';
import { tellWholeStory } from './support/whole-story.js';

const RUNS = Number(process.env.EXECUTION_RUNS ?? 200);
const SEED = Number(process.env.EXECUTION_SEED ?? Date.now() % 1_000_000_007);
/** On a busy machine fewer queries are tried: each run has another seed. */
const LIMIT_MS = RUNS * 125;
const SECRET = 'a secret for tests that is long enough for all of them';
/** Cursors fit one list only, and `first` with `last` is an error: with these most queries would say just that. */
const LEFT_OUT = new Set(['after', 'before', 'last']);

let network: Network;
let plain: NestFastifyApplication;
let plainUrl: string;
let schema: GraphQLSchema;
let ids: string[];
let compiledAnswers = 0;

beforeAll(async () => {
  const clock = new FrozenClock(new Date());
  network = await startNetwork({ clock, env: { COMPILED_EXECUTION: 'on', GOODFAITH_SECRET: SECRET } });
  await tellWholeStory(network, 'funder', 'grantee');
  await tellWholeStory(network, 'secondFunder', 'secondGrantee');
  // The feed gets its positions and each key its day of last use, before two services are compared.
  for (const key of Object.values(network.keys)) await network.call(key, '{ viewer { role } }');
  await network.call(network.keys.steward, '{ events { nodes { id } } }');
  const config = readConfig({
    ...{ LOG_LEVEL: 'silent', JOBS: 'off', RATE_PER_KEY: '1000000', RATE_PER_ADDRESS: '1000000' },
    ...{ COMPILED_EXECUTION: 'off', GOODFAITH_SECRET: SECRET, LEDGER_FOLDER: network.ledger },
  });
  plain = await createApp({ config, databaseUrl: network.databaseUrls.app, secret: SECRET, clock });
  await plain.listen(0, '127.0.0.1');
  plainUrl = `http://127.0.0.1:${(plain.getHttpServer().address() as { port: number }).port}`;
  schema = withoutCursors(network.app.get(GraphQLSchemaHost).schema);
  ids = await everyId();
  countCompiledAnswers();
});
afterAll(async () => {
  await plain.close();
  await network.stop();
});

function withoutCursors(whole: GraphQLSchema): GraphQLSchema {
  const copy = buildSchema(printSchema(whole));
  for (const type of Object.values(copy.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields()))
      Object.assign(field, { args: field.args.filter(({ name }) => !LEFT_OUT.has(name)) });
  }
  return copy;
}

/** Ids of all kinds that some caller sees, and some that nobody does. */
async function everyId(): Promise<string[]> {
  const found = new Set<string>([`agr_${'0'.repeat(32)}`, '', 'nonsense']);
  const query = `{ agreements { nodes { id installments { id disbursements { id } } expectations { id } funder { id organization { id } } grantee { id } } }
    obstacles { nodes { id } } }`;
  for (const key of [network.keys.funder, network.keys.grantee, network.keys.secondGrantee]) {
    const { text } = await network.call(key, query);
    for (const [id] of text.matchAll(/\b[a-z]{3}_[0-9a-f]{32}\b/g)) found.add(id);
  }
  const { text } = await network.call(
    network.keys.grantee,
    '{ narrativeReports { nodes { id shares { nodes { id response { id } } } } } }',
  );
  for (const [id] of text.matchAll(/\b[a-z]{3}_[0-9a-f]{32}\b/g)) found.add(id);
  return [...found];
}

function countCompiledAnswers(): void {
  const answer = CompiledQueries.prototype.answer;
  CompiledQueries.prototype.answer = async function (request) {
    const data = await answer.call(this, request);
    if (data) compiledAnswers++;
    return data;
  };
}

interface Answered {
  status: number;
  text: string;
  errors: string[];
}

/** Everything but the request's own id. Errors of fields side by side may come in either order. */
async function ask(url: string, key: string | null, query: string, variables: object): Promise<Answered> {
  const answer = await post(url, key, query, variables);
  const anonymous = (text: string): string => text.replaceAll(/"requestId":"[^"]+"/g, '"requestId":"?"');
  const errors = (answer.errors ?? []).map((error) => anonymous(JSON.stringify(error))).sort();
  const text = errors.length > 0 ? JSON.stringify([answer.data, answer.extensions]) : answer.text;
  return { status: answer.status, text, errors };
}

describe('compiled execution of the whole service', () => {
  it('answers as graphql-js does, byte for byte, for every role', async () => {
    const callers = ['funder', 'grantee', 'secondFunder', 'secondGrantee', 'steward', 'analyst', null] as const;
    const scalars = { ID: ids, Int: [1, 2, 5], String: ['DISBURSEMENT_DELAY', 'no code'] };
    let [runs, clean, bytes] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(
        arbitraryQuery(schema, { scalars, maxDepth: 6 }),
        fc.constantFrom(...callers),
        async ({ query, variables }, caller) => {
          const key = caller && network.keys[caller];
          const expected = await ask(plainUrl, key, query, variables);
          // Run by graphql-js, then compiled, then compiled before.
          for (let sighting = 1; sighting <= 3; sighting++)
            expect(await ask(network.url, key, query, variables)).toEqual(expected);
          expect(expected.status).toBeLessThan(500);
          runs++;
          if (expected.errors.length > 0) return;
          clean++;
          bytes += expected.text.length;
        },
      ),
      { numRuns: RUNS, seed: SEED, endOnFailure: true, interruptAfterTimeLimit: LIMIT_MS },
    );
    // The comparison would mean nothing if hardly any query were answered, or hardly any by compiled code.
    expect(clean).toBeGreaterThan(runs / 5);
    expect(bytes / clean).toBeGreaterThan(200);
    expect(compiledAnswers).toBeGreaterThan(clean);
  }, 120_000);

  it.each([
    ['a condition that is null', 'query ($x: Boolean = true) { viewer @include(if: $x) { role } }', { x: null }],
    ['an argument that is null', 'query ($id: ID = "x") { funder(id: $id) { id } }', { id: null }],
  ])('says whose mistake it is: %s', async (_name, query, variables) => {
    for (const url of [plainUrl, network.url, network.url, network.url]) {
      const { status, errors } = await ask(url, network.keys.funder, query, variables);
      expect(errors).toEqual([expect.stringContaining('"code":"BAD_USER_INPUT"')]);
      expect([200, 400]).toContain(status);
    }
  });

  it('has a page of agreements compiled, with all that hangs on it', async () => {
    const query = `query ($first: Int!, $deep: Boolean!) { agreements(first: $first, orderBy: {field: CREATED_AT, direction: DESC}) {
      totalCount edges { cursor node { ...A } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }
      fragment A on GrantAgreement { __typename id state committed { amount currency } startsOn acceptedAt funder { name } grantee { name organization { contact { email } } }
        installments @include(if: $deep) { number dueOn isLate amount { amount } disbursements { state receivedOn transferCost { amount } } }
        reports { nodes { id state sections { prompt text } response { text } } } }`;
    for (const deep of [true, false, true]) {
      const before = compiledAnswers;
      const variables = { first: 5, deep };
      const expected = await ask(plainUrl, network.keys.funder, query, variables);
      expect(expected.errors).toEqual([]);
      for (let sighting = 1; sighting <= 3; sighting++)
        expect(await ask(network.url, network.keys.funder, query, variables)).toEqual(expected);
      expect(compiledAnswers - before).toBeGreaterThanOrEqual(2);
    }
  });
});
