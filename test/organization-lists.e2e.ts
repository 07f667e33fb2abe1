import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runKeys } from './support/keys-command.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
let regrantor: string;
let group: string;
beforeAll(async () => {
  network = await startNetwork({ isUndeclared: true });
  regrantor = await register({
    name: 'Delta Community Foundation',
    country: 'VN',
    funder: {},
    grantee: { legalForm: 'REGISTERED' },
    identifiers: [{ scheme: 'gb-chc', value: '1153055' }],
  });
  group = await register({
    name: 'Tổ cứu trợ lũ',
    country: 'VN',
    grantee: { legalForm: 'INFORMAL_GROUP', place: 'Hà Tĩnh' },
    contact: { phone: '+84 000' },
  });
});
afterAll(() => network.stop());

async function register(input: object): Promise<string> {
  const answer = await network.mutate(network.keys.steward, 'registerOrganization', input, 'organization { id }');
  return (answer as { organization: { id: string } }).organization.id;
}

const FACES = 'funder { id name } grantee { id name }';
const organizationSeenBy = async (key: string | null, id: string): Promise<unknown> =>
  (await network.call(key, `{ node(id: "${id}") { ... on Organization { id ${FACES} } } }`)).data.node;

/** The names that the steward's list has with these arguments. */
async function list(args: string): Promise<string[]> {
  const { data, text } = await network.call(network.keys.steward, `{ organizations${args} { nodes { name } } }`);
  if (!data) throw new Error(text);
  return data.organizations.nodes.map(({ name }: { name: string }) => name);
}
const refusal = async (args: string): Promise<unknown> => {
  const { errors } = await network.call(network.keys.steward, `{ organizations${args} { nodes { name } } }`);
  return errors?.map(({ extensions }) => extensions.code);
};

describe('from an organization to its ids as a party', () => {
  it('leads in the answer to its registration', async () => {
    const payload = `organization { id ${FACES} } ${FACES}`;
    const input = { name: 'Harbor Fund', funder: {}, idempotencyKey: 'harbor' };
    for (const answer of [
      await network.mutate(network.keys.steward, 'registerOrganization', input, payload),
      // Sent again, it answers the same.
      await network.mutate(network.keys.steward, 'registerOrganization', input, payload),
    ]) {
      const id = answer.organization.id.replace('org_', 'fun_');
      const face = { funder: { id, name: 'Harbor Fund' }, grantee: null };
      expect(answer).toMatchObject({ ...face, organization: face, userErrors: [] });
    }
    const refused = await network.mutate(network.keys.steward, 'registerOrganization', { name: 'Nobody' }, payload);
    expect(refused).toMatchObject({ organization: null, funder: null, grantee: null });
    expect(refused.userErrors).toMatchObject([{ code: 'INCOMPLETE_ORGANIZATION' }]);
  });

  it('leads both ways for one that funds and receives', async () => {
    const name = 'Delta Community Foundation';
    const [funder, grantee] = ['fun_', 'gte_'].map((prefix) => ({ id: regrantor.replace('org_', prefix), name }));
    for (const key of [null, ...Object.values(network.keys)]) {
      expect(await organizationSeenBy(key, regrantor)).toEqual({ id: regrantor, funder, grantee });
    }
  });

  it('tells of a party only those who may see that party', async () => {
    const grantee = { id: group.replace('org_', 'gte_'), name: 'Tổ cứu trợ lũ' };
    expect(await organizationSeenBy(network.keys.steward, group)).toEqual({ id: group, funder: null, grantee });
    for (const key of [null, network.keys.funder, network.keys.grantee, network.keys.analyst]) {
      expect(await organizationSeenBy(key, group)).toBeNull();
    }
    // Whose steward it is, everybody may know; that it receives agreements as well, they may not.
    const named = { organizationId: group, expectedVersion: 1 };
    await network.mutate(network.keys.steward, 'nameStewardOrganization', named, 'network { version }');
    for (const key of [null, network.keys.funder, network.keys.grantee, network.keys.analyst]) {
      expect(await organizationSeenBy(key, group)).toEqual({ id: group, funder: null, grantee: null });
    }
  });
});

