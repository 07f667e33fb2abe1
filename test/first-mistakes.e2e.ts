import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

/** What somebody does wrong who calls the service for the first time: each answer says which mistake it was. */
let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

interface Told {
  readonly status: number;
  readonly challenge: string | null;
  readonly code: string;
  readonly message: string;
  readonly data: unknown;
}

async function send(body: string, headers: Record<string, string> = {}): Promise<Told> {
  const sent = { 'content-type': 'application/json', ...headers };
  const response = await fetch(`${network.url}/graphql`, { method: 'POST', headers: sent, body });
  const { data, errors } = (await response.json()) as {
    data?: unknown;
    errors?: { message: string; extensions: { code: string } }[];
  };
  const { message = '', extensions: { code } = { code: '' } } = errors?.[0] ?? {};
  return { status: response.status, challenge: response.headers.get('www-authenticate'), code, message, data };
}

describe('a request without a query', () => {
  it.each([['{"query":null}'], ['{"query":""}'], ['{}'], [''], ['[1]'], ['1'], ['null'], ['"x"']])(
    'is told of one that works: %s',
    async (body) => {
      for (const language of ['en', 'vi']) {
        const { status, code, message } = await send(body, { 'accept-language': language });
        expect([status, code]).toEqual([400, 'BAD_REQUEST']);
        if (body === '[1]') continue;
        const example = /`(\{"query".*\})`/.exec(message)?.[1];
        expect({ message, example }).toEqual({ message, example: expect.any(String) });
        expect(await send(example!)).toMatchObject({ status: 200, code: '', data: { network: expect.anything() } });
      }
    },
  );
});

describe('a body that cannot be read', () => {
  it.each([
    ['is cut off', '{"query": "{ network', 'The body is no valid JSON: it ends before the JSON is complete.'],
    ['has single quotes', "{'query': '{ network { id } }'}", 'it breaks at character 1, counted from 0'],
    ['has a comma too many', '{"query": "{ network { id } }",}', 'it breaks at character 31, counted from 0'],
    ['is a word', 'query', 'The body is no valid JSON. Names and texts stand in double quotes.'],
    ['names a prototype', '{"__proto__": {}}', 'holds a name that is not taken here: `__proto__`'],
    ['is empty', '', 'The body is empty.'],
    ['has no query', '{}', 'The request has no `query`.'],
    ['is no object', '7', 'The JSON of the body is no object.'],
  ])('%s', async (_, body, said) => {
    expect(await send(body)).toMatchObject({
      status: 400,
      code: 'BAD_REQUEST',
      message: expect.stringContaining(said) as unknown,
    });
  });

  it('is of a type that is not read', async () => {
    const { status, message } = await send('{ network { id } }', { 'content-type': 'application/graphql' });
    expect(status).toBe(400);
    expect(message).toContain('`content-type: application/json`');
  });
});

