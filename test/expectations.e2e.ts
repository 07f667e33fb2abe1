import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { makeAgreement } from './support/report-scenes.js';

let network: Network;
const agreements: Record<string, string> = {};
beforeAll(async () => {
  network = await startNetwork();
  network.clock.set('2026-11-25T03:00:00Z');
  const make = makeAgreement.bind(null, network);
  agreements.river = await make('funder', 'grantee', { expects: ['2026-06-30', '2026-12-31', '2027-12-31'] });
  agreements.lantern = await make('secondFunder', 'grantee', { expects: ['2026-10-15', '2027-01-15'] });
  agreements.offered = await make('funder', 'grantee', { state: 'OFFERED', expects: ['2026-12-15'] });
  agreements.others = await make('funder', 'secondGrantee', { expects: ['2026-12-24'] });
  // What an offer hopes for is owed from its acceptance on.
  await network.sql('UPDATE reporting_expectations SET overdue_at = NULL WHERE agreement_id = $1', [
    agreements.offered.slice(4),
  ]);
});
afterAll(() => network.stop());

interface Expectation {
  id: string;
  dueOn: string;
  movedTo: string | null;
  expectedOn: string;
  state: string;
  version: number;
  agreement: { id: string };
}
interface Expectations {
  nodes: Expectation[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}
const FIELDS =
  'nodes { id dueOn movedTo expectedOn state version agreement { id } } pageInfo { hasNextPage endCursor }';

async function list(args = '', key = network.keys.grantee): Promise<Expectations> {
  const { data, errors } = await network.call(
    key,
    `query ($id: ID!) { grantee(id: $id) { expectations${args} { ${FIELDS} } } }`,
    { id: network.ids.grantee },
  );
  expect(errors).toBeUndefined();
  return (data as { grantee: { expectations: Expectations } }).grantee.expectations;
}
const days = async (args = '', key = network.keys.grantee): Promise<string[]> =>
  (await list(args, key)).nodes.map(({ expectedOn }) => expectedOn);

describe('what is due', () => {
  it('is one list of all funders for the grantee, by the day it is expected', async () => {
    const query = `{ viewer { asGrantee { expectations { nodes { expectedOn state agreement { funder { name } } } } } } }`;
    const { data } = await network.call(network.keys.grantee, query);
    expect(
      (
        data as { viewer: { asGrantee: { expectations: { nodes: { agreement: { funder: { name: string } } }[] } } } }
      ).viewer.asGrantee.expectations.nodes.map((node) => ({ ...node, agreement: node.agreement.funder.name })),
    ).toEqual([
      { expectedOn: '2026-06-30', state: 'OVERDUE', agreement: 'Riverstone Fund' },
      { expectedOn: '2026-10-15', state: 'OVERDUE', agreement: 'Lantern Trust' },
      { expectedOn: '2026-12-31', state: 'UPCOMING', agreement: 'Riverstone Fund' },
      { expectedOn: '2027-01-15', state: 'UPCOMING', agreement: 'Lantern Trust' },
      { expectedOn: '2027-12-31', state: 'UPCOMING', agreement: 'Riverstone Fund' },
    ]);
    expect(await days('', network.keys.funder)).toEqual(['2026-06-30', '2026-12-31', '2027-12-31']);
    expect(await days('', network.keys.secondFunder)).toEqual(['2026-10-15', '2027-01-15']);
    expect(await days('', network.keys.secondGrantee)).toEqual([]);
    expect(await days('', network.keys.steward)).toHaveLength(5);
  });

  it('follows a day that was moved, keeps the original, and takes no more than 90 days', async () => {
    const [, autumn] = (await list()).nodes;
    const move = (movedTo: string): Promise<{ userErrors: { code: string }[] }> =>
      network.mutate(
        network.keys.grantee,
        'moveExpectation',
        { id: autumn.id, expectedVersion: autumn.version, movedTo },
        'expectation { id }',
      );
    expect((await move('2027-01-14')).userErrors).toMatchObject([{ code: 'EXPECTATION_MOVED_TOO_FAR' }]);
    expect((await move('2027-01-13')).userErrors).toEqual([]);
    const moved = (await list()).nodes;
    expect(moved.map(({ dueOn, movedTo, expectedOn, state }) => [dueOn, movedTo, expectedOn, state])).toEqual([
      ['2026-06-30', null, '2026-06-30', 'OVERDUE'],
      ['2026-12-31', null, '2026-12-31', 'UPCOMING'],
      ['2026-10-15', '2027-01-13', '2027-01-13', 'UPCOMING'],
      ['2027-01-15', null, '2027-01-15', 'UPCOMING'],
      ['2027-12-31', null, '2027-12-31', 'UPCOMING'],
    ]);
  });

  it('is filtered by state as each row says, at any time, and by day', async () => {
    const [first] = (await list('(last: 1)')).nodes;
    const waive = { id: first.id, expectedVersion: first.version };
    await network.mutate(network.keys.funder, 'waiveExpectation', waive, 'expectation { id }');
    const report = { sections: [{ prompt: 'LEARNED', text: 'x' }], shareWith: [agreements.lantern] };
    await network.mutate(network.keys.grantee, 'submitReport', report, 'narrativeReport { id }');
    for (const now of [
      '2026-01-01T00:00:00Z',
      '2026-11-25T03:00:00Z',
      '2027-01-14T00:00:00Z',
      '2030-01-01T00:00:00Z',
    ]) {
      network.clock.set(now);
      const all = (await list()).nodes;
      for (const states of [
        ['UPCOMING'],
        ['OVERDUE'],
        ['MET'],
        ['WAIVED'],
        ['UPCOMING', 'OVERDUE'],
        ['MET', 'OVERDUE'],
        [],
      ]) {
        const { nodes } = await list(`(filter: {state: {in: [${states.join(', ')}]}})`);
        expect(nodes).toEqual(all.filter(({ state }) => states.includes(state)));
      }
    }
    network.clock.set('2026-11-25T03:00:00Z');
    expect(await days('(filter: {expectedOn: {gte: "2026-12-31", lte: "2027-01-13"}})')).toEqual([
      '2026-12-31',
      '2027-01-13',
    ]);
    expect(await days('(filter: {expectedOn: {lte: "2026-12-31"}, state: {in: [UPCOMING]}})')).toEqual(['2026-12-31']);
  });

  it('comes in pages whose cursors fit a moment later, and no other list', async () => {
    const open = 'filter: {state: {in: [UPCOMING, OVERDUE]}}';
    const page = await list(`(first: 1, ${open})`);
    expect([page.nodes[0].expectedOn, page.pageInfo.hasNextPage]).toEqual(['2026-06-30', true]);
    network.clock.set('2026-11-26T03:00:00Z');
    const after = `after: "${page.pageInfo.endCursor}"`;
    expect(await days(`(first: 1, ${open}, ${after})`)).toEqual(['2026-12-31']);
    const { errors } = await network.call(
      network.keys.grantee,
      `{ viewer { asGrantee { expectations(first: 1, ${after}) { nodes { id } } } } }`,
    );
    expect(errors?.[0].extensions.code).toBe('INVALID_CURSOR');
  });
});

describe('a share', () => {
  const share = async (input: object): Promise<{ id: string; shares: { nodes: { id: string }[] } }> =>
    (
      (await network.mutate(
        network.keys.grantee,
        'submitReport',
        { sections: [{ prompt: 'WHAT_HAPPENED', text: 'Lũ rút.' }], ...input },
        'narrativeReport { id shares { nodes { id } } }',
      )) as { narrativeReport: { id: string; shares: { nodes: { id: string }[] } } }
    ).narrativeReport;
  const states = async (agreement: string): Promise<string[]> =>
    (await list()).nodes.filter((each) => each.agreement.id === agreement).map(({ state }) => state);

  it('meets the earliest that is open, not the first that was due', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee', { expects: ['2028-03-01', '2028-04-01'] });
    const [first] = (await list('(filter: {expectedOn: {gte: "2028-03-01", lte: "2028-03-01"}})')).nodes;
    const later = { id: first.id, expectedVersion: 1, movedTo: '2028-05-01' };
    await network.mutate(network.keys.grantee, 'moveExpectation', later, 'expectation { id }');
    await share({ shareWith: [agreement] });
    expect(await states(agreement)).toEqual(['MET', 'UPCOMING']);
    expect((await list()).nodes.filter((each) => each.agreement.id === agreement)[0].dueOn).toBe('2028-04-01');
  });

  it('meets one each, of two that arrive at once', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee', { expects: ['2029-01-01', '2029-02-01'] });
    await Promise.all([
      share({ shareWith: [agreement] }),
      share({ shareWith: [agreement] }),
      share({ shareWith: [agreement] }),
    ]);
    expect(await states(agreement)).toEqual(['MET', 'MET']);
    const met = await network.sql<{ shares: number }>(
      'SELECT count(DISTINCT met_by_share_id)::int AS shares FROM reporting_expectations WHERE agreement_id = $1',
      [agreement.slice(4)],
    );
    expect(met).toEqual([{ shares: 2 }]);
    await expect(
      network.sql(
        'UPDATE reporting_expectations SET met_by_share_id = (SELECT met_by_share_id FROM reporting_expectations WHERE agreement_id = $1 LIMIT 1) WHERE agreement_id = $1',
        [agreement.slice(4)],
      ),
    ).rejects.toThrow('reporting_expectations_met_once');
  });

