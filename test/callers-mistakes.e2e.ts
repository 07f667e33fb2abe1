import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import fc from 'fast-check';
import type { GraphQLInputObjectType, GraphQLSchema } from 'graphql';
import { getNamedType } from 'graphql';
import { LIMITS } from '../src/platform/api/limits/limits.js';
import type { Answer } from './support/client.js';
import { arbitraryQuery } from './support/generate-query.js';
import { inputWith, positionsOf, takesText } from './support/input-positions.js';
import type { Network } from './support/network.js';
import { NOTICES, startNetwork } from './support/network.js';
import type { SampleCall } from './support/sample-input.js';
import { sampleCalls } from './support/sample-input.js';
import { MetIds } from './support/whole-schema.js';
import { tellWholeStory } from './support/whole-story.js';

let network: Network;
let schema: GraphQLSchema;
/** Fresh keys of every role, one that must be rotated, and none at all. */
const callers = new Map<string, string | null>();
beforeAll(async () => {
  network = await startNetwork();
  schema = network.app.get(GraphQLSchemaHost).schema;
  const { keys, ids, mutate } = network;
  const issue = async (role: string, organizationId: string | null): Promise<string> =>
    (await mutate(keys.steward, 'createApiKey', { role, organizationId, label: 'for mistakes' }, 'secret')).secret;
  const { grantee } = ids.organization;
  callers.set('public', null).set('GRANTEE', keys.secondGrantee);
  callers.set('GRANTEE that must rotate', await issue('GRANTEE', grantee));
  for (const role of ['ANALYST', 'STEWARD', 'ANALYST that rotates'])
    callers.set(role, await issue(role.split(' ')[0], null));
  callers.set('FUNDER', await issue('FUNDER', ids.organization.funder));
});
afterAll(() => network.stop());

/** Ideographs that each have seven variation selectors: one character of 32 bytes. They are mixed, since PostgreSQL packs what repeats. */
function heavy(characters: number): string {
  let random = 1;
  const below = (most: number): number => (random = (random * 48_271) % 2_147_483_647) % most;
  const one = (): string =>
    String.fromCodePoint(0x20000 + below(42_000), ...Array.from({ length: 7 }, () => 0xe0100 + below(240)));
  return Array.from({ length: characters }, one).join('');
}

