import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TermsChange } from './support/agreement-scenes.js';
import { agreementScenes } from './support/agreement-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

const scenes = agreementScenes(() => network);

/** Everything there is about agreements, to see that a refusal changed nothing. */
async function everything(): Promise<string> {
  const tables = [
    'agreements',
    'agreement_revisions',
    'installments',
    'disbursements',
    'reporting_expectations',
    'events',
    'acquaintances',
  ];
  const rows = await Promise.all(
    tables.map((table) =>
      network.sql(`SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM ${table} t`),
    ),
  );
  return JSON.stringify(rows);
}

const codesOf = (payload: { userErrors: { code: string; path: string[] | null }[] }): string[] =>
  payload.userErrors.map(({ code, path }) => `${code} ${(path ?? []).join('.')}`);

describe('terms that break a rule are refused when offered', () => {
  it.each<[string, TermsChange, string[]]>([
    ['installments that do not sum', { parts: ['400.00', '599.99'] }, ['INSTALLMENTS_DO_NOT_SUM terms.installments']],
    ['a payment after the end', { endsOn: '2027-12-31' }, ['INSTALLMENT_OUTSIDE_TERM terms.installments.1.dueOn']],
    [
      'three reports in two years',
      { expectations: ['2027-05-01', '2027-12-31', '2028-12-31'].map((dueOn) => ({ dueOn })) },
      ['TOO_MANY_EXPECTATIONS terms.expectations'],
    ],
  ])('%s', async (_, change, codes) => {
    const draft = await scenes.draft(change);
    const before = await everything();
    const refused = await scenes.act('offerAgreement', { id: draft.id, expectedVersion: 1 }, network.keys.funder);
    expect(codesOf(refused)).toEqual(codes);
    expect(refused.agreement).toBeNull();
    expect(await everything()).toBe(before);
  });
});

