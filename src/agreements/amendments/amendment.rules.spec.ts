import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Payment } from '../payments/payment.rules.js';
import { countsTowardCap, installmentAfter } from '../payments/payment.rules.js';
import type { AmendableInstallment, Schedule } from './amended-schedule.rules.js';
import { amended, hasMoneyInFlight, sentOn } from './amended-schedule.rules.js';
import { checkChange } from './amendment-checks.rules.js';
import type { AmendmentKind, Change } from './amendment.rules.js';
import {
  AMENDMENT_KINDS,
  changeOf,
  checkForm,
  isAdverse,
  isNoticeKept,
  noticeUntil,
  startOfDay,
  storedChange,
  takesEffectAtOnce,
} from './amendment.rules.js';

const NOTHING: Change = { installments: [], endsOn: null, expectationIds: [], fiscalSponsor: null };
const row = (id: string, dueOn: string | null, amountMinor: bigint | null, isNew = false): Change => ({
  ...NOTHING,
  installments: [{ id, isNew, dueOn, amountMinor }],
});
const payment = (state: Payment['state'], amountMinor: bigint): Payment => ({
  state,
  amountMinor,
  repaidMinor: 0n,
  receivedOn: state === 'RECEIVED' ? '2027-02-01' : null,
  isSurplus: false,
});
const schedule = (payments: Payment[] = []): Schedule => ({
  state: 'ACTIVE',
  committedMinor: 1000n,
  startsOn: '2027-01-01',
  endsOn: '2028-12-31',
  installments: [
    { id: 'a', number: 1, dueOn: '2027-01-31', amountMinor: 400n, state: 'SCHEDULED', payments },
    { id: 'b', number: 2, dueOn: '2028-01-31', amountMinor: 600n, state: 'SCHEDULED', payments: [] },
  ],
  expectations: [
    { id: 'x', dueOn: '2027-12-31', movedTo: null, isMet: false, isWaived: false },
    { id: 'y', dueOn: '2028-12-31', movedTo: null, isMet: false, isWaived: false },
  ],
});

/** A good change of the first installment (or what the kind is about), and the same the wrong way round. */
const SAMPLES: Record<AmendmentKind, { good: Change; wrong: Change | null }> = {
  ADD_FUNDS: { good: row('a', null, 500n), wrong: row('a', null, 400n) },
  MOVE_PAYMENT_EARLIER: { good: row('a', '2027-01-01', null), wrong: row('a', '2027-02-28', null) },
  EXTEND_TERM: { good: { ...NOTHING, endsOn: '2029-12-31' }, wrong: { ...NOTHING, endsOn: '2028-12-30' } },
  DROP_REPORT: { good: { ...NOTHING, expectationIds: ['x'] }, wrong: { ...NOTHING, expectationIds: ['z'] } },
  REDUCE_FUNDS: { good: row('a', null, 300n), wrong: row('a', null, 500n) },
  MOVE_PAYMENT_LATER: { good: row('a', '2027-02-28', null), wrong: row('a', '2027-01-01', null) },
  SHORTEN_TERM: { good: { ...NOTHING, endsOn: '2028-06-30' }, wrong: { ...NOTHING, endsOn: '2029-01-01' } },
  RELEASE: { good: NOTHING, wrong: null },
  CHANGE_SPONSOR: { good: { ...NOTHING, fiscalSponsor: { id: 's', name: 'Harbor Commons' } }, wrong: null },
};
const about = (kind: AmendmentKind, change: Change, of = schedule()): string[] =>
  checkChange(of, kind, change, String).map(({ code }) => code);