describe('a document of which nothing can be run', () => {
  const send = async (body: object, language = 'en'): Promise<{ status: number; code: string; message: string }> => {
    const response = await fetch(`${network.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': language },
      body: JSON.stringify(body),
    });
    const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
    return { status: response.status, code: errors[0].extensions.code, message: errors[0].message };
  };
  const two = 'query A { network { id } } query B { network { id } }';
  it.each([
    ['an operation that is not in it', { query: two, operationName: 'C' }, 'UNKNOWN_OPERATION'],
    ['one operation under another name', { query: '{ network { id } }', operationName: 'C' }, 'UNKNOWN_OPERATION'],
    ['several operations and no name', { query: two }, 'OPERATION_NAME_MISSING'],
    ['several operations and an empty name', { query: two, operationName: '' }, 'OPERATION_NAME_MISSING'],
    ['a subscription', { query: 'subscription { x }' }, 'SUBSCRIPTIONS_NOT_SERVED'],
  ])('is refused with 400 in both languages: %s', async (_, body, code) => {
    const [english, vietnamese] = [await send(body), await send(body, 'vi')];
    expect([english.status, english.code, vietnamese.status, vietnamese.code]).toEqual([400, code, 400, code]);
    expect(english.message).not.toBe(vietnamese.message);
  });

  it.each([
    ['long', `query A { ${'__typename '.repeat(LIMITS.characters / 10)} }`, 'QUERY_TOO_LONG'],
    ['deep', `query A { ${'node { '.repeat(LIMITS.depth)} id ${'}'.repeat(LIMITS.depth)} }`, 'QUERY_TOO_DEEP'],
  ])('is told first that it is too %s, whatever operation is named', async (_, query, code) => {
    for (const operationName of ['A', 'B']) expect(await send({ query, operationName })).toMatchObject({ code });
  });
});

it('an analyst rotates its key, once for each idempotency key', async () => {
  const rotate = (label: string): Promise<Answer['data']> =>
    network.mutate(
      callers.get('ANALYST that rotates')!,
      'rotateApiKey',
      { label, idempotencyKey: 'once' },
      `apiKey { id label } ${NOTICES}`,
    );
  const first = await rotate('new');
  expect([first.apiKey.label, first.userErrors]).toEqual(['new', []]);
  const again = { apiKey: first.apiKey, userErrors: [], notices: [{ code: 'SECRET_ALREADY_SHOWN' }] };
  expect(await rotate('new')).toMatchObject(again);
  expect((await rotate('other')).userErrors).toEqual([expect.objectContaining({ code: 'IDEMPOTENCY_MISMATCH' })]);
});

describe('a text that is short for a reader and long for an index', () => {
  it.each([
    ['the key of a call', { idempotencyKey: heavy(200) }, ['idempotencyKey']],
    ['an id of the caller', { clientSubmissionId: heavy(200) }, ['clientSubmissionId']],
  ])('is refused in words: %s', async (_, changes, path) => {
    const input = { sections: [{ prompt: 'FREE_TEXT', text: 'Rain.' }], ...changes };
    const answer = await network.mutate(network.keys.grantee, 'submitReport', input, 'narrativeReport { id }');
    expect(answer.userErrors).toEqual([expect.objectContaining({ code: 'TEXT_TOO_MANY_BYTES', path })]);
  });

  it('is refused as a name and as a number', async () => {
    const register = (input: object): Promise<Answer['data']> =>
      network.mutate(network.keys.steward, 'registerOrganization', input, 'organization { id }');
    const identifiers = [{ scheme: 'XM-TEST', value: heavy(100) }];
    const answers = [
      await register({ name: heavy(200), funder: {} }),
      await register({ name: 'Short', funder: {}, identifiers }),
    ];
    for (const { userErrors } of answers) expect(userErrors[0].code).toBe('TEXT_TOO_MANY_BYTES');
  });

  it('is taken in the scripts that need most bytes for a letter', async () => {
    const { organization } = await network.mutate(
      network.keys.steward,
      'registerOrganization',
      { name: 'க்ஷௌ'.repeat(100), funder: {}, idempotencyKey: 'நி'.repeat(200) },
      'organization { id }',
    );
    expect(organization.id).toMatch(/^org_/);
  });
});

/** Of queries, and as many of mutations, each sent by everybody. */
const GENERATED = 80;

/** With none, a good one, the longest, one too long, one that is too heavy, and the good one again with something else. */
const IDEMPOTENCY_KEYS = [undefined, 'good', 'x'.repeat(200), 'x'.repeat(201), heavy(200), 'good again'];

function variablesOf({ kind, name, variables }: SampleCall, idempotencyKey: string | undefined): object {
  if (kind === 'query' || idempotencyKey === undefined) return variables;
  const { type } = schema.getMutationType()!.getFields()[name].args[0];
  if (!('idempotencyKey' in (getNamedType(type) as GraphQLInputObjectType).getFields())) return variables;
  if (idempotencyKey !== 'good again') return { input: { ...(variables.input as object), idempotencyKey } };
  const position = positionsOf(schema).find((each) => each.mutation === name && takesText(each));
  const input = position ? inputWith(schema, position, 'something else') : variables.input;
  return { input: { ...(input as object), idempotencyKey: 'good' } };
}

/** The keys come last that end the caller's own key. */
const isLast = ({ name }: SampleCall): boolean => ['rotateApiKey', 'revokeApiKey'].includes(name);

it('no operation, role or key is answered as a fault of the service', async () => {
  const calls = sampleCalls(schema).sort((a, b) => Number(isLast(a)) - Number(isLast(b)));
  const faults: unknown[] = [];
  let asked = 0;
  for (const call of calls) {
    for (const [role, key] of callers) {
      for (const idempotencyKey of call.kind === 'query' ? [undefined] : IDEMPOTENCY_KEYS) {
        const { status, text } = await network.call(key, call.query, variablesOf(call, idempotencyKey));
        asked += 1;
        if (status >= 500 || text.includes('INTERNAL_ERROR'))
          faults.push([role, call.name, idempotencyKey?.slice(0, 10), status, text.slice(0, 300)]);
      }
    }
  }
  expect(faults).toEqual([]);
  expect(asked).toBeGreaterThan(calls.length * callers.size);
}, 600_000);

/** Of all kinds, some that the caller sees and some that it does not. */
async function idsMet(): Promise<string[]> {
  const met = new MetIds();
  const { keys } = network;
  for (const key of [keys.funder, keys.grantee, keys.steward])
    for (const query of [
      `{ agreements { nodes { id funder { id organization { id } } grantee { id } installments { id disbursements { id } }
        expectations { id } } } }`,
      '{ narrativeReports { nodes { id shares { nodes { id response { id } } } } } }',
      '{ obstacles { nodes { id } } apiKeys { nodes { id } } }',
    ])
      met.note((await network.call(key, query)).text);
  return met.all();
}

it('no generated query, mutation or role is answered as a fault of the service', async () => {
  await tellWholeStory(network, 'funder', 'grantee');
  const ids = await idsMet();
  expect(ids.length).toBeGreaterThan(8);
  const texts = ['', 'long enough', 'FREE_TEXT', 'x'.repeat(201), '\u0000', '2026-Q3', ...ids.slice(0, 2)];
  const scalars = {
    ID: [...ids, '', 'nonsense'],
    String: texts,
    Date: ['2026-11-01', '2026-02-28', '9999-12-31', '0001-01-01', '2026-02-30'],
    DateTime: ['2026-11-23T00:00:00Z', '9999-12-31T23:59:59.999Z', 'soon'],
    Decimal: ['1', '0.001', '-1', '99999999999999999999', '1e400'],
    CurrencyCode: ['VND', 'USD', 'XXX', 'dong'],
    CountryCode: ['VN', 'ZZ'],
    LanguageTag: ['vi', 'en-GB', 'not a language'],
    URL: ['https://example.org/', 'javascript:1'],
  };
  // A story's parties have most to lose, and most that can be asked for.
  const everybody = new Map([...callers, ...Object.entries(network.keys)]);
  // The keys stay what they are.
  const except = ['rotateApiKey', 'revokeApiKey'];
  const calls = (['query', 'mutation'] as const).flatMap((operation) =>
    fc.sample(arbitraryQuery(schema, { operation, scalars, except, maxDepth: 5 }), GENERATED),
  );
  const faults: unknown[] = [];
  let data = 0;
  for (const { query, variables } of calls) {
    for (const [role, key] of everybody) {
      const answer = await network.call(key, query, variables);
      if (answer.data) data += 1;
      if (answer.status >= 500 || answer.text.includes('INTERNAL_ERROR'))
        faults.push([role, query, JSON.stringify(variables), answer.text.slice(0, 300)]);
    }
  }
  expect(faults).toEqual([]);
  expect(data).toBeGreaterThan(GENERATED);
}, 600_000);

it('no route, role or header is answered as a fault of the service', async () => {
  const { grantee } = network.ids;
  const id = `rep_${'0'.repeat(32)}`;
  const routes: [string, string][] = [
    ['GET', `/v1/agreements/agr_${'0'.repeat(32)}/revisions/1`],
    ['GET', '/v1/agreements/%00/revisions/99999999999999999999'],
    ['GET', '/v1/attachments/x?expires=x&signature=%FF'],
    ['GET', '/v1/history/heads?first=x&after=%00'],
    ['GET', '/v1/history/heads/2026-02-31'],
    ['GET', '/v1/reports/export?language=xx'],
    ['POST', `/v1/reports/${id}/attachments`],
    ['POST', `/v1/reports/${grantee}/attachments`],
    ['POST', '/v1/imports/360giving?dryRun=maybe'],
    ['GET', '/v1/statistics/2026-Q9/NOTHING.csv'],
    ['GET', '/v1/statistics/%00/CATEGORY.svg'],
    ['GET', '/insights?language=xx'],
    ['DELETE', '/graphql'],
    ['POST', '/graphql'],
  ];
  const faults: unknown[] = [];
  for (const [method, path] of routes) {
    for (const [role, key] of callers) {
      for (const idempotencyKey of [undefined, 'good', 'x'.repeat(200), 'x'.repeat(201), 'é'.repeat(200)]) {
        const headers: Record<string, string> = {
          ...(key !== null && { authorization: `Bearer ${key}` }),
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
          ...(method === 'POST' && { 'content-type': 'application/json' }),
        };
        const body = method === 'POST' ? '{"grants": [' : undefined;
        const response = await fetch(`${network.url}${path}`, { method, headers, body });
        const text = await response.text();
        if (response.status >= 500) faults.push([method, path, role, idempotencyKey?.slice(0, 5), text.slice(0, 200)]);
      }
    }
  }
  expect(faults).toEqual([]);
});