describe('a draft is refused', () => {
  const money = (amount: string, currency = 'USD'): object => ({ amount, currency });
  it.each<[string, TermsChange, string[]]>([
    ['with a third decimal', { committed: money('0.001') }, ['MONEY_TOO_PRECISE terms.committed.amount']],
    ['with half a đồng', { committed: money('0.5', 'VND'), parts: [] }, ['MONEY_TOO_PRECISE terms.committed.amount']],
    ['for nothing', { committed: money('0') }, ['MONEY_OUT_OF_RANGE terms.committed.amount']],
    ['for less than nothing', { committed: money('-5') }, ['MONEY_OUT_OF_RANGE terms.committed.amount']],
    ['in no currency', { committed: money('5', 'XXY') }, ['UNKNOWN_CURRENCY terms.committed.currency']],
    [
      'in two currencies',
      { installments: [{ dueOn: '2027-02-01', amount: money('1000', 'EUR') }] },
      ['CURRENCY_MISMATCH terms.installments.0.amount.currency'],
    ],
    ['that ends before it starts', { endsOn: '2026-12-31' }, ['TERM_INVALID terms.endsOn']],
    [
      'with a silent lobbying clause',
      { lobbyingClause: 'PROHIBITED' },
      ['LOBBYING_REASON_NEEDED terms.lobbyingReason'],
    ],
    ['with a note too long', { note: 'x'.repeat(2001) }, ['TEXT_TOO_LONG terms.note']],
    ['with a NUL in the note', { note: 'a\u0000b' }, ['TEXT_MALFORMED terms.note']],
    ['with notice beyond three years', { noticeDays: 1096 }, ['NUMBER_OUT_OF_RANGE terms.noticeDays']],
  ])('%s', async (_, change, codes) => {
    const before = await everything();
    const input = { granteeId: network.ids.grantee, terms: scenes.terms(change) };
    expect(codesOf(await scenes.act('draftAgreement', input, network.keys.funder))).toEqual(codes);
    expect(await everything()).toBe(before);
  });

  it('for a grantee that does not exist, or is no grantee', async () => {
    for (const granteeId of [network.ids.funder.replace('fun_', 'gte_'), `gte_${'0'.repeat(32)}`]) {
      const input = { granteeId, terms: scenes.terms() };
      const [code] = codesOf(await scenes.act('draftAgreement', input, network.keys.funder));
      expect(['NOT_FOUND granteeId', 'SAME_PARTIES granteeId']).toContain(code);
    }
  });

  it('on a day that does not exist, before anything runs', async () => {
    const { errors } = await network.call(
      network.keys.funder,
      'mutation ($input: DraftAgreementInput!) { draftAgreement(input: $input) { agreement { id } } }',
      { input: { granteeId: network.ids.grantee, terms: scenes.terms({ startsOn: '2027-02-31' }) } },
    );
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('whoever comes late', () => {
  it('is told the present version, and changes nothing', async () => {
    const offered = await scenes.offered();
    const before = await everything();
    for (const [name, key, more] of [
      ['withdrawAgreement', network.keys.funder, {}],
      ['declineAgreement', network.keys.grantee, {}],
      ['requestAgreementChanges', network.keys.grantee, { message: 'More time' }],
      ['acceptAgreement', network.keys.grantee, scenes.acceptance(offered)],
    ] as const) {
      const stale = await scenes.act(name, { id: offered.id, expectedVersion: 1, ...more }, key);
      expect(stale.userErrors).toMatchObject([{ code: 'STALE_VERSION', currentVersion: 2 }]);
    }
    expect(await everything()).toBe(before);
  });

  it('finds one winner when one accepts while the other withdraws', async () => {
    for (let round = 0; round < 10; round++) {
      const offered = await scenes.offered();
      const results = await Promise.all([
        scenes.act('acceptAgreement', scenes.acceptance(offered), network.keys.grantee),
        scenes.act('withdrawAgreement', { id: offered.id, expectedVersion: offered.version }, network.keys.funder),
      ]);
      const [winner, ...others] = results.filter(({ userErrors }) => userErrors.length === 0);
      expect(others).toEqual([]);
      const loser = results.find(({ userErrors }) => userErrors.length > 0);
      expect(['STALE_VERSION', 'ACTION_NOT_ALLOWED']).toContain(loser.userErrors[0].code);
      const { state, version } = await scenes.read(network.keys.funder, offered.id);
      expect([state, version]).toEqual([winner.agreement.state, 3]);
    }
  });

  it('cannot accept twice, or what ended', async () => {
    const active = await scenes.active();
    const twice = await scenes.act('acceptAgreement', scenes.acceptance(active), network.keys.grantee);
    expect(codesOf(twice)).toEqual(['ACTION_NOT_ALLOWED id']);
    expect(twice.userErrors[0].message).toContain('active');
  });
});

it('a repeated call does it once, and with other input not at all', async () => {
  const input = { granteeId: network.ids.grantee, terms: scenes.terms(), idempotencyKey: 'draft-1' };
  const answers = await Promise.all([1, 2, 3].map(() => scenes.act('draftAgreement', input, network.keys.funder)));
  const again = await scenes.act('draftAgreement', input, network.keys.funder);
  const ids = new Set([...answers, again].flatMap(({ agreement }) => (agreement ? [agreement.id] : [])));
  expect(ids.size).toBe(1);
  expect(new Set(answers.flatMap(codesOf))).toEqual(
    new Set(answers.some((one) => !one.agreement) ? ['IDEMPOTENCY_IN_FLIGHT idempotencyKey'] : []),
  );
  const other = { ...input, terms: scenes.terms({ note: 'other' }) };
  expect(codesOf(await scenes.act('draftAgreement', other, network.keys.funder))).toEqual([
    'IDEMPOTENCY_MISMATCH idempotencyKey',
  ]);
  const counted = await network.sql<{ count: string }>(
    'SELECT count(*) FROM idempotency_outcomes WHERE idempotency_key = $1',
    ['draft-1'],
  );
  expect(counted).toEqual([{ count: '1' }]);
});

describe('what is not yours does not exist', () => {
  it('for another funder or grantee', async () => {
    const active = await scenes.active();
    const offered = await scenes.offered();
    const draft = await scenes.draft();
    const installmentId = active.installments[0].id as string;
    const amount = { amount: '1.00', currency: 'USD' };
    const { disbursement } = await network.mutate(
      network.keys.funder,
      'recordDisbursement',
      { installmentId, sentOn: '2026-11-01', amount },
      'disbursement { id }',
    );
    const expectation = { id: active.expectations[0].id as string, expectedVersion: 1 };
    const change = { id: offered.id as string, expectedVersion: 2 };
    const payment = { id: (disbursement as { id: string }).id, expectedVersion: 1 };
    const { secondFunder, secondGrantee, grantee } = network.keys;
    const before = await everything();
    const attempts: [string, string, object][] = [
      [secondFunder, 'reviseAgreement', { id: draft.id, expectedVersion: 1, terms: scenes.terms() }],
      [secondFunder, 'discardAgreement', { id: draft.id, expectedVersion: 1 }],
      [secondFunder, 'offerAgreement', { id: draft.id, expectedVersion: 1 }],
      [secondFunder, 'withdrawAgreement', change],
      [secondFunder, 'renewAgreement', { id: active.id }],
      [secondFunder, 'recordDisbursement', { installmentId, sentOn: '2026-11-01', amount }],
      [secondFunder, 'voidDisbursement', payment],
      [secondFunder, 'returnDisbursement', payment],
      [secondFunder, 'waiveExpectation', expectation],
      [secondGrantee, 'acceptAgreement', scenes.acceptance(offered)],
      [secondGrantee, 'declineAgreement', change],
      [secondGrantee, 'requestAgreementChanges', { ...change, message: 'x' }],
      [secondGrantee, 'confirmDisbursement', { ...payment, receivedOn: '2026-11-02', received: amount }],
      [secondGrantee, 'reportDisbursementMissing', payment],
      [secondGrantee, 'moveExpectation', { ...expectation, movedTo: '2028-01-15' }],
      [grantee, 'acceptAgreement', scenes.acceptance(draft)],
    ];
    for (const [key, name, input] of attempts) {
      const { userErrors } = await network.mutate(key, name, input, '__typename');
      expect([name, userErrors]).toMatchObject([name, [{ code: 'NOT_FOUND' }]]);
    }
    expect(await everything()).toBe(before);
    for (const key of [secondFunder, secondGrantee]) expect(await scenes.read(key, active.id)).toBeNull();
  });

  it('for analysts and the public', async () => {
    const { id } = await scenes.offered();
    const query = `query ($id: ID!) { node(id: $id) { id } }`;
    for (const key of [network.keys.analyst, null]) {
      expect((await network.call(key, query, { id })).data).toEqual({ node: null });
      const { errors } = await network.call(key, `query ($id: ID!) { agreement(id: $id) { id } }`, { id });
      expect(errors?.[0]?.extensions.code).toBe(key ? 'FORBIDDEN' : 'UNAUTHENTICATED');
      const below = await network.call(
        key,
        `query ($id: ID!) { funder(id: $id) { name agreements { nodes { id } } } }`,
        { id: network.ids.funder },
      );
      expect(below.data.funder).toEqual({ name: 'Riverstone Fund', agreements: null });
      expect(below.errors?.[0]?.extensions.code).toBe(key ? 'FORBIDDEN' : 'UNAUTHENTICATED');
    }
  });
});