describe('a key', () => {
  it('says for whom it acts', async () => {
    const query = '{ apiKeys { nodes { role organization { id } } } }';
    const own = await network.call(network.keys.grantee, query);
    const id = network.ids.organization.grantee;
    expect(own.data.apiKeys.nodes.length).toBeGreaterThan(0);
    for (const key of own.data.apiKeys.nodes) expect(key.organization).toEqual({ id });
    const all = (await network.call(network.keys.steward, query)).data.apiKeys.nodes;
    expect(all).toContainEqual({ role: 'GRANTEE', organization: { id } });
    expect(all).toContainEqual({ role: 'ANALYST', organization: null });
  });

  it('that could only rotate says so only when it is read with its heir', async () => {
    const issued = await network.mutate(
      network.keys.steward,
      'createApiKey',
      { role: 'GRANTEE', organizationId: group, label: 'Portal' },
      'secret apiKey { organization { id } }',
    );
    expect(issued.apiKey).toEqual({ organization: { id: group } });
    const payload = 'secret apiKey { id organization { name } }';
    const { secret, apiKey } = await network.mutate(issued.secret, 'rotateApiKey', {}, payload);
    const read = `{ node(id: "${apiKey.id}") { ... on ApiKey { organization { id } } } }`;
    expect((await network.call(secret, read)).data.node).toEqual({ organization: { id: group } });
  });

  it('is listed on the command line, never with its secret', async () => {
    const { keys, ids } = network;
    const hidden = await network.mutate(
      keys.steward,
      'createApiKey',
      { role: 'FUNDER', organizationId: ids.organization.funder, label: 'a\tb\u001b[2J' },
      'apiKey { id }',
    );
    await network.mutate(keys.steward, 'revokeApiKey', { id: hidden.apiKey.id }, 'apiKey { id }');
    const { code, stdout } = await runKeys(network, 'list');
    const [head, ...lines] = stdout.trimEnd().split('\n');
    expect([code, head]).toEqual([0, 'key\trole\torganization\tname\tlabel\tcreated\tlast use\tstate']);
    const { count } = (await network.sql<{ count: string }>('SELECT count(*) FROM api_keys'))[0];
    expect(lines).toHaveLength(Number(count));
    for (const line of lines) expect(line.split('\t')).toHaveLength(8);
    // What stands behind the id may itself have underscores.
    for (const key of Object.values(keys)) expect(stdout).not.toContain(key.split('_').slice(2).join('_'));
    const today = new Date().toISOString().slice(0, 10);
    const lineOf = (id: string): string[] => lines.find((line) => line.startsWith(id))!.split('\t');
    expect(lineOf(hidden.apiKey.id)).toEqual([
      hidden.apiKey.id,
      'FUNDER',
      ids.organization.funder,
      'Riverstone Fund',
      'a b [2J',
      today,
      'never',
      'revoked',
    ]);
    const states = new Set(lines.map((line) => line.split('\t')[7]));
    expect([...states].sort()).toEqual(['in use', 'replaced', 'revoked']);
    expect(lines.filter((line) => line.includes('\tANALYST\t-\t-\t'))).toHaveLength(1);
    const ofGroup = await runKeys(network, 'list', '--organization', group);
    const shown = ofGroup.stdout.trimEnd().split('\n').slice(1);
    expect(shown.map((line) => line.split('\t').slice(2, 5))).toEqual([
      [group, 'Tổ cứu trợ lũ', 'Portal'],
      [group, 'Tổ cứu trợ lũ', 'Portal'],
    ]);
    expect(await runKeys(network, 'list', '--organization', 'gte_1')).toMatchObject({ code: 1, stdout: '' });
  }, 120_000);
});

