import { describe, expect, it } from '@jest/globals';
import type { AmendableInstallment, Schedule } from './amended-schedule.rules.js';
import type { AmendmentKind, InstallmentChange } from './amendment.rules.js';
import { storedChange } from './amendment.rules.js';
import { LAPSE_WORDS } from './lapse-words.rules.js';
import type { Waiting } from './waiting-amendments.rules.js';
import { LAPSE_REASONS, effectOf, inOrder, startsFrom, stepsUntil } from './waiting-amendments.rules.js';

const ZONE = 'Asia/Ho_Chi_Minh';
const at = (day: string): Date => new Date(`${day}T00:00:00+07:00`);
const installment = (
  number: number,
  amount: bigint,
  change: Partial<AmendableInstallment> = {},
): AmendableInstallment => ({
  ...{
    id: `i${number}`,
    number,
    dueOn: `202${6 + number}-01-31`,
    amountMinor: amount,
    state: 'SCHEDULED',
    payments: [],
  },
  ...change,
});
const schedule = (change: Partial<Schedule> = {}): Schedule => ({
  ...{ state: 'ACTIVE', committedMinor: 1000n, startsOn: '2027-01-01', endsOn: '2028-12-31', expectations: [] },
  installments: [installment(1, 400n), installment(2, 600n)],
  ...change,
});
interface Wanted {
  readonly installments?: readonly Partial<InstallmentChange>[];
  readonly endsOn?: string;
}
const waiting = (
  kind: AmendmentKind,
  day: string,
  { installments = [], endsOn }: Wanted,
  id: string = kind,
): Waiting => ({
  ...{ id, kind, takesEffectAt: at(day), decidedAt: at('2027-01-01') },
  change: storedChange({
    installments: installments.map((one) => ({ id: 'i2', isNew: false, dueOn: null, amountMinor: null, ...one })),
    ...{ endsOn: endsOn ?? null, expectationIds: [], fiscalSponsor: null },
  }),
});
const reduced = (amountMinor: bigint | null, day: string, id?: string): Waiting =>
  waiting('REDUCE_FUNDS', day, { installments: [{ amountMinor }] }, id);
const sent = { payments: [{ state: 'SENT', amountMinor: 600n, repaidMinor: 0n, isSurplus: false }] } as never;

describe('those that wait', () => {
  it('take effect in the order of their days, then of their acceptance, then of their ids', () => {
    const one = (id: string, day: string, decided: string): Waiting => ({
      ...reduced(1n, day, id),
      decidedAt: at(decided),
    });
    const all = [
      ...[one('d', '2027-06-02', '2027-01-01'), one('c', '2027-06-01', '2027-01-03')],
      ...[one('b', '2027-06-01', '2027-01-02'), one('a', '2027-06-01', '2027-01-02')],
    ];
    expect(inOrder(all).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are applied to what is there on their day', () => {
    const steps = stepsUntil(
      schedule(),
      [reduced(100n, '2027-12-01', 'later'), reduced(200n, '2027-11-23', 'first')],
      at('2027-12-31'),
      ZONE,
      { isMoneyAwaited: true },
    );
    expect(steps.map(({ amendment, after }) => [amendment.id, after.committedMinor])).toEqual([
      ['first', 600n],
      ['later', 500n],
    ]);
  });

  it('wait behind an early end that waits for money, unless the question is how it will be', () => {
    const inFlight = schedule({ installments: [installment(1, 400n), installment(2, 600n, sent)] });
    const both = [waiting('RELEASE', '2027-06-01', {}), reduced(100n, '2027-07-01')];
    expect(stepsUntil(inFlight, both, at('2027-12-31'), ZONE, { isMoneyAwaited: true })).toEqual([]);
    const steps = stepsUntil(inFlight, both, at('2027-06-01'), ZONE, { isMoneyAwaited: false });
    expect(steps.map(({ after, lapsedBecause }) => [after.state, lapsedBecause])).toEqual([
      ['RELEASED', null],
      ['RELEASED', 'AGREEMENT_ENDED'],
    ]);
  });

  it('are what a proposal for their day or a later one starts from', () => {
    const of = (effectiveOn: string | null): { effectiveOn: string | null } => ({ effectiveOn });
    expect(startsFrom(of('2027-06-01'), of('2027-06-01'))).toBe(true);
    expect(startsFrom(of('2027-05-31'), of('2027-06-01'))).toBe(false);
    expect(startsFrom(of(null), of('2027-06-01'))).toBe(false);
  });
});

describe('one whose day has come', () => {
  const half = installment(2, 600n, sent);
  const over = { endsOn: '2027-10-31', installments: [installment(1, 400n, { state: 'RECEIVED' })] } as const;
  it.each<[string, Schedule, Waiting, string]>([
    ['finds the agreement ended', schedule({ state: 'RELEASED' }), reduced(1n, '2027-11-23'), 'AGREEMENT_ENDED'],
    ['finds the agreement complete', schedule(over), waiting('RELEASE', '2027-11-23', {}), 'AGREEMENT_COMPLETED'],
    ['finds money sent', schedule({ installments: [half] }), reduced(1n, '2027-11-23'), 'MONEY_SENT'],
    ['finds less than it leaves', schedule(), reduced(600n, '2027-11-23'), 'NOTHING_LEFT'],
    [
      'finds a shorter term',
      schedule(),
      waiting('SHORTEN_TERM', '2027-11-23', { endsOn: '2029-01-01' }),
      'NOTHING_LEFT',
    ],
    [
      'finds a payment that is later already',
      schedule(),
      waiting('MOVE_PAYMENT_LATER', '2027-11-23', { installments: [{ dueOn: '2028-01-30' }] }),
      'NOTHING_LEFT',
    ],
    [
      'finds nothing else promised',
      schedule({ installments: [installment(2, 600n)], committedMinor: 600n }),
      reduced(null, '2027-11-23'),
      'LEAVES_NOTHING',
    ],
  ])('%s, and lapses', (_, before, amendment, because) => {
    expect(effectOf(before, amendment, ZONE)).toEqual({ is: 'LAPSED', because });
  });

  it('does the part that is left', () => {
    const part = waiting('REDUCE_FUNDS', '2027-11-23', {
      installments: [{ id: 'i1', amountMinor: 100n }, { amountMinor: 100n }],
    });
    const before = schedule({ installments: [installment(1, 400n), half] });
    expect(effectOf(before, part, ZONE)).toMatchObject({ is: 'DONE', after: { committedMinor: 700n } });
  });

  it('is not complete before the last day of the term is over', () => {
    const lastDay = waiting('RELEASE', '2027-10-31', {});
    expect(effectOf(schedule(over), lastDay, ZONE)).toMatchObject({ is: 'DONE' });
    expect(effectOf(schedule(over), { ...lastDay, takesEffectAt: at('2027-11-01') }, ZONE)).toEqual({
      ...{ is: 'LAPSED', because: 'AGREEMENT_COMPLETED' },
    });
  });

  it('says why in both languages, each in its own words', () => {
    const words = LAPSE_REASONS.flatMap((reason) => [LAPSE_WORDS[reason].en, LAPSE_WORDS[reason].vi]);
    expect(new Set(words).size).toBe(2 * LAPSE_REASONS.length);
  });
});