describe('each kind', () => {
  it.each(AMENDMENT_KINDS.flatMap((kind) => (['FUNDER', 'GRANTEE'] as const).map((by) => [kind, by] as const)))(
    '%s by the %s',
    (kind, by) => {
      const isGood = ['ADD_FUNDS', 'MOVE_PAYMENT_EARLIER', 'EXTEND_TERM', 'DROP_REPORT'].includes(kind);
      expect(isAdverse(kind)).toBe(!isGood && kind !== 'CHANGE_SPONSOR');
      expect(takesEffectAtOnce(kind, by)).toBe(isGood && by === 'FUNDER');
    },
  );

  it.each(AMENDMENT_KINDS)('%s says what it needs and nothing else', (kind) => {
    const { good } = SAMPLES[kind];
    const day = isAdverse(kind) ? '2028-01-01' : null;
    expect(checkForm(kind, good, day)).toEqual([]);
    expect(checkForm(kind, good, day === null ? '2028-01-01' : null)).toHaveLength(1);
    const everything = {
      ...SAMPLES.CHANGE_SPONSOR.good,
      ...{ installments: row('a', null, 1n).installments, endsOn: '2029-01-01', expectationIds: ['x'] },
    };
    expect(checkForm(kind, everything, day).map(({ code }) => code)).toContain('AMENDMENT_FIELD_UNFIT');
    if (kind !== 'RELEASE') expect(checkForm(kind, NOTHING, day)).toMatchObject([{ code: 'AMENDMENT_FIELD_NEEDED' }]);
    expect(changeOf(storedChange(good))).toEqual(good);
  });

  it.each(AMENDMENT_KINDS)('%s goes one way', (kind) => {
    const { good, wrong } = SAMPLES[kind];
    expect(about(kind, good)).toEqual([]);
    if (wrong) expect(about(kind, wrong)).toEqual([kind === 'DROP_REPORT' ? 'NOT_FOUND' : 'AMENDMENT_WRONG_WAY']);
  });

  it.each(
    AMENDMENT_KINDS.flatMap((kind) =>
      (['SENT', 'RECEIVED', 'MISSING', 'VOIDED'] as const).map((s) => [kind, s] as const),
    ),
  )('%s where a payment was %s', (kind, state) => {
    const paid = schedule([payment(state, 100n)]);
    const { good } = SAMPLES[kind];
    const isTouched = good.installments.length > 0 && state !== 'VOIDED';
    expect(about(kind, good, paid)).toEqual(isTouched ? ['INSTALLMENT_HAS_MONEY'] : []);
    if (kind === 'REDUCE_FUNDS' && (state === 'SENT' || state === 'RECEIVED')) {
      expect(about(kind, row('a', null, 99n), paid)).toEqual(['BELOW_SENT']);
      expect(about(kind, row('a', null, null), paid)).toEqual(['BELOW_SENT']);
    }
    const after = amended(paid, kind, good, '2027-06-01');
    if (isTouched) expect(after.installments[0]).toEqual(paid.installments[0]);
    expect(hasMoneyInFlight(paid)).toBe(state === 'SENT' || state === 'MISSING');
  });
});

describe('what it leads to', () => {
  it('gives up an installment without touching the others', () => {
    const after = amended(schedule(), 'REDUCE_FUNDS', row('a', null, null), '2027-01-01');
    expect(after.committedMinor).toBe(600n);
    expect(after.installments.map(({ state }) => state)).toEqual(['RELEASED', 'SCHEDULED']);
    const all = {
      ...NOTHING,
      installments: [...row('a', null, null).installments, ...row('b', null, null).installments],
    };
    expect(about('REDUCE_FUNDS', all)).toEqual(['AMENDMENT_LEAVES_NOTHING']);
  });

  it('drops the reports of years that are no more', () => {
    const early = schedule();
    const installments = early.installments.map((one) => ({ ...one, dueOn: '2027-01-31' }));
    const after = amended(
      { ...early, installments },
      'SHORTEN_TERM',
      { ...NOTHING, endsOn: '2027-12-31' },
      '2027-01-01',
    );
    expect(after.expectations.map(({ isWaived }) => isWaived)).toEqual([false, true]);
  });

  it('releases what will not come, and hopes for no later report', () => {
    const after = amended(schedule(), 'RELEASE', NOTHING, '2028-01-01');
    expect(after).toMatchObject({ state: 'RELEASED', endsOn: '2028-01-01', committedMinor: 0n });
    expect(after.expectations.map(({ isWaived }) => isWaived)).toEqual([false, true]);
  });

  it('refuses to name an installment twice', () => {
    const { installments } = row('a', null, 500n);
    expect(about('ADD_FUNDS', { ...NOTHING, installments: [...installments, ...installments] })).toEqual([
      'AMENDMENT_FIELD_UNFIT',
    ]);
  });
});

it.each([
  ['2027-11-22', false, false],
  ['2027-11-23', false, true],
  ['2027-11-22', true, true],
])('notice until %s, waived: %s', (effectiveOn, isWaived, isKept) => {
  const until = noticeUntil('2026-11-23', 365);
  expect(isNoticeKept({ effectiveOn, noticeUntil: until, isWaived })).toBe(isKept);
});

it('a day begins where the agreement lives', () => {
  expect(startOfDay('2027-11-23', 'Asia/Ho_Chi_Minh').toISOString()).toBe('2027-11-22T17:00:00.000Z');
});

