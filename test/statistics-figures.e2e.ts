import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { SealingScenes, SilentEntropy, startSealingNetwork } from './support/statistics-scenes.js';

const TOTAL = 'value display threshold interval { lower upper }';
const FIGURE = `${TOTAL} share shareInterval { lower upper }`;
const STATISTICS = `query ($view: ObstacleStatisticsView, $periods: [String!], $filter: ObstacleStatisticsFilter) {
  obstacleStatistics(view: $view, periods: $periods, filter: $filter) {
    period view quarters openRoadFunderShare total { ${TOTAL} } kinds { kind label ${FIGURE} }
    cells { kind category region label funder { id name } ${FIGURE} } } }`;

interface Figure {
  value: number;
  display: string;
  threshold: number;
  interval: { lower: number; upper: number } | null;
  share: number | null;
  shareInterval: { lower: number; upper: number } | null;
}
interface Statistics {
  period: string;
  quarters: string[] | null;
  total: Figure;
  kinds: (Figure & { kind: string; label: string })[];
  cells: (Figure & { label: string; category: string | null; region: string | null; funder: { id: string } | null })[];
}

let network: Network;
beforeAll(async () => {
  network = await startSealingNetwork(new SilentEntropy());
  const scenes = new SealingScenes(network);
  await scenes.addGrantees({ from: 1, count: 300 });
  await scenes.addGrantees({ from: 400, count: 160, funder: 'secondFunder', country: 'KE' });
  for (const [quarter, at, payments] of [
    ['2026-Q1', '2026-02-01', 80],
    ['2026-Q2', '2026-05-01', 100],
    ['2026-Q3', '2026-08-01', 60],
    ['2026-Q4', '2026-11-01', 90],
  ] as const) {
    await scenes.report({ from: 1, count: payments, code: 'DISBURSEMENT_DELAY', at, funder: 'funder' });
    await scenes.report({ from: 200, count: 50, code: 'VIOLENCE', at });
    await scenes.report({ from: 260, count: 5, code: 'FRAUD_OR_THEFT', at });
    network.clock.set(new Date(Date.parse(at) + 80 * 86_400_000).toISOString());
    await scenes.seal(quarter);
  }
  await scenes.seal('2026');
});
afterAll(() => network.stop());

const ask = async (variables: object, language = 'en'): Promise<Statistics[]> => {
  const { data, text } = await network.call(null, STATISTICS, variables, { 'accept-language': language });
  if (!data) throw new Error(text);
  return (data as { obstacleStatistics: Statistics[] }).obstacleStatistics;
};
const valueOf = ({ cells }: Statistics, category: string): Figure => cells.find((cell) => cell.category === category)!;

