import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { findBreaches } from '../src/doctor/doctor.js';
import { agreementScenes } from './support/agreement-scenes.js';
import { moneyScenes } from './support/money-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
const scenes = agreementScenes(() => network);
const { done, received, repay } = moneyScenes(() => network, scenes);
const CALLERS = ['funder', 'grantee', 'steward'] as const;
type Caller = (typeof CALLERS)[number];

interface Shown {
  id: string;
  state: string;
  createdAt: string;
  updatedAt: string;
  endsOn: string;
  nextDueOn: string | null;
  isLate: boolean;
  committed: { amount: string; currency: string };
  grantee: { organization: { country: string | null } };
  installments: { id: string; dueOn: string; state: string; isLate: boolean; lateAt: string | null }[];
}
const SHOWN = `id state createdAt updatedAt endsOn nextDueOn isLate committed { amount currency } grantee { organization { country } }
  installments { id dueOn state isLate lateAt }`;

async function nodes<T>(caller: keyof Network['keys'], list: string, args: string, fields: string): Promise<T[]> {
  const { data, errors } = await network.call(network.keys[caller], `{ ${list}${args} { nodes { ${fields} } } }`);
  if (errors) throw new Error(JSON.stringify(errors));
  return (data as Record<string, { nodes: T[] }>)[list].nodes;
}
const all = (caller: Caller): Promise<Shown[]> => nodes(caller, 'agreements', '(first: 100)', SHOWN);
const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** The rows an order lists, by a text and then by id. */
function ordered<T extends { id: string }>(rows: readonly T[], by: (row: T) => string | null, descending = false): T[] {
  const known = rows.filter((row) => by(row) !== null);
  const sorted = known.sort((a, b) => (`${by(a)!} ${a.id}` < `${by(b)!} ${b.id}` ? -1 : 1));
  return descending ? sorted.reverse() : sorted;
}

/** Agreements of every kind: what is asked of lists is held against what each of them says of itself. */
beforeAll(async () => {
  network = await startNetwork();
  network.clock.set('2027-01-10T03:00:00Z');
  await scenes.draft();
  await scenes.offered({ endsOn: '2028-06-30' });
  await scenes.active({ endsOn: '2029-12-31' });
  const first = async (change = {}): Promise<string> => (await scenes.active(change)).installments[0].id as string;
  network.clock.set('2027-01-20T03:00:00Z');
  const basis = { ground: 'COURT_ORDER', legalBasis: 'Order 7 of the district court' };
  const hold = async (): Promise<{ id: string }> =>
    done('funder', 'placeLegalHold', { installmentId: await first(), ...basis }, 'legalHold { id }');
  await hold();
  const lifted = await hold();
  network.clock.set('2027-02-05T03:00:00Z');
  await done('funder', 'liftLegalHold', { id: lifted.id, expectedVersion: 1 }, 'legalHold { id }');
  const small = { committed: { amount: '500.00', currency: 'USD' }, parts: ['400.00', '100.00'] };
  await received(await first(small), '400.00');
  const back = await received(await first(), '400.00', '2027-01-20', '2027-02-02');
  await repay(back.id, '150.00', '2027-02-05');
  for (const amount of ['90000000', '80000000'])
    await scenes.active({ committed: { amount, currency: 'VND' }, parts: [amount] });
  const { keys, ids } = network;
  const elsewhere = { granteeId: ids.secondGrantee, terms: scenes.terms() };
  for (const isOffered of [true, false]) {
    const { agreement } = await scenes.act('draftAgreement', elsewhere, keys.funder);
    if (isOffered) await scenes.move('offerAgreement', agreement);
  }
  await move('KE');
});
afterAll(() => network.stop());

/** The second grantee moves to another country. */
async function move(country: string): Promise<void> {
  const key = network.keys.secondGrantee;
  const { data } = await network.call(key, '{ viewer { organization { version } } }');
  const { version } = data.viewer.organization as { version: number };
  const input = { expectedVersion: version, country };
  expect(await network.mutate(key, 'updateOrganization', input, '__typename')).toMatchObject({ userErrors: [] });
}

const isAwaited = ({ state, lateAt }: Shown['installments'][number]): boolean =>
  lateAt !== null && (state === 'SCHEDULED' || state === 'SENT');
/** As its installments say, which are computed from what happened. */
const isLate = ({ installments }: Shown): boolean => installments.some((one) => one.isLate);
const dueOn = ({ installments }: Shown): string | null =>
  installments
    .filter(isAwaited)
    .map((one) => one.dueOn)
    .sort()[0] ?? null;
const usd = ({ committed }: Shown): string | null =>
  committed.currency === 'USD' ? committed.amount.padStart(12, '0') : null;