/** Two parties who try anything: what is refused changes nothing, and what is done keeps the promises. */
describe('any sequence of proposals, answers and payments', () => {
  const day = fc
    .integer({ min: 0, max: 900 })
    .map((n) => new Date(Date.UTC(2026, 11, 1 + n)).toISOString().slice(0, 10));
  const wish = fc.record({
    which: fc.nat(5),
    isNew: fc.boolean(),
    dueOn: fc.option(day),
    amountMinor: fc.option(fc.bigInt(1n, 900n)),
  });
  const step = fc.oneof(
    fc.record({
      type: fc.constant('amend' as const),
      kind: fc.constantFrom(...AMENDMENT_KINDS),
      wishes: fc.array(wish, { minLength: 1, maxLength: 2 }),
      endsOn: day,
      on: day,
      isWaiting: fc.boolean(),
    }),
    fc.record({ type: fc.constant('effect' as const), on: day }),
    fc.record({ type: fc.constant('pay' as const), which: fc.nat(5), amountMinor: fc.bigInt(1n, 500n) }),
    fc.record({
      type: fc.constant('settle' as const),
      which: fc.nat(5),
      to: fc.constantFrom('RECEIVED', 'MISSING', 'VOIDED', 'RETURNED'),
    }),
  );

  it('keeps sums true, history legal, and what was sent', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let now = schedule();
        let waiting: { kind: AmendmentKind; change: Change } | null = null;
        steps.forEach((one, i) => {
          const before = now;
          if (one.type === 'amend' && now.state === 'ACTIVE') {
            const change = changeFrom(one.kind, one, now, i);
            if (checkForm(one.kind, change, isAdverse(one.kind) ? one.on : null).length > 0) return;
            if (checkChange(now, one.kind, change, String).length > 0) return;
            const mayWait = isAdverse(one.kind) && one.isWaiting && waiting === null;
            if (mayWait) waiting = { kind: one.kind, change };
            else if (one.kind !== 'RELEASE' || !hasMoneyInFlight(now)) now = amended(now, one.kind, change, one.on);
          } else if (one.type === 'effect' && waiting !== null && now.state === 'ACTIVE') {
            if (waiting.kind === 'RELEASE' && hasMoneyInFlight(now)) return;
            now = amended(now, waiting.kind, waiting.change, one.on);
            waiting = null;
          } else if (one.type === 'pay' && now.state === 'ACTIVE') {
            now = paid(now, one.which, one.amountMinor);
          } else if (one.type === 'settle') {
            now = settled(now, one.which, one.to);
          }
          expectKept(before, now);
        });
      }),
      { numRuns: 1000, verbose: 1 },
    );
  });
});

type Wishes = {
  wishes: { which: number; isNew: boolean; dueOn: string | null; amountMinor: bigint | null }[];
  endsOn: string;
};
function changeFrom(kind: AmendmentKind, { wishes, endsOn }: Wishes, now: Schedule, step: number): Change {
  if (kind === 'RELEASE') return NOTHING;
  if (kind === 'CHANGE_SPONSOR') return SAMPLES[kind].good;
  if (kind.endsWith('TERM')) return { ...NOTHING, endsOn };
  if (kind === 'DROP_REPORT') return { ...NOTHING, expectationIds: [now.expectations[wishes[0].which % 2].id] };
  const installments = wishes.map(({ which, isNew, dueOn, amountMinor }, i) => ({
    id: isNew ? `${step}.${i}` : now.installments[which % now.installments.length].id,
    isNew,
    dueOn: isNew || kind.startsWith('MOVE') ? dueOn : null,
    amountMinor: kind.startsWith('MOVE') ? null : amountMinor,
  }));
  return { ...NOTHING, installments };
}

function withPayments(now: Schedule, which: number, change: (one: AmendableInstallment) => Payment[]): Schedule {
  const installments = now.installments.map((one, i) => {
    if (i !== which % now.installments.length) return one;
    const payments = change(one);
    const state = one.state === 'RELEASED' ? one.state : installmentAfter(one.amountMinor, payments).state;
    return { ...one, payments, state };
  });
  return { ...now, installments };
}

function paid(now: Schedule, which: number, amountMinor: bigint): Schedule {
  return withPayments(now, which, (one) => {
    const isRefused = one.state === 'RELEASED' || amountMinor > one.amountMinor - sentOn(one);
    return isRefused ? [...one.payments] : [...one.payments, payment('SENT', amountMinor)];
  });
}

function settled(now: Schedule, which: number, to: Payment['state']): Schedule {
  return withPayments(now, which, (one) => {
    const last = one.payments.findIndex(({ state }) => state === 'SENT');
    return one.payments.map((each, i) => (i === last ? { ...payment(to, each.amountMinor) } : each));
  });
}

function expectKept(before: Schedule, now: Schedule): void {
  const live = now.installments.filter(({ state }) => state !== 'RELEASED');
  expect(live.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(now.committedMinor);
  if (now.state === 'ACTIVE') {
    expect(live.every(({ dueOn }) => dueOn <= now.endsOn)).toBe(true);
    expect(now.installments.map(({ number }) => number)).toEqual(now.installments.map((_, i) => i + 1));
  }
  const counted = now.installments.flatMap(({ payments }) => payments.filter(countsTowardCap));
  expect(counted.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBeLessThanOrEqual(now.committedMinor);
  if (now.state === 'ACTIVE') expect(now.committedMinor).toBeGreaterThan(0n);
  expect(now.startsOn <= now.endsOn).toBe(true);
  for (const one of now.installments) expect(sentOn(one)).toBeLessThanOrEqual(one.amountMinor);
  if (before.state === 'RELEASED') expect(now.state).toBe('RELEASED');
  for (const old of before.expectations.filter(({ isWaived }) => isWaived)) {
    expect(now.expectations.find(({ id }) => id === old.id)?.isWaived).toBe(true);
  }
}
