import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locale } from '../src/platform/errors/codes.js';
import { inVietnamese } from '../src/platform/errors/graphql/vietnamese.rules.js';
import { graphqlSentences } from './support/graphql-sentences.js';
import { foreignWords, rawCodes } from './support/languages.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

const LOCALES: Locale[] = ['en', 'vi'];

interface Told {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly requestId: string };
}

describe('what GraphQL says of a request', () => {
  it('is known in Vietnamese, whatever graphql-js can say', () => {
    const sentences = graphqlSentences();
    expect(sentences.length).toBeGreaterThan(70);
    const said = sentences.map((sentence) => [sentence, inVietnamese(sentence)] as const);
    expect(said.filter(([, vietnamese]) => vietnamese === null)).toEqual([]);
    expect(said.filter(([, vietnamese]) => foreignWords(vietnamese!, 'vi').length > 0)).toEqual([]);
  });

  let network: Network;
  beforeAll(async () => {
    network = await startNetwork();
  });
  afterAll(() => network.stop());

  const send = async (body: string, language: Locale, headers: Record<string, string> = {}): Promise<Told> => {
    const response = await fetch(`${network.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': language, ...headers },
      body,
    });
    const { errors } = (await response.json()) as { errors: Told[] };
    expect(response.headers.get('x-request-id')).toBe(errors[0].extensions.requestId);
    return errors[0];
  };
  const document = (query: string, variables: object = {}): string => JSON.stringify({ query, variables });
  const nested = (depth: number): string => `{ ${'node(id: "x") { '.repeat(depth)} id ${'}'.repeat(depth)} }`;

  // All rows have three places: Jest hands a function with more parameters than a row has a callback to wait for.
  const requests: [string, string, Record<string, string>?][] = [
    ['no end', document('{ network { id ')],
    ['a mark that is none', document('{ network { id } } ~')],
    ['a single quote', document("{ node(id: 'x') { id } }")],
    ['a text without its end', document('{ node(id: "x) { id } }')],
    ['an unknown field', document('{ funderss { id } }')],
    ['a field of another type', document('{ node(id: "x") { name } }')],
    ['an unknown argument', document('{ funders(frist: 1) { nodes { id } } }')],
    ['a missing argument', document('{ node { id } }')],
    ['no selection', document('{ network }')],
    ['a selection of nothing', document('{ network { id { x } } }')],
    ['an unknown fragment', document('{ ...F }')],
    ['a fragment that nobody uses', document('{ network { id } } fragment F on Network { id }')],
    ['a fragment in itself', document('{ ...F } fragment F on Query { network { id } ...F }')],
    ['a fragment of another type', document('{ network { ... on Funder { id } } }')],
    ['an unknown type', document('query ($x: Fundr) { network { id } }')],
    ['an unknown directive', document('{ network @x { id } }')],
    ['two fields of one name', document('{ x: network { id } x: funders { nodes { id } } }')],
    [
      'two arguments of one field',
      document('{ funders(first: 1) { nodes { id } } funders(first: 2) { nodes { id } } }'),
    ],
    ['a variable that nobody declared', document('{ funders(first: $n) { nodes { id } } }')],
    ['a variable that nobody uses', document('query ($n: Int) { network { id } }')],
    ['a variable of another type', document('query ($n: String) { funders(first: $n) { nodes { id } } }')],
    ['a value of another type', document('{ funders(first: "ten") { nodes { id } } }')],
    ['a number that is too large', document('{ funders(first: 99999999999) { nodes { id } } }')],
    ['a variable without a value', document('query ($id: ID!) { node(id: $id) { id } }')],
    [
      'a variable with another value',
      document('query ($n: Int) { funders(first: $n) { nodes { id } } }', { n: 'ten' }),
    ],
    ['an operation that is too deep', document(nested(30))],
    ['an operation that is too long', document(`{ ${'network { id } '.repeat(20_000)} }`)],
    ['too many aliases', document(`{ ${Array.from({ length: 99 }, (_, i) => `a${i}: network { id }`).join(' ')} }`)],
    ['a list of operations', `[${document('{ network { id } }')}]`],
    ['no operation', '{}'],
    ['a query that is no text', '{"query": 1}'],
    ['variables that are no object', '{"query": "{ network { id } }", "variables": "{}"}'],
    ['an operation name that is no text', '{"query": "{ network { id } }", "operationName": 1}'],
    ['no JSON', 'query'],
    ['JSON that breaks off', '{"query": "{ network'],
    ['JSON with single quotes', "{'query': '{ network { id } }'}"],
    ['JSON with a name that is not taken', '{"__proto__": {}}'],
    ['no body', ''],
    ['a body that is no object', '1'],
    ['a content type that is not read', '{ network { id } }', { 'content-type': 'application/graphql' }],
    ['a key without its scheme', document('{ viewer { role } }'), { authorization: 'gf_x' }],
    ['no key', document('{ viewer { role } }')],
    ['what another site could send', document('{ network { id } }'), { 'content-type': 'text/plain' }],
    ['a media type that is not answered', document('{ network { id } }'), { accept: 'text/csv' }],
    ['a key that is none', document('{ viewer { role } }'), { authorization: 'Bearer gf_x' }],
    ['a persisted query', '{"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "x"}}}'],
  ];

  it.each(requests.map(([name, body, headers = {}]) => [name, body, headers] as const))(
    '%s: in both languages, with the request id and whether to send it again',
    async (_, body, headers) => {
      const [english, vietnamese] = [await send(body, 'en', headers), await send(body, 'vi', headers)];
      expect({ ...vietnamese, foreign: foreignWords(vietnamese.message, 'vi') }).toEqual({
        ...vietnamese,
        foreign: [],
      });
      expect(foreignWords(english.message, 'en')).toEqual([]);
      expect(vietnamese.message).not.toBe(english.message);
      expect(english.message).not.toMatch(/Apollo/);
      for (const { extensions } of [english, vietnamese]) {
        expect(extensions).toMatchObject({
          code: english.extensions.code,
          requestId: expect.any(String),
          retryable: false,
        });
        expect(extensions).not.toHaveProperty('parameters');
      }
    },
  );

  /** A mutation's first error in each language. */
  const refusals = async (key: string, name: string, input: object): Promise<string[]> => {
    const type = `${name[0].toUpperCase()}${name.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { ${name}(input: $input) { userErrors { code message } } }`;
    const answers = await Promise.all(
      LOCALES.map((language) => network.call(key, query, { input }, { 'accept-language': language })),
    );
    return answers.map(({ data }) => (data as Record<string, { userErrors: Told[] }>)[name].userErrors[0].message);
  };

  it('is said in words by a mutation that is refused', async () => {
    const { steward, funder } = network.keys;
    const { grantee, organization } = network.ids;
    const terms = {
      ...{ startsOn: '2026-01-01', endsOn: '2026-12-31', committed: { amount: '100.00', currency: 'USD' } },
      installments: [{ dueOn: '2026-02-01', amount: { amount: '100.00', currency: 'USD' } }],
    };
    const { agreement } = (await network.mutate(
      funder,
      'draftAgreement',
      { granteeId: grantee, terms },
      'agreement { id version }',
    )) as { agreement: { id: string; version: number } };
    const told = [
      await refusals(steward, 'registerOrganization', { name: 'Neither' }),
      await refusals(steward, 'registerOrganization', { name: 'A group', grantee: { legalForm: 'INFORMAL_GROUP' } }),
      await refusals(steward, 'mergeOrganizations', { from: organization.grantee, into: organization.grantee }),
      await refusals(steward, 'mergeOrganizations', { from: organization.funder, into: organization.secondGrantee }),
      await refusals(steward, 'createApiKey', { role: 'ANALYST', label: 'x', expiresAt: '2020-01-01T00:00:00Z' }),
      await refusals(funder, 'withdrawAgreement', { id: agreement.id, expectedVersion: agreement.version }),
    ];
    for (const [english, vietnamese] of told) {
      expect({ english, foreign: foreignWords(english, 'en') }).toEqual({ english, foreign: [] });
      expect({ vietnamese, foreign: foreignWords(vietnamese, 'vi') }).toEqual({ vietnamese, foreign: [] });
      expect([...rawCodes(english), ...rawCodes(vietnamese)]).toEqual([]);
    }
    expect(told[5]).toEqual([
      'While this is a draft, this is not possible: withdrawing.',
      'Không thể rút lại khi trạng thái là “bản nháp”.',
    ]);
  });

  it.each<[string, string, number, string, string]>([
    ['a file that breaks off', '{"grants": [', 422, 'IMPORT_UNREADABLE', '/v1/imports/360giving'],
    ['a file that is no JSON', '{"grants": x}', 422, 'IMPORT_UNREADABLE', '/v1/imports/360giving'],
    ['a parameter that is neither', '{}', 422, 'INVALID_VALUE', '/v1/imports/360giving?dryRun=perhaps'],
    ['no such address', '{}', 404, 'NOT_FOUND', '/v1/nowhere'],
  ])('is a problem by RFC 9457 elsewhere: %s', async (_, body, status, code, path) => {
    const problems: Record<string, string>[] = [];
    // One after the other: one import runs at a time.
    for (const language of LOCALES) {
      const authorization = `Bearer ${network.keys.steward}`;
      const headers = { 'content-type': 'application/json', 'accept-language': language, authorization };
      const response = await fetch(network.url + path, { method: 'POST', headers, body });
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      const problem = (await response.json()) as Record<string, string>;
      expect(problem).toMatchObject({ type: 'about:blank', status, code, retryable: false });
      expect(problem.requestId).toBe(response.headers.get('x-request-id'));
      expect([language, ...foreignWords(`${problem.title}. ${problem.detail}`, language)]).toEqual([language]);
      problems.push(problem);
    }
    // The title is that of the status, whatever happened; what happened is the detail.
    const titles = {
      404: ['Not Found', 'Không tìm thấy'],
      422: ['Unprocessable Content', 'Nội dung không xử lý được'],
    };
    expect(problems.map(({ title }) => title)).toEqual(titles[status as 404 | 422]);
    expect(problems[0].detail).not.toBe(problems[1].detail);
  });
});
