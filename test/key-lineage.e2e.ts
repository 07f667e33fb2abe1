import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import pg from 'pg';
import { asCaller, callerOf } from './support/database-callers.js';
import { KeyCalls, ownSecret } from './support/key-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { HIDDEN, ObstacleCalls, recordAgreement } from './support/obstacle-scenes.js';
import { sampleCalls } from './support/sample-input.js';
import { digestOfEverything } from './support/whole-database.js';

/** What a caller without a key may read, by hand from the contract. */
const PUBLIC = [
  ...['node', 'nodes', 'funder', 'funders', 'grantee', 'grantees', 'reportPrompts', 'obstacleCodes', 'network'],
  ...['obstacleReleases', 'obstacleStatistics', 'obstacleGuarantee', 'practiceChanges', 'historyHeads'],
];
const HOUR = 3_600_000;

let network: Network;
let keys: KeyCalls;
let obstacles: ObstacleCalls;
let organizationId: string;
beforeAll(async () => {
  network = await startNetwork();
  keys = new KeyCalls(network);
  obstacles = new ObstacleCalls(network);
  organizationId = network.ids.organization.grantee;
  await recordAgreement(network, 'funder', 'grantee');
});
afterAll(() => network.stop());

const later = (ms: number): void => network.clock.set(new Date(network.clock.now().getTime() + ms).toISOString());

describe('a GRANTEE key that the steward has seen', () => {
  it('can do nothing that a caller without a key cannot, but rotate', async () => {
    const copy = await keys.issue(organizationId);
    await keys.tried(copy.secret);
    await network.call(network.keys.steward, '{ events { nodes { id } } }');
    const before = await digestOfEverything(network);
    const calls = sampleCalls(network.app.get(GraphQLSchemaHost).schema).filter(({ name }) => name !== 'rotateApiKey');
    for (const { name, query, variables } of calls) {
      const answer = await network.call(copy.secret, query, variables);
      if (PUBLIC.includes(name)) {
        expect([name, answer.text]).toEqual([name, (await network.call(null, query, variables)).text]);
      } else {
        expect([name, answer.errors?.map(({ extensions }) => extensions.code)]).toEqual([
          name,
          ['KEY_MUST_BE_ROTATED'],
        ]);
        expect((answer.data as Record<string, unknown> | null)?.[name] ?? null).toBeNull();
      }
    }
    expect(calls.length).toBeGreaterThan(70);
    expect(await digestOfEverything(network)).toBe(before);
  });

  it('reads what is public as the public does, also below it', async () => {
    const copy = await keys.issue(organizationId);
    const query = `{ funder(id: "${network.ids.funder}") { name agreements(first: 5) { totalCount nodes { id } } }
      node(id: "${organizationId}") { ... on Organization { name contact { email } } } }`;
    const [withCopy, withNone, own] = await Promise.all(
      [copy.secret, null, network.keys.grantee].map((key) => network.call(key, query)),
    );
    expect([withCopy.status, withCopy.text.replace(/"requestId":"[^"]*"/g, '')]).toEqual([
      withNone.status,
      withNone.text.replace(/"requestId":"[^"]*"/g, ''),
    ]);
    expect(own.text).not.toBe(withNone.text);
  });

  it('is refused by every route that is not public, in both languages', async () => {
    const copy = await keys.issue(organizationId);
    const contract = (await (await fetch(`${network.url}/openapi.json`)).json()) as { paths: Record<string, object> };
    const routes = Object.entries(contract.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => [method.toUpperCase(), path.replace(/\{\w+\}/g, 'rep_0')] as const),
    );
    const ask = async ([method, path]: readonly [string, string], key: string | null) => {
      const headers = { 'accept-language': 'vi', ...(key && { authorization: `Bearer ${key}` }) };
      const response = await fetch(`${network.url}${path}`, { method, headers });
      const body = await response.text();
      return { status: response.status, code: /"code":"(\w+)"/.exec(body)?.[1], body };
    };
    const closed = [];
    for (const route of routes) {
      const [withCopy, withNone] = [await ask(route, copy.secret), await ask(route, null)];
      if (withNone.code === 'UNAUTHENTICATED') {
        expect([route, withCopy.status, withCopy.code]).toEqual([route, 403, 'KEY_MUST_BE_ROTATED']);
        expect(withCopy.body).toContain('rotateApiKey');
        closed.push(route[1]);
      } else expect([route, withCopy.status]).toEqual([route, withNone.status]);
    }
    expect(closed.length).toBeGreaterThan(2);
  });

  it('is announced at once, the first too, and its rotation to its own organization alone', async () => {
    const input = { name: 'Nhóm Chè Suối Giàng', grantee: { legalForm: 'REGISTERED' } };
    const { organization } = (await network.mutate(
      network.keys.steward,
      'registerOrganization',
      input,
      'organization { id }',
    )) as { organization: { id: string } };
    const first = await keys.issue(organization.id);
    expect(await keys.heard(network.keys.steward, first.id)).toEqual(['API_KEY_ISSUED']);
    const { secret, apiKey } = await keys.rotate(first.secret);
    expect(await keys.heard(secret!, first.id, apiKey!.id)).toEqual(['API_KEY_ISSUED', 'API_KEY_ROTATED']);
    expect(await keys.heard(network.keys.steward, first.id, apiKey!.id)).toEqual(['API_KEY_ISSUED']);
  });

  it('is of no use to anybody once it was rotated: the heir has a lineage that nobody else saw', async () => {
    const copy = await keys.issue(organizationId);
    const { secret } = await keys.rotate(copy.secret);
    const { id } = await obstacles.log({ ...HIDDEN, tier: 'AGGREGATE_ONLY' }, secret!);
    expect(await obstacles.see(secret!, id)).toMatchObject({ id });
    for (const query of ['{ viewer { role } }', '{ obstacleCodes { code } }']) {
      const { status, errors, data } = await network.call(copy.secret, query);
      expect([status, errors?.[0].extensions.code, data]).toEqual([401, 'KEY_ALREADY_ROTATED', undefined]);
    }
    const again = await keys.rotate(copy.secret);
    expect([again.apiKey, again.userErrors[0].code]).toEqual([null, 'KEY_ALREADY_ROTATED']);
    // Nor does a second key help, which the steward rotates itself.
    const second = (await keys.rotate((await keys.issue(organizationId)).secret)).secret!;
    expect(await obstacles.see(second, id)).toBeNull();
    const [{ lineages }] = await network.sql<{ lineages: number }>(
      `SELECT count(*)::int AS lineages FROM obstacles.entries e JOIN api_keys k ON k.lineage_id = e.reader_id WHERE k.issued_by_other`,
    );
    expect(lineages).toBe(0);
  });

  it('says who was too late that somebody else has rotated it', async () => {
    const { secret } = await keys.issue(organizationId);
    await keys.rotate(secret);
    const late = await keys.rotate(secret);
    expect(late.userErrors[0]).toMatchObject({ code: 'KEY_ALREADY_ROTATED' });
    expect(late.userErrors[0].message).toMatch(/at 20\d\d-.*If you did not do that, somebody else/);
    later(25 * HOUR);
    const { status, errors } = await keys.rotation(secret);
    expect([status, errors?.[0].extensions.code]).toEqual([401, 'KEY_ALREADY_ROTATED']);
  });
});

