import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from './support/client.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
beforeAll(async () => (network = await startNetwork()));
afterAll(() => network.stop());

const INTERNALS = /node_modules|\.ts:|\.js:|SQLSTATE|relation "|syntax error at or near|pg_|stack|goodfaith_/i;

/** A clear, typed error: a code, a sentence, a request id, and nothing of our insides. */
function expectRefused(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([status, code]);
  expect(answer.errors![0].message.length).toBeGreaterThan(10);
  expect(answer.text).not.toMatch(INTERNALS);
}

const terms = (changes: object = {}) => ({
  committed: { amount: '100000', currency: 'USD' },
  startsOn: '2027-01-01',
  endsOn: '2027-12-31',
  installments: [{ dueOn: '2027-01-15', amount: { amount: '100000', currency: 'USD' } }],
  ...changes,
});
const money = (amount: unknown, currency = 'USD') => ({
  committed: { amount, currency },
  installments: [{ dueOn: '2027-01-15', amount: { amount, currency } }],
});
const draft = (changes: object): Promise<Answer> =>
  network.call(
    network.keys.funder,
    'mutation ($input: DraftAgreementInput!) { draftAgreement(input: $input) { agreement { id committed { amount } } userErrors { code path message } } }',
    {
      input: { granteeId: network.ids.grantee, terms: terms(changes) },
    },
  );
const counts = () =>
  network.sql(
    'SELECT (SELECT count(*) FROM agreements) AS a, (SELECT count(*) FROM events) AS e, (SELECT count(*) FROM organizations) AS o',
  );

describe('money and dates', () => {
  it.each([
    ['a JSON number', money(100), 'BAD_USER_INPUT'],
    ['2^53+1 as a JSON number', money(9007199254740993), 'BAD_USER_INPUT'],
    ['1e309', money('1e309'), 'BAD_USER_INPUT'],
    ['Infinity', money('Infinity'), 'BAD_USER_INPUT'],
    ['a wrong currency form', money('1', 'usd'), 'BAD_USER_INPUT'],
    ['31 February', { startsOn: '2027-02-31' }, 'BAD_USER_INPUT'],
    ['a date-time as a day', { endsOn: '2027-12-31T00:00:00Z' }, 'BAD_USER_INPUT'],
  ])('%s never gets in', async (_name, changes, code) => {
    const before = await counts();
    expectRefused(await draft(changes), 400, code);
    expect(await counts()).toEqual(before);
  });

  it.each([
    ['0.001 USD', money('0.001'), 'MONEY_TOO_PRECISE'],
    ['0.5 VND', money('0.5', 'VND'), 'MONEY_TOO_PRECISE'],
    ['an unknown currency', money('1', 'XYZ'), 'UNKNOWN_CURRENCY'],
    ['a negative amount', money('-1'), 'MONEY_OUT_OF_RANGE'],
    ['nothing', money('0.00'), 'MONEY_OUT_OF_RANGE'],
    ['more than there is', money('9999999999999999'), 'MONEY_OUT_OF_RANGE'],
    ['a NUL in the note', { note: 'a\u0000b' }, 'TEXT_MALFORMED'],
    ['half a surrogate pair', { note: '\ud800' }, 'TEXT_MALFORMED'],
    ['a note of 2,001 characters', { note: 'ữ'.repeat(2001) }, 'TEXT_TOO_LONG'],
  ])('%s is refused in words', async (_name, changes, code) => {
    const before = await counts();
    const { status, data, text } = await draft(changes);
    expect([status, data.draftAgreement.agreement, data.draftAgreement.userErrors[0].code]).toEqual([200, null, code]);
    expect(data.draftAgreement.userErrors[0].path.length).toBeGreaterThan(0);
    expect(text).not.toMatch(INTERNALS);
    expect(await counts()).toEqual(before);
  });

  it('2^53+1 as a string stays exact', async () => {
    const { data } = await draft(money('9007199254740993'.slice(0, 15) + '.93'));
    expect(data.draftAgreement).toMatchObject({
      agreement: { committed: { amount: '900719925474099.93' } },
      userErrors: [],
    });
  });

  it('tells in Vietnamese what it tells in English', async () => {
    const query =
      'mutation ($input: RegisterOrganizationInput!) { registerOrganization(input: $input) { userErrors { code message } } }';
    const { data } = await network.call(
      network.keys.steward,
      query,
      { input: { name: 'x' } },
      { 'accept-language': 'vi-VN, en;q=0.5' },
    );
    const top = await network.call(network.keys.analyst, query, { input: { name: 'x' } }, { 'accept-language': 'vi' });
    expect(data.registerOrganization.userErrors[0].code).toBe('INCOMPLETE_ORGANIZATION');
    expect(top.errors![0].message).toBe(
      'Khóa có vai trò người phân tích không được gọi `registerOrganization`. Khóa có các vai trò này được gọi: bên điều phối.',
    );
  });
});