const country = ({ grantee }: Shown): string | null => grantee.organization.country;

describe.each(CALLERS)('to the %s', (caller) => {
  const filtered = async (filter: string): Promise<string[]> =>
    idsOf(await nodes(caller, 'agreements', `(first: 100, filter: {${filter}})`, 'id'));

  it.each(['2027-01-25', '2027-02-05', '2027-02-06', '2027-02-12', '2028-03-01'])(
    'a filter finds on %s what says the same of itself',
    async (day) => {
      network.clock.set(`${day}T03:00:00Z`);
      const rows = await all(caller);
      for (const row of rows) expect([row.id, row.isLate, row.nextDueOn]).toEqual([row.id, isLate(row), dueOn(row)]);
      const { updatedAt } = ordered(rows, (row) => row.updatedAt)[Math.floor(rows.length / 2)];
      const newest = (keep: (row: Shown) => boolean): Shown[] =>
        ordered(rows.filter(keep), (row) => row.createdAt, true);
      const due = (keep: (day: string) => boolean): Shown[] => ordered(rows, dueOn).filter((row) => keep(dueOn(row)!));
      const cases: [string, Shown[]][] = [
        ['isLate: true', ordered(rows.filter(isLate), dueOn)],
        ['isLate: false', newest((row) => !isLate(row))],
        ['isLate: true, nextDueOn: {gte: "2028-01-01"}', due((on) => on > '2028').filter(isLate)],
        ['nextDueOn: {lte: "2027-01-31"}', due((on) => on <= '2027-01-31')],
        ['nextDueOn: {gte: "2027-02-01", lte: "2028-12-31"}, state: {in: [ACTIVE]}', due((on) => on > '2027-01-31')],
        [
          'endsOn: {gte: "2028-12-31"}',
          ordered(
            rows.filter(({ endsOn }) => endsOn >= '2028-12-31'),
            (row) => row.endsOn,
          ),
        ],
        [
          `updatedAt: {gte: "${updatedAt}"}`,
          ordered(
            rows.filter((row) => row.updatedAt >= updatedAt),
            (row) => row.updatedAt,
            true,
          ),
        ],
        ['committed: {currency: "USD", gte: "500"}', ordered(rows, usd, true)],
        [
          'committed: {currency: "USD", gte: "0.01", lte: "999.99"}',
          ordered(rows, usd, true).filter((row) => usd(row)! < '000001000.00'),
        ],
        ['committed: {currency: "VND"}', newest((row) => usd(row) === null)],
        ['granteeCountry: {in: ["KE"]}', newest((row) => country(row) === 'KE')],
        [
          'granteeCountry: {in: ["KE", "VN"]}, isLate: false, state: {in: [OFFERED]}',
          newest((row) => country(row) === 'KE' && row.state === 'OFFERED'),
        ],
      ];
      for (const [filter, expected] of cases)
        expect([filter, await filtered(filter)]).toEqual([filter, idsOf(expected)]);
    },
  );

  it.each(['2027-01-25', '2027-02-06', '2028-03-01'])('and so do installments on %s', async (day) => {
    network.clock.set(`${day}T03:00:00Z`);
    const rows = (await all(caller))
      .flatMap(({ installments }) => installments)
      .filter(({ lateAt }) => lateAt !== null);
    const cases: [string, (row: (typeof rows)[number]) => boolean][] = [
      ['', () => true],
      ['isLate: true', (row) => row.isLate],
      ['isLate: false', (row) => !row.isLate],
      ['state: {in: [RECEIVED]}', ({ state }) => state === 'RECEIVED'],
      ['state: {in: [SENT, SCHEDULED]}, dueOn: {lte: "2027-12-31"}', (row) => isAwaited(row) && row.dueOn < '2028'],
      [`grantee: "${network.ids.secondGrantee}"`, () => false],
    ];
    for (const [filter, keep] of cases) {
      for (const descending of [false, true]) {
        const order = descending ? ', orderBy: {field: DUE_ON, direction: DESC}' : '';
        const found = await nodes<{ id: string }>(
          caller,
          'installments',
          `(first: 100, filter: {${filter}}${order})`,
          'id',
        );
        const expected = ordered(rows.filter(keep), (row) => row.dueOn, descending);
        expect([filter, idsOf(found)]).toEqual([filter, idsOf(expected)]);
      }
    }
  });

  it('an order lists what has one, both ways, page by page while the clock goes on', async () => {
    network.clock.set('2027-02-12T03:00:00Z');
    const rows = await all(caller);
    const orders: [string, string, Shown[]][] = [
      ['NEXT_DUE_ON', '', ordered(rows, dueOn)],
      ['NEXT_DUE_ON', 'isLate: true', ordered(rows.filter(isLate), dueOn)],
      ['ENDS_ON', '', ordered(rows, (row) => row.endsOn)],
      ['COMMITTED', 'committed: {currency: "USD"}', ordered(rows, usd)],
    ];
    for (const [field, filter, expected] of orders) {
      for (const direction of ['ASC', 'DESC']) {
        const found: string[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const after = cursor && `after: "${cursor}", `;
          const args = `first: 2, ${after}filter: {${filter}}, orderBy: {field: ${field}, direction: ${direction}}`;
          const query = `{ agreements(${args}) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
          const { data } = await network.call(network.keys[caller], query);
          found.push(...idsOf(data.agreements.nodes as { id: string }[]));
          const { hasNextPage, endCursor } = data.agreements.pageInfo as { hasNextPage: boolean; endCursor: string };
          cursor = hasNextPage ? endCursor : null;
        }
        expect([field, found]).toEqual([field, idsOf(direction === 'ASC' ? expected : [...expected].reverse())]);
      }
    }
  });
});

it('a list below a party is filtered like any other', async () => {
  network.clock.set('2027-02-12T03:00:00Z');
  const { keys, ids } = network;
  const late = 'filter: {isLate: true}';
  const below = `agreements(${late}) { nodes { id } } installments(${late}) { nodes { id } }`;
  const query = `query ($funder: ID!, $grantee: ID!) { funder(id: $funder) { ${below} } grantee(id: $grantee) { ${below} } viewer { asFunder { ${below} } } }`;
  const expected = await nodes<{ id: string }>('funder', 'agreements', `(${late})`, 'id');
  expect(expected).toHaveLength(5);
  for (const caller of ['funder', 'grantee', 'steward'] as const) {
    const { data } = await network.call(keys[caller], query, { funder: ids.funder, grantee: ids.grantee });
    for (const side of [data.funder, data.grantee, ...(caller === 'funder' ? [data.viewer.asFunder] : [])])
      expect([side.agreements.nodes, side.installments.nodes.length]).toEqual([expected, 5]);
  }
  for (const key of [keys.analyst, null]) {
    const { data, errors } = await network.call(
      key,
      `{ funder(id: "${ids.funder}") { name installments { nodes { id } } } }`,
    );
    expect([data.funder.installments, errors?.[0].extensions.code]).toEqual([
      null,
      key ? 'FORBIDDEN' : 'UNAUTHENTICATED',
    ]);
  }
});

it('a grantee that moves is found in its new country, drafts included', async () => {
  const find = async (where: string): Promise<number> =>
    (await nodes('funder', 'agreements', `(filter: {granteeCountry: {in: ["${where}"]}})`, 'id')).length;
  expect([await find('KE'), await find('CO')]).toEqual([2, 0]);
  await move('CO');
  expect([await find('KE'), await find('CO')]).toEqual([0, 2]);
});

it.each([
  ['filter: {isLate: true, endsOn: {lte: "2028-01-01"}}', 'RANGES_DO_NOT_COMBINE'],
  ['filter: {isLate: true}, orderBy: {field: CREATED_AT, direction: ASC}', 'ORDER_DOES_NOT_FIT'],
  ['orderBy: {field: COMMITTED, direction: ASC}', 'ORDER_NEEDS_CURRENCY'],
  ['filter: {committed: {currency: "VND", gte: "0.5"}}', 'MONEY_TOO_PRECISE'],
  ['filter: {committed: {currency: "USD", lte: "1000000000000000"}}', 'MONEY_OUT_OF_RANGE'],
  ['filter: {committed: {currency: "XXY", gte: "1"}}', 'UNKNOWN_CURRENCY'],
  ['filter: {grantee: "ins_1"}', 'INVALID_ID'],
])('%s is refused: %s', async (args, code) => {
  const { errors } = await network.call(network.keys.funder, `{ agreements(${args}) { nodes { id } } }`);
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
});

it('the doctor finds what is stored for lists to be true, and what is not', async () => {
  const owner = new pg.Client({ connectionString: network.databaseUrls.owner });
  await owner.connect();
  const broken = async (): Promise<string[]> =>
    (await findBreaches(owner)).filter(({ breaches }) => breaches.length > 0).map(({ name }) => name);
  expect(await broken()).toEqual([]);
  await owner.query(`BEGIN; SET LOCAL session_replication_role = replica;
    UPDATE installments SET late_from = late_at + interval '1 day' WHERE late_from IS NOT NULL;
    UPDATE agreements SET grantee_country = 'FR'; COMMIT`);
  expect(await broken()).toEqual([
    'an installment that nothing excuses is late from the end of its day',
    'an agreement shows its earliest installment and the country of its grantee',
  ]);
  await owner.end();
});