describe('a rotation', () => {
  it.each(['issued', 'own'])('gives an %s key one heir of twenty that are tried at once', async (kind) => {
    const key = kind === 'own' ? await keys.fresh(organizationId) : (await keys.issue(organizationId)).secret;
    const answers = await Promise.all(Array.from({ length: 20 }, () => keys.rotate(key)));
    const made = answers.filter(({ apiKey }) => apiKey !== null);
    expect(made).toHaveLength(1);
    expect(answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual(
      Array(19).fill('KEY_ALREADY_ROTATED'),
    );
    expect(await keys.tried(made[0].secret!)).toEqual([200]);
  });

  it.each(['issued', 'own'])(
    'of an %s key is repeated after a lost answer, by the digest of a secret',
    async (kind) => {
      const key = kind === 'own' ? await keys.fresh(organizationId) : (await keys.issue(organizationId)).secret;
      const { text, digest } = ownSecret();
      const input = { secretDigest: digest };
      const answers = await Promise.all(Array.from({ length: 10 }, () => keys.rotate(key, input)));
      answers.push(await keys.rotate(key, input));
      const [{ apiKey }] = answers;
      for (const answer of answers) expect(answer).toEqual({ secret: null, apiKey, userErrors: [], notices: [] });
      expect(await keys.tried(`${apiKey!.prefix}${text}`)).toEqual([200]);
      const other = await keys.rotate(key, { secretDigest: ownSecret().digest });
      expect([other.apiKey, other.userErrors[0].code]).toEqual([null, 'KEY_ALREADY_ROTATED']);
    },
  );

  it.each(['STEWARD', 'ANALYST', 'GRANTEE'])('is repeated by an idempotency key, as a %s too', async (role) => {
    const { steward } = network.keys;
    const made = (await network.mutate(steward, 'createApiKey', { role: 'STEWARD', label: 'x' }, 'secret')) as {
      secret: string;
    };
    const analyst = (await network.mutate(steward, 'createApiKey', { role: 'ANALYST', label: 'x' }, 'secret')) as {
      secret: string;
    };
    const key = { STEWARD: made.secret, ANALYST: analyst.secret }[role] ?? (await keys.issue(organizationId)).secret;
    const input = { idempotencyKey: 'rotate' };
    const first = await keys.rotate(key, input);
    const again = await keys.rotate(key, input);
    expect(again).toMatchObject({ secret: null, apiKey: first.apiKey, userErrors: [] });
    expect(again.notices).toMatchObject([{ code: 'SECRET_ALREADY_SHOWN' }]);
    expect(first.apiKey).not.toBeNull();
  });

  it('takes no digest that is none', async () => {
    const { userErrors } = await keys.rotate(await keys.fresh(organizationId), { secretDigest: 'abc' });
    expect(userErrors[0].code).toBe('INVALID_SECRET_DIGEST');
  });

  it('ends a key that leaked at once, with `now`', async () => {
    const leaked = await keys.fresh(organizationId);
    const { secret } = await keys.rotate(leaked, { now: true });
    expect([await keys.tried(leaked), await keys.tried(secret!)]).toEqual([[401, 'KEY_ALREADY_ROTATED'], [200]]);
  });

  it('lets a key choose the secret of no other organization', async () => {
    const input = { role: 'GRANTEE', organizationId, label: 'x', secretDigest: ownSecret().digest };
    const refused = await network.mutate(network.keys.steward, 'createApiKey', input, 'apiKey { id }');
    expect(refused).toMatchObject({ apiKey: null, userErrors: [{ code: 'SECRET_DIGEST_OF_ANOTHER' }] });
    const { text, digest } = ownSecret();
    const analyst = { role: 'ANALYST', label: 'x', secretDigest: digest, idempotencyKey: 'analyst' };
    const make = () => network.mutate(network.keys.steward, 'createApiKey', analyst, 'secret apiKey { id prefix }');
    const { apiKey, secret } = (await make()) as { apiKey: { prefix: string }; secret: null };
    expect([secret, await make()]).toEqual([null, { secret, apiKey, userErrors: [] }]);
    expect(await keys.tried(`${apiKey.prefix}${text}`)).toEqual([200]);
  });
});

describe('the database', () => {
  it('holds to one heir, and to what a key comes from', async () => {
    const old = await callerOf(network, await keys.fresh(organizationId));
    const heir = (lineage: string, role = 'GRANTEE'): string =>
      `INSERT INTO api_keys (id, secret_digest, role, organization_id, lineage_id, label, created_at, rotated_from)
       SELECT gen_random_uuid(), secret_digest, '${role}', organization_id, ${lineage}, 'heir', now(), id FROM api_keys WHERE id = '${old.keyId}'`;
    await expect(network.sql(heir('gen_random_uuid()'))).rejects.toMatchObject({ constraint: 'api_keys_heir' });
    await expect(network.sql(heir('lineage_id', 'FUNDER'))).rejects.toMatchObject({ constraint: 'api_keys_heir' });
    await network.sql(heir('lineage_id'));
    await expect(network.sql(heir('lineage_id'))).rejects.toMatchObject({ constraint: 'api_keys_one_heir' });
    await expect(
      network.sql(`UPDATE api_keys SET issued_by_other = NOT issued_by_other WHERE id = '${old.keyId}'`),
    ).rejects.toMatchObject({ constraint: 'api_keys_origin' });
  });

  it('lets the steward add no GRANTEE key as one that it has not seen', async () => {
    const login = new pg.Client({ connectionString: network.databaseUrls.app });
    await login.connect();
    const steward = await callerOf(network, network.keys.steward);
    const add = (issued: boolean): Promise<unknown> =>
      asCaller(login, steward, (query) =>
        query(
          `INSERT INTO api_keys (id, secret_digest, role, organization_id, lineage_id, label, created_at, issued_by_other)
           VALUES (gen_random_uuid(), sha256('x'), 'GRANTEE', $1, gen_random_uuid(), 'x', now(), ${issued})`,
          [network.ids.grantee.slice(4)],
        ),
      );
    try {
      await expect(add(false)).rejects.toThrow('row-level security');
      await expect(add(true)).resolves.toEqual([]);
    } finally {
      await login.end();
    }
  });
});