describe('queries', () => {
  const nested = (depth: number): string =>
    '{ node(id: "x") { id ... on Organization ' +
    '{ mergedInto '.repeat(depth) +
    '{ id }' +
    ' }'.repeat(depth) +
    ' } }';

  it.each([
    ['30 deep', nested(30), 'QUERY_TOO_DEEP'],
    [
      '1,000 aliases',
      `{ ${Array.from({ length: 1000 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
      'TOO_MANY_ALIASES',
    ],
    ['100 directives', `{ ${'... @include(if: true) { __typename } '.repeat(100)} }`, 'TOO_MANY_DIRECTIVES'],
    ['no GraphQL', '{ viewer', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ secrets }', 'GRAPHQL_VALIDATION_FAILED'],
    ['too many tokens', `{ ${'a '.repeat(6000)} }`, 'GRAPHQL_PARSE_FAILED'],
    ['a text of 66,000 characters', `{ ${'__typename '.repeat(6000)} }`, 'QUERY_TOO_LONG'],
  ])('%s is refused before any work', async (_name, query, code) => {
    expectRefused(await network.call(network.keys.funder, query), 400, code);
  });

  it('answers null for what is malformed, absent or of another kind', async () => {
    for (const id of [
      '',
      'x',
      'fun_',
      `org_${'0'.repeat(32)}`,
      network.ids.funder.replace('fun_', 'agr_'),
      '\u0000',
      '\ud800',
      "' OR 1=1 --",
    ]) {
      const { data, errors } = await network.call(
        network.keys.funder,
        'query ($id: ID!) { node(id: $id) { id } agreement(id: $id) { id } grantee(id: $id) { id } }',
        { id },
      );
      expect([data, errors]).toEqual([{ node: null, agreement: null, grantee: null }, undefined]);
    }
  });

  it('finds nothing for a filter by what cannot be', async () => {
    const query = 'query ($in: [String!]!) { obstacles(filter: {code: {in: $in}}) { nodes { id } } }';
    for (const code of ['\u0000', '\ud800', 'NO_SUCH_CODE', '']) {
      const { data, errors } = await network.call(network.keys.grantee, query, { in: [code] });
      expect([data, errors]).toEqual([{ obstacles: { nodes: [] } }, undefined]);
    }
  });

  it('says what it cost', async () => {
    const { extensions } = await network.call(network.keys.funder, '{ funders(first: 10) { nodes { id name } } }');
    expect(extensions!.cost).toMatchObject({ requested: expect.any(Number), limit: expect.any(Number) });
  });
});

describe('bodies', () => {
  const send = (body: string | Buffer, headers: Record<string, string>): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const call = request(
        `${network.url}/graphql`,
        { method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
        (response) => {
          let text = '';
          response
            .on('data', (chunk: Buffer) => (text += chunk.toString()))
            .on('end', () => resolve({ status: response.statusCode!, text }));
        },
      );
      // A server that has answered may stop reading: what was answered counts.
      call.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EPIPE' || error.code === 'ECONNRESET' ? undefined : reject(error),
      );
      call.end(body);
    });

  it.each([
    ['10 MB', JSON.stringify({ query: `{ __typename } # ${'x'.repeat(10_000_000)}` }), {}, 413, 'PAYLOAD_TOO_LARGE'],
    ['no JSON', '{', {}, 400, 'BAD_REQUEST'],
    ['an empty body', '', {}, 400, 'BAD_REQUEST'],
    ['a batch', JSON.stringify([{ query: '{ __typename }' }]), {}, 400, 'BAD_REQUEST'],
    ['a form', 'query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' }, 400, 'BAD_REQUEST'],
  ])('%s is refused', async (_name, body, headers, status, code) => {
    const answer = await send(body, headers);
    expect([
      answer.status,
      (JSON.parse(answer.text) as { errors: { extensions: { code: string } }[] }).errors[0].extensions.code,
    ]).toEqual([status, code]);
    expect(answer.text).not.toMatch(INTERNALS);
  });

  it('answers an unknown path as problem+json', async () => {
    const response = await fetch(`${network.url}/v1/nothing`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    expect(await response.json()).toMatchObject({ code: 'NOT_FOUND', status: 404, requestId: expect.any(String) });
  });
});

describe('faults', () => {
  it('say nothing of themselves, and change nothing', async () => {
    await network.sql('ALTER TABLE event_feed RENAME TO event_feed_away');
    try {
      const { status, errors, text } = await network.call(network.keys.funder, '{ events { nodes { id } } }');
      expect([status, errors![0].extensions.code]).toEqual([500, 'INTERNAL_ERROR']);
      expect(text).not.toMatch(INTERNALS);
    } finally {
      await network.sql('ALTER TABLE event_feed_away RENAME TO event_feed');
    }
  });
});