  it('that is no longer shared opens it again, and one that was answered stays', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee', { expects: ['2029-06-01'] });
    const report = await share({ shareWith: [agreement] });
    expect(await states(agreement)).toEqual(['MET']);
    const unshare = (shareId: string): Promise<{ userErrors: { code: string }[] }> =>
      network.mutate(network.keys.grantee, 'unshareReport', { shareId }, 'reportShare { id }');
    await unshare(report.shares.nodes[0].id);
    expect(await states(agreement)).toEqual(['UPCOMING']);
    const again = await share({ shareWith: [agreement] });
    const shareId = again.shares.nodes[0].id;
    const answer = { shareId, kind: 'LEARNED', text: 'We learned a lot.' };
    await network.mutate(network.keys.funder, 'respondToReport', answer, 'reportShare { id }');
    expect((await unshare(shareId)).userErrors).toMatchObject([{ code: 'SHARE_ALREADY_ANSWERED' }]);
    expect(await states(agreement)).toEqual(['MET']);
  });
});

describe('ReportingExpectation.alreadyTold', () => {
  it('names the reports that would meet it, to the grantee alone, until they are shared there', async () => {
    network.clock.set('2026-11-25T03:00:00Z');
    const { grantee } = network.keys;
    const [first, second] = [
      await makeAgreement(network, 'funder', 'grantee', { expects: ['2026-12-31', '2027-12-31'] }),
      await makeAgreement(network, 'secondFunder', 'grantee', { expects: ['2027-02-28'] }),
    ];
    const write = async (name: string, input: object): Promise<string> =>
      ((await network.mutate(grantee, name, input, 'narrativeReport { id }')) as { narrativeReport: { id: string } })
        .narrativeReport.id;
    const sections = [{ prompt: 'WHAT_HAPPENED', text: 'Lũ rút.' }];
    const year = { startsOn: '2026-01-01', endsOn: '2026-12-31' };
    const story = await write('submitReport', { sections, period: year, shareWith: [first] });
    await write('draftReport', { sections, period: year });
    await write('submitReport', { sections });
    await write('submitReport', { sections: [{ ...sections[0], isVisible: false }], period: year });
    const told = async (key: string, agreement: string): Promise<unknown> => {
      const query = `query ($id: ID!) { agreement(id: $id) { expectations { expectedOn alreadyTold { id } } } }`;
      const { data, errors } = await network.call(key, query, { id: agreement });
      expect(errors).toBeUndefined();
      return (data as { agreement: { expectations: unknown } }).agreement.expectations;
    };
    expect(await told(grantee, first)).toEqual([
      { expectedOn: '2026-12-31', alreadyTold: [] },
      { expectedOn: '2027-12-31', alreadyTold: [] },
    ]);
    expect(await told(grantee, second)).toEqual([{ expectedOn: '2027-02-28', alreadyTold: [{ id: story }] }]);
    for (const key of [network.keys.secondFunder, network.keys.steward]) {
      expect(await told(key, second)).toEqual([{ expectedOn: '2027-02-28', alreadyTold: null }]);
    }
    const { data } = await network.call(
      grantee,
      '{ viewer { asGrantee { expectations(filter: {state: {in: [UPCOMING]}, expectedOn: {gte: "2027-02-28", lte: "2027-02-28"}}) { nodes { alreadyTold { id } } } } } }',
    );
    expect(data.viewer.asGrantee.expectations.nodes).toEqual([{ alreadyTold: [{ id: story }] }]);
    await network.mutate(grantee, 'shareReport', { id: story, shareWith: [second] }, 'narrativeReport { id }');
    expect(await told(grantee, second)).toEqual([{ expectedOn: '2027-02-28', alreadyTold: [] }]);
    const shares = await network.sql<{ id: string }>(
      `SELECT 'shr_' || replace(id::text, '-', '') AS id FROM report_shares WHERE agreement_id = $1`,
      [second.slice(4)],
    );
    await network.mutate(grantee, 'unshareReport', { shareId: shares[0].id }, 'reportShare { id }');
    expect(await told(grantee, second)).toEqual([{ expectedOn: '2027-02-28', alreadyTold: [{ id: story }] }]);
  });
});