describe('what is published', () => {
  it('is read without a key, the latest quarters first', async () => {
    const quarters = await ask({});
    expect(quarters.map(({ period }) => period)).toEqual(['2026-Q4', '2026-Q3', '2026-Q2', '2026-Q1']);
    expect(quarters.map((quarter) => valueOf(quarter, 'FUNDER_PAYMENT').value)).toEqual([90, 60, 100, 80]);
    expect(quarters[0].cells).toHaveLength(10);
    expect(quarters[0].total.value).toBe(145);
  });

  it('says how far off a figure may be, and below the threshold no number', async () => {
    const [quarter] = await ask({ periods: ['2026-Q2'] });
    const payment = valueOf(quarter, 'FUNDER_PAYMENT');
    expect(payment).toMatchObject({ value: 100, display: '100', threshold: 19, interval: { lower: 91, upper: 109 } });
    const fraud = valueOf(quarter, 'ORGANIZATION_PEOPLE');
    expect(fraud).toMatchObject({ value: 5, display: 'fewer than 19', interval: null, shareInterval: null });
    const [vietnamese] = await ask({ periods: ['2026-Q2'] }, 'vi');
    expect(valueOf(vietnamese, 'ORGANIZATION_PEOPLE')).toMatchObject({
      display: 'dưới 19',
      label: 'Con người và đối tác',
    });
    expect(vietnamese.kinds[0].label).toBe('Từ nhà tài trợ');
  });

  it('tells what share is funder-created, to hold beside the published one', async () => {
    const [quarter] = await ask({ periods: ['2026-Q2'] });
    const [funders, external] = quarter.kinds;
    expect(funders).toMatchObject({ kind: 'FUNDER', value: 100 });
    expect(funders.share).toBeCloseTo(100 / 155, 10);
    const { lower, upper } = funders.shareInterval!;
    expect(lower).toBeGreaterThan(0.4);
    expect(lower).toBeLessThan(funders.share!);
    expect(upper).toBeGreaterThan(funders.share!);
    expect(upper).toBeLessThan(0.8);
    expect(funders.share! + external.share! + quarter.kinds[2].share!).toBeCloseTo(1, 10);
    expect(quarter).toMatchObject({
      openRoadFunderShare: 0.46,
      quarters: null,
    });
  });

  it('adds up a year by category, in organization-quarters, with the interval of a sum', async () => {
    const [year] = await ask({ periods: ['2026'] });
    expect(year).toMatchObject({ period: '2026', quarters: ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'] });
    const payment = valueOf(year, 'FUNDER_PAYMENT');
    expect(payment.value).toBe(330);
    const margin = payment.interval!.upper - 330;
    expect(payment.interval!.lower).toBe(330 - margin);
    expect(margin).toBeGreaterThan(9);
    expect(margin).toBeLessThan(4 * 9);
    expect(valueOf(year, 'ORGANIZATION_PEOPLE')).toMatchObject({ value: 20, interval: null });
    expect(valueOf(year, 'ORGANIZATION_PEOPLE').threshold).toBeGreaterThan(19);
  });

  it('answers the cells that are wanted, while shares stay of the whole', async () => {
    const filter = { kind: { in: ['EXTERNAL'] }, category: { in: ['EXTERNAL_CONFLICT', 'FUNDER_PAYMENT'] } };
    const [quarter] = await ask({ periods: ['2026-Q2'], filter });
    expect(quarter.cells.map(({ category }) => category)).toEqual(['EXTERNAL_CONFLICT']);
    expect(quarter.cells[0].share).toBeCloseTo(50 / 155, 10);
    const [year] = await ask({ view: 'KIND_BY_REGION', filter: { region: { in: ['035'] } } });
    expect(year.cells.map(({ label, value }) => [label, value])).toEqual([
      ['South-eastern Asia', 100],
      ['South-eastern Asia', 50],
      ['South-eastern Asia', 5],
    ]);
  });

  it('shows funders by name, and never by figure', async () => {
    const [year] = await ask({ view: 'FUNDER', periods: ['2026'] });
    expect(year.cells.map(({ label, value }) => [label, value])).toEqual([
      ['Lantern Trust', 0],
      ['Riverstone Fund', 100],
    ]);
    expect(year.cells.map(({ funder }) => funder?.id)).toEqual([network.ids.secondFunder, network.ids.funder]);
    const [one] = await ask({ view: 'FUNDER', filter: { funderId: { in: [network.ids.funder] } } });
    expect(one.cells.map(({ value }) => value)).toEqual([100]);
  });

  it('leaves out what is open or of another view, and refuses what is no period', async () => {
    expect(await ask({ periods: ['2027-Q1', '2026-Q1'] })).toMatchObject([{ period: '2026-Q1' }]);
    expect(await ask({ view: 'FUNDER', periods: ['2026-Q1'] })).toEqual([]);
    const { errors } = await network.call(null, STATISTICS, { periods: ['2026-Q1', 'the year 2026'] });
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_A_PERIOD' } }]);
    const strange = await network.call(null, STATISTICS, { view: 'FUNDER', filter: { funderId: { in: ['fun_1'] } } });
    expect(strange.errors).toMatchObject([{ extensions: { code: 'INVALID_ID' } }]);
    const many = await network.call(null, STATISTICS, { periods: Array.from({ length: 41 }, () => '2026') });
    expect(many.errors).toMatchObject([{ extensions: { code: 'TOO_MANY_ITEMS' } }]);
  });
});

describe('the releases', () => {
  const RELEASES = `query ($first: Int, $after: String) { obstacleReleases(first: $first, after: $after) { totalCount
    nodes { period startsOn endsOn state views { view epsilon } ledger { spent limit lines { period } }
      guarantee { text reporting { fromOneQuarter withYearViews fromOneYear fromTwoYears } subject { fromOneQuarter } } }
    pageInfo { hasNextPage endCursor } } }`;
  interface Releases {
    totalCount: number;
    nodes: Record<string, unknown>[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  }
  const list = async (variables: object, language = 'en'): Promise<Releases> =>
    (
      (await network.call(null, RELEASES, variables, { 'accept-language': language })).data as {
        obstacleReleases: Releases;
      }
    ).obstacleReleases;

  it('are listed with what they spent of their year', async () => {
    const first = await list({ first: 4 });
    expect(first.nodes.map(({ period }) => period)).toEqual(['2026-Q4', '2026-Q3', '2026-Q2', '2026-Q1']);
    expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true } });
    const rest = await list({ first: 4, after: first.pageInfo.endCursor });
    expect(rest.nodes).toMatchObject([
      {
        ...{ period: '2026', startsOn: '2026-01-01', endsOn: '2026-12-31', state: 'SEALED' },
        views: [
          { view: 'KIND_BY_REGION', epsilon: 0.2 },
          { view: 'FUNDER', epsilon: 0.4 },
        ],
        ledger: { spent: 2, limit: 2 },
      },
    ]);
    expect(first.nodes[1]).toMatchObject({
      startsOn: '2026-07-01',
      endsOn: '2026-09-30',
      views: [{ view: 'CATEGORY', epsilon: 0.35 }],
    });
  });

  it('say what they guarantee, in numbers and in words of both languages', async () => {
    const [release] = (await list({ first: 1 })).nodes as [
      { guarantee: { text: string; reporting: Record<string, number> } },
    ];
    expect(Object.values(release.guarantee.reporting).map((chance) => Math.round(100 * chance))).toEqual([
      59, 72, 88, 98,
    ]);
    expect(release.guarantee.text).toContain('at most 59 % from one quarter');
    const [other] = (await list({ first: 1 }, 'vi')).nodes as [{ guarantee: { text: string } }];
    expect(other.guarantee.text).toContain('59 % từ số liệu của một quý');
    const { data } = await network.call(null, '{ obstacleGuarantee { text } }');
    expect(data).toEqual({ obstacleGuarantee: { text: release.guarantee.text } });
  });
});

it('never changes the owner’s own view of its entries', async () => {
  const [{ n }] = await network.sql<{ n: number }>(
    'SELECT count(*)::int AS n FROM obstacles.entries WHERE counted_in IS NULL OR version > 1 OR updated_at <> logged_at',
  );
  expect(n).toBe(0);
});
