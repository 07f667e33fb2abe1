import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agreementScenes } from './support/agreement-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
const scenes = agreementScenes(() => network);
const made: { id: string; state: string }[] = [];

beforeAll(async () => {
  network = await startNetwork();
  for (const state of ['DRAFT', 'OFFERED', 'ACTIVE', 'OFFERED', 'DRAFT'] as const) {
    const scene = { DRAFT: scenes.draft, OFFERED: scenes.offered, ACTIVE: scenes.active }[state];
    made.unshift({ id: ((await scene()) as { id: string }).id, state });
  }
});
afterAll(() => network.stop());

interface Listed {
  nodes: { id: string }[];
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
}
const PAGE = 'nodes { id } totalCount pageInfo { hasNextPage hasPreviousPage endCursor }';

async function list(key: string, args = ''): Promise<Listed> {
  const { data, errors } = await network.call(key, `{ agreements${args} { ${PAGE} } }`);
  if (errors) throw new Error(JSON.stringify(errors));
  return (data as { agreements: Listed }).agreements;
}
const idsOf = ({ nodes }: Listed): string[] => nodes.map(({ id }) => id);
const those = (...states: string[]): string[] => made.filter(({ state }) => states.includes(state)).map(({ id }) => id);

describe('agreements', () => {
  it('are those the caller may see, newest first', async () => {
    const { funder, secondFunder, grantee, secondGrantee, steward } = network.keys;
    expect(await list(funder)).toMatchObject({ totalCount: 5 });
    expect(idsOf(await list(funder))).toEqual(those('DRAFT', 'OFFERED', 'ACTIVE'));
    for (const key of [grantee, steward]) {
      expect(idsOf(await list(key))).toEqual(those('OFFERED', 'ACTIVE'));
      expect((await list(key)).totalCount).toBe(3);
    }
    for (const key of [secondFunder, secondGrantee]) expect(idsOf(await list(key))).toEqual([]);
  });

  it.each(['funder', 'grantee', 'steward'] as const)('are filtered and ordered for the %s', async (caller) => {
    const key = network.keys[caller];
    expect(idsOf(await list(key, '(filter: {state: {in: [OFFERED]}})'))).toEqual(those('OFFERED'));
    const several = '(filter: {state: {in: [ACTIVE, DRAFT, OFFERED]}}, orderBy: {field: UPDATED_AT, direction: ASC})';
    expect(idsOf(await list(key, several))).toEqual(
      (caller === 'funder' ? those('DRAFT', 'OFFERED', 'ACTIVE') : those('OFFERED', 'ACTIVE')).reverse(),
    );
    const { ids } = network;
    const pair = `(filter: {funder: "${ids.funder}", grantee: "${ids.grantee}", state: {in: [ACTIVE]}})`;
    expect(idsOf(await list(key, pair))).toEqual(those('ACTIVE'));
    expect(idsOf(await list(key, `(filter: {funder: "${ids.secondFunder}"})`))).toEqual([]);
    expect(idsOf(await list(key, `(filter: {grantee: "${ids.secondGrantee}"})`))).toEqual([]);
    expect(idsOf(await list(key, '(filter: {state: {in: []}})'))).toEqual([]);
  });

  it('come in pages, forwards and backwards, with cursors that fit only their list', async () => {
    const key = network.keys.funder;
    const first = await list(key, '(first: 2)');
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const after = `after: "${first.pageInfo.endCursor!}"`;
    const rest = await list(key, `(first: 3, ${after})`);
    expect([...idsOf(first), ...idsOf(rest)]).toEqual(made.map(({ id }) => id));
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(idsOf(await list(key, '(last: 2)'))).toEqual(made.slice(-2).map(({ id }) => id));
    const { errors } = await network.call(
      key,
      `{ agreements(${after}, filter: {state: {in: [DRAFT]}}) { nodes { id } } }`,
    );
    expect(errors?.[0]?.extensions.code).toBe('INVALID_CURSOR');
  });

  it('are refused with an id of something else', async () => {
    const { errors } = await network.call(
      network.keys.funder,
      `{ agreements(filter: {funder: "agr_1"}) { nodes { id } } }`,
    );
    expect(errors?.[0]?.extensions.code).toBe('INVALID_ID');
  });

  it('hang below both parties, as far as they are the caller’s', async () => {
    const query = `query ($funders: [ID!]!, $grantees: [ID!]!) {
      funders: nodes(ids: $funders) { ... on Funder { agreements(first: 2) { ${PAGE} } } }
      grantees: nodes(ids: $grantees) { ... on Grantee { agreements(filter: {state: {in: [ACTIVE]}}) { ${PAGE} } } } }`;
    const { ids, keys } = network;
    const variables = { funders: [ids.funder, ids.secondFunder], grantees: [ids.grantee, ids.secondGrantee] };
    for (const [key, visible] of [
      [keys.funder, those('DRAFT', 'OFFERED', 'ACTIVE')],
      [keys.grantee, those('OFFERED', 'ACTIVE')],
      [keys.steward, those('OFFERED', 'ACTIVE')],
    ] as const) {
      const { data } = await network.call(key, query, variables);
      const [funders, grantees] = [data.funders, data.grantees] as { agreements: Listed }[][];
      expect(funders.map(({ agreements }) => [idsOf(agreements), agreements.totalCount])).toEqual([
        [visible.slice(0, 2), visible.length],
        [[], 0],
      ]);
      expect(funders[0].agreements.pageInfo.hasNextPage).toBe(true);
      expect(grantees.map(({ agreements }) => idsOf(agreements))).toEqual([those('ACTIVE'), []]);
    }
    const { data } = await network.call(keys.secondFunder, query, variables);
    expect(JSON.stringify(data)).not.toContain('agr_');
  });

  it('bring the days on which their grantee is asked to tell something', async () => {
    const query =
      '{ viewer { asGrantee { expectations(first: 2) { nodes { dueOn agreement { state } } pageInfo { hasNextPage } } } } }';
    const { data, errors } = await network.call(network.keys.grantee, query);
    expect(errors).toBeUndefined();
    expect(data.viewer.asGrantee.expectations).toMatchObject({
      nodes: [{ dueOn: '2027-12-31', agreement: { state: 'ACTIVE' } }],
      pageInfo: { hasNextPage: false },
    });
    const below = `query ($id: ID!) { grantee(id: $id) { expectations { nodes { id } } } }`;
    const count = async (key: string): Promise<number> =>
      (await network.call(key, below, { id: network.ids.grantee })).data.grantee.expectations.nodes.length as number;
    const { funder, secondFunder, secondGrantee, steward } = network.keys;
    expect(await Promise.all([funder, steward, secondFunder, secondGrantee].map(count))).toEqual([1, 1, 0, 0]);
  });
});