describe("the steward's list of organizations", () => {
  it('has all of them, by name, also those that no directory shows', async () => {
    const names = await list('');
    const rows = await network.sql<{ name: string }>('SELECT name FROM organizations ORDER BY name, id');
    expect(names).toEqual(rows.map(({ name }) => name));
    expect(names).toContain('Tổ cứu trợ lũ');
    const { data } = await network.call(network.keys.steward, '{ organizations(first: 1) { totalCount } }');
    expect(data.organizations.totalCount).toBe(names.length);
    expect(await list('(last: 2)')).toEqual(names.slice(-2));
  });

  it('is read on from a cursor', async () => {
    const query = `query ($after: String) { organizations(first: 2, after: $after, filter: {kinds: [GRANTEE]}) {
      nodes { name } pageInfo { hasNextPage endCursor } } }`;
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await network.call(network.keys.steward, query, { after });
      const { nodes, pageInfo } = data.organizations as {
        nodes: { name: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      seen.push(...nodes.map(({ name }) => name));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(await list('(filter: {kinds: [GRANTEE]})'));
    expect(seen).toHaveLength(4);
  });

  it.each([
    ['(filter: {kinds: [FUNDER]})', ['Delta Community Foundation', 'Harbor Fund', 'Lantern Trust', 'Riverstone Fund']],
    ['(filter: {kinds: [GRANTEE, FUNDER]})', ['Delta Community Foundation']],
    ['(filter: {country: {in: ["VN"]}})', ['Delta Community Foundation', 'Tổ cứu trợ lũ']],
    ['(filter: {isListed: false})', ['Tổ cứu trợ lũ']],
    ['(filter: {isMerged: true})', []],
    ['(filter: {identifier: {scheme: "GB-CHC", value: " 1153055"}})', ['Delta Community Foundation']],
    ['(filter: {identifier: {scheme: "GB-CHC", value: "1153056"}})', []],
    ['(filter: {createdAt: {lte: "2020-01-01T00:00:00Z"}})', []],
    ['(filter: {kinds: [FUNDER]}, orderBy: {field: CREATED_AT, direction: DESC}, first: 1)', ['Harbor Fund']],
    ['(filter: {createdAt: {gte: "2020-01-01T00:00:00Z"}}, first: 1)', ['Harbor Fund']],
  ])('is narrowed and ordered: %s', async (args, names) => {
    expect(await list(args)).toEqual(names);
  });

  it('finds who gives itself a number, beside the one who has it', async () => {
    const identifiers = [{ scheme: 'US-EIN', value: '050258819' }];
    for (const [party, key] of [
      ['Lantern Trust', network.keys.secondFunder],
      ['Open Meadow', network.keys.secondGrantee],
    ]) {
      const { data } = await network.call(key, '{ viewer { organization { version name } } }');
      expect(data.viewer.organization.name).toBe(party);
      const { version } = data.viewer.organization;
      await network.mutate(key, 'updateOrganization', { expectedVersion: version, identifiers }, 'organization { id }');
    }
    expect(await list('(filter: {identifier: {scheme: "us-ein", value: "050258819"}})')).toEqual([
      'Lantern Trust',
      'Open Meadow',
    ]);
  });

  it('refuses what it cannot read', async () => {
    expect(await refusal('(first: 101)')).toEqual(['PAGE_TOO_LARGE']);
    expect(await refusal('(filter: {identifier: {scheme: "?", value: ""}})')).toEqual(['INVALID_IDENTIFIER']);
    const range = 'filter: {createdAt: {gte: "2020-01-01T00:00:00Z"}}';
    expect(await refusal(`(${range}, orderBy: {field: NAME, direction: ASC})`)).toEqual(['ORDER_DOES_NOT_FIT']);
  });

  it('has a merged organization, and says into which', async () => {
    const twin = await register({ name: 'Harbour Fund', funder: {} });
    const { data } = await network.call(
      network.keys.steward,
      '{ organizations(filter: {isListed: true}) { nodes { id name version } } }',
    );
    const into = data.organizations.nodes.find(({ name }: { name: string }) => name === 'Harbor Fund');
    const merged = await network.mutate(
      network.keys.steward,
      'mergeOrganizations',
      { from: twin, into: into.id },
      'isDone',
    );
    expect(merged).toMatchObject({ isDone: true, userErrors: [] });
    expect(await list('(filter: {isMerged: true})')).toEqual(['Harbour Fund']);
    expect(await list('(filter: {isMerged: false, kinds: [FUNDER]})')).not.toContain('Harbour Fund');
  });
});