describe('a value that is written into the document', () => {
  it.each([
    [
      'a day',
      '{ agreements(filter: { nextDueOn: { lte: "2027-02-30" } }) { nodes { id } } }',
      ['filter', 'nextDueOn', 'lte'],
      'Date must be',
    ],
    [
      'a moment',
      '{ events(filter: { since: "yesterday" }) { nodes { id } } }',
      ['filter', 'since'],
      'DateTime must be',
    ],
    [
      'a country',
      'mutation { registerOrganization(input: { name: "x", country: "UK" }) { userErrors { code } } }',
      ['input', 'country'],
      'CountryCode must be a code that ISO 3166-1 has assigned',
    ],
    ['an item of a list', '{ nodes(ids: ["a", {}]) { id } }', ['ids', '1'], 'ID cannot represent'],
  ])('is told with its place: %s', async (_, query, argument, said) => {
    const { status, errors } = await network.call(network.keys.steward, query);
    expect([status, errors?.length]).toEqual([400, 1]);
    const [{ message, extensions, ...rest }] = errors!;
    expect(message).toContain(said);
    expect(extensions).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED', argument });
    const [{ line, column }] = (rest as unknown as { locations: { line: number; column: number }[] }).locations;
    expect(line).toBe(1);
    expect(query.slice(column - 1)).toMatch(/^["{]/);
  });

  it('is told with its place as a variable, too', async () => {
    const query = 'query ($day: Date) { agreements(filter: { nextDueOn: { lte: $day } }) { nodes { id } } }';
    const { errors } = await network.call(network.keys.steward, query, { day: '2027-02-30' });
    expect(errors?.[0].message).toMatch(/^Variable "\$day" got invalid value "2027-02-30"; Date must be/);
  });
});

describe('a key', () => {
  const viewer = '{"query": "{ viewer { role } }"}';
  const NOT_SENT = 'This needs an API key, and none was sent.';
  const MISWRITTEN = 'does not hold an API key in the form that is read here';
  const NOT_VALID = 'The API key that was sent is not known, has expired or was revoked.';
  const CHALLENGE = 'Bearer realm="Goodfaith"';
  const INVALID = `${CHALLENGE}, error="invalid_token"`;

  const ways: [string, (key: string) => Record<string, string>, string, string][] = [
    ['that is not sent', () => ({}), NOT_SENT, CHALLENGE],
    ['in a header of its own', (key) => ({ 'x-api-key': key }), NOT_SENT, CHALLENGE],
    ['without Bearer', (key) => ({ authorization: key }), MISWRITTEN, CHALLENGE],
    ['as Basic', (key) => ({ authorization: `Basic ${btoa(`${key}:`)}` }), MISWRITTEN, CHALLENGE],
    ['in quotes', (key) => ({ authorization: `Bearer "${key}"` }), MISWRITTEN, INVALID],
    ['after two spaces', (key) => ({ authorization: `Bearer  ${key}` }), MISWRITTEN, INVALID],
    ['that is cut', (key) => ({ authorization: `Bearer ${key.slice(0, -1)}` }), NOT_VALID, INVALID],
    ['that is wrong', (key) => ({ authorization: `Bearer ${wrong(key)}` }), NOT_VALID, INVALID],
    ['that never was', () => ({ authorization: `Bearer gf_${'0'.repeat(32)}_${'A'.repeat(43)}` }), NOT_VALID, INVALID],
  ];
  const wrong = (key: string): string => key.slice(0, -10) + [...key.slice(-10)].reverse().join('');

  it.each(ways)('%s: is told in which form it is sent', async (_, headersOf, said, challenge) => {
    const headers = headersOf(network.keys.grantee);
    const answer = await send(viewer, headers);
    expect(answer).toMatchObject({ status: 401, code: 'UNAUTHENTICATED', challenge });
    expect(answer.message).toContain(said);
    expect(answer.message).toContain('`Authorization: Bearer gf_…`');

    const rest = await fetch(`${network.url}/v1/reports/export`, { headers });
    expect([rest.status, rest.headers.get('www-authenticate')]).toEqual([401, challenge]);
    expect(((await rest.json()) as { detail: string }).detail).toBe(answer.message);
  });

  it('is asked for where only a part is not public', async () => {
    const { status, errors } = await network.call(
      null,
      `{ funder(id: "${network.ids.funder}") { name agreements { nodes { id } } } }`,
    );
    expect([status, errors?.[0].extensions.code]).toEqual([200, 'UNAUTHENTICATED']);
    expect(errors?.[0].message).toContain('`Authorization: Bearer gf_…`');
  });

  it('is asked for by no answer that gives what was asked', async () => {
    const { status, challenge } = await send(viewer, { authorization: `Bearer ${network.keys.grantee}` });
    expect([status, challenge]).toEqual([200, null]);
  });
});

describe('a request that is refused as a whole', () => {
  it.each([
    ['the key of another role', '{ narrativeReports { nodes { id } } }', 403, 'FORBIDDEN'],
    ['a page that is too large', '{ agreements(first: 101) { nodes { id } } }', 400, 'PAGE_TOO_LARGE'],
    ['a cursor of something else', '{ agreements(after: "x") { nodes { id } } }', 400, 'INVALID_CURSOR'],
    [
      'a value that a filter does not take',
      '{ agreements(filter: { grantee: "x" }) { nodes { id } } }',
      422,
      'INVALID_ID',
    ],
  ])('has the status of its code: %s', async (_, query, status, code) => {
    const answer = await network.call(network.keys.funder, query);
    expect([answer.status, answer.errors?.[0].extensions.code, answer.data]).toEqual([status, code, undefined]);
  });

  it('says which roles may', async () => {
    const query = '{ narrativeReports { nodes { id } } }';
    const told = async (language: string): Promise<string> =>
      (await network.call(network.keys.funder, query, {}, { 'accept-language': language })).errors![0].message;
    expect(await told('en')).toBe(
      'A key with the role funder may not call `narrativeReports`. Keys with these roles may: grantee.',
    );
    expect(await told('vi')).toBe(
      'Khóa có vai trò bên tài trợ không được gọi `narrativeReports`. Khóa có các vai trò này được gọi: bên nhận tài trợ.',
    );
  });

  it('has status 200 when a part is answered, or the refusal is in userErrors', async () => {
    const { funder, steward } = network.keys;
    const part = await network.call(funder, '{ viewer { role } narrativeReport(id: "x") { id } }');
    expect([part.status, part.errors?.[0].extensions.code, part.data.viewer.role]).toEqual([
      200,
      'FORBIDDEN',
      'FUNDER',
    ]);
    const query = 'mutation { revokeApiKey(input: { id: "key_x" }) { userErrors { code } } }';
    const refused = await network.call(steward, query);
    expect([refused.status, refused.data.revokeApiKey.userErrors.length]).toEqual([200, 1]);
  });
});

describe('the query that GraphiQL begins with', () => {
  it('runs without a key, and shows one that runs with a key', async () => {
    const page = await (await fetch(`${network.url}/graphql`, { headers: { accept: 'text/html' } })).text();
    const script = /\/graphiql\/[^"]*\/start\.js/.exec(page)![0];
    const text = await (await fetch(network.url + script)).text();
    const welcome = /const welcome = `([^`]*)`/.exec(text)![1];
    const { status, data, code } = await send(JSON.stringify({ query: welcome }));
    expect([status, code]).toEqual([200, '']);
    expect(data).toMatchObject({ network: { id: expect.stringMatching(/^net_/) } });

    const [start, mine] = welcome.split('# query Mine');
    const both = `${start}query Mine${mine.replaceAll(/^# /gm, '')}`;
    const { funder } = network.keys;
    const asked = await send(JSON.stringify({ query: both, operationName: 'Mine' }), {
      authorization: `Bearer ${funder}`,
    });
    expect(asked).toMatchObject({ status: 200, data: { viewer: { role: 'FUNDER' } } });
  });
});
