import { describe, expect, it } from '@jest/globals';
import { OBSTACLE_CODES } from '../../../migrations/obstacle-codes.js';
import { endOfDay } from '../../agreements/due-day.rules.js';
import type { Fact } from './suggestion.rules.js';
import { SUGGESTION_CODES, comparePlaces, suggest } from './suggestion.rules.js';

const now = new Date('2026-11-23T05:00:00Z');
const grounds = {
  id: 'a',
  at: new Date('2026-11-01T17:00:00Z'),
  funderId: 'f',
  agreementId: 'g',
  origin: 'LIVE' as const,
  timeZone: 'Asia/Ho_Chi_Minh',
};
type Change = Record<string, unknown>;
const fact = (kind: Fact['kind'], change: Change): Fact => ({ ...grounds, kind, ...change }) as Fact;

const installment = ({ dueOn = '2026-11-16', ...change }: Change): Fact =>
  fact('installment', {
    ...{ number: 2, state: 'SCHEDULED', dueOn, lateAt: endOfDay(dueOn as string, grounds.timeZone) },
    ...{ receivedOn: null, holds: [], repayments: [], ...change },
  });
const amendment = (change: Change): Fact =>
  fact('amendment', {
    ...{ amends: 'REDUCE_FUNDS', state: 'ACCEPTED', effectiveOn: '2027-12-01', noticeUntil: '2027-11-02' },
    ...{ noticeWaived: false, ...change },
  });
const share = (change: Change): Fact =>
  fact('share', {
    ...{ state: 'AWAITING_RESPONSE', respondBy: '2026-11-22', respondByAt: new Date('2026-11-22T17:00:00Z') },
    ...{ unsharedAt: null, ...change },
  });
const obstacle = (change: Change): Fact =>
  fact('obstacle', {
    ...{ state: 'OPEN', respondBy: '2026-11-22', respondByAt: new Date('2026-11-22T17:00:00Z'), ...change },
  });
const payment = (change: Change): Fact =>
  fact('disbursement', {
    ...{ amountMinor: 1000n, currency: 'USD', receivedMinor: 975n, receivedCurrency: 'USD', receivedOn: '2026-10-02' },
    ...change,
  });
const hold = fact('legalHold', { number: 1, placedOn: '2026-09-30' });

describe('an installment', () => {
  it.each<[string, Change, number | null]>([
    ['awaited, on the seventh day after the due day', {}, 7],
    ['awaited, on the sixth', { dueOn: '2026-11-17' }, null],
    ['received on the seventh day', { state: 'RECEIVED', receivedOn: '2026-11-23' }, 7],
    ['received on the sixth', { state: 'RECEIVED', receivedOn: '2026-11-22' }, null],
    [
      'received late long ago: what was late stays late',
      { state: 'RECEIVED', dueOn: '2025-01-01', receivedOn: '2025-02-01' },
      31,
    ],
    ['given up', { state: 'RELEASED', dueOn: '2025-01-01' }, null],
    ['of no accepted agreement', { lateAt: null }, null],
    ['accepted after its day, six days ago', { dueOn: '2026-01-01', lateAt: new Date('2026-11-17T17:00:00Z') }, null],
    ['accepted after its day, seven days ago', { dueOn: '2026-01-01', lateAt: new Date('2026-11-16T17:00:00Z') }, 7],
    ['late by 7 days, of which a hold took one', { holds: [{ placedOn: '2026-11-20', liftedOn: '2026-11-21' }] }, null],
    [
      'late by 7 days before a hold that lasts',
      { dueOn: '2026-11-10', holds: [{ placedOn: '2026-11-17', liftedOn: null }] },
      7,
    ],
    [
      'reopened by a repayment, covered meanwhile',
      { dueOn: '2026-11-01', repayments: [{ coveredFrom: '2026-11-02', repaidOn: '2026-11-20' }] },
      null,
    ],
  ])('%s', (_, change, delayDays) => {
    const found = suggest('DISBURSEMENT_DELAY', installment(change), now);
    expect(found && [found.delayDays, found.day]).toEqual(delayDays && [delayDays, expect.any(String)]);
  });
});

describe('a due day that was missed before it was moved or cancelled', () => {
  const past = {
    ...{
      dueOn: '2026-10-01',
      lateAt: endOfDay('2026-10-01', grounds.timeZone),
      until: '2026-10-08',
      number: 2,
      amountMinor: 100n,
      installmentMinor: 100n,
    },
    ...{ receivedOn: null, holds: [], repayments: [] },
  };
  it.each<[string, Change, number | null]>([
    ['by seven days', {}, 7],
    ['by six', { until: '2026-10-07' }, null],
    ['by seven, but the agreement was accepted on the second', { lateAt: new Date('2026-10-02T17:00:00Z') }, null],
    ['by seven, of which a hold took one', { holds: [{ placedOn: '2026-10-05', liftedOn: '2026-10-06' }] }, null],
    ['by seven, but the money had come by then', { receivedOn: '2026-10-04' }, null],
    ['by seven, and only a part of the money had come by then', { installmentMinor: 99n, receivedOn: '2026-10-04' }, 7],
    ['under imported history', { origin: 'IMPORTED' }, null],
  ])('%s', (_, change, delayDays) => {
    const found = suggest('DISBURSEMENT_DELAY', fact('pastDueDay', { ...past, ...change }), now);
    expect(found && [found.delayDays, found.day]).toEqual(delayDays && [delayDays, '2026-10-01']);
  });
});

describe('an amendment', () => {
  it.each<[string, Change, boolean, boolean]>([
    ['that reduces, with full notice', {}, true, false],
    ['that reduces, with the notice waived', { noticeWaived: true, effectiveOn: '2027-01-01' }, true, true],
    ['whose waiver was not even needed', { noticeWaived: true }, true, true],
    ['that takes effect a day short of the notice', { effectiveOn: '2027-11-01' }, true, true],
    ['that takes effect on the first day without a waiver', { effectiveOn: '2027-11-02' }, true, false],
    ['that moves a payment later', { amends: 'MOVE_PAYMENT_LATER' }, true, false],
    ['that shortens the term', { amends: 'SHORTEN_TERM' }, true, false],
    ['that gives up the rest', { amends: 'RELEASE' }, true, false],
    ['that adds funds', { amends: 'ADD_FUNDS', effectiveOn: null, noticeUntil: null }, false, false],
    ['that is only proposed', { state: 'PROPOSED', effectiveOn: '2027-01-01' }, false, false],
    ['that was declined', { state: 'DECLINED', effectiveOn: '2027-01-01' }, false, false],
  ])('%s', (_, change, reduced, short) => {
    // Accepted when it is already the next day in Hanoi.
    const day = '2026-11-02';
    expect(suggest('COMMITMENT_REDUCED_OR_WITHDRAWN', amendment(change), now)?.day ?? null).toBe(reduced ? day : null);
    expect(suggest('INSUFFICIENT_NOTICE', amendment(change), now)?.day ?? null).toBe(short ? day : null);
  });
});

describe('an answer', () => {
  it.each<[string, Fact, boolean]>([
    ['to a report is overdue', share({}), true],
    ['to a report is due until its day ends', share({ respondByAt: new Date('2026-11-23T05:00:00.001Z') }), false],
    ['to a report was given', share({ state: 'ANSWERED' }), false],
    ['to a report is not awaited any more', share({ unsharedAt: now }), false],
    ['to an obstacle is overdue', obstacle({}), true],
    ['to an obstacle that was only acknowledged is overdue', obstacle({ state: 'ACKNOWLEDGED' }), true],
    ['to an obstacle was given', obstacle({ state: 'ANSWERED' }), false],
    ['to an obstacle that was withdrawn is not awaited', obstacle({ state: 'WITHDRAWN' }), false],
  ])('%s', (_, what, isSuggested) => {
    expect(suggest('NO_RESPONSE', what, now)?.day ?? null).toBe(isSuggested ? '2026-11-22' : null);
  });
});

describe('a payment', () => {
  it.each<[string, Change, bigint | null]>([
    ['of which a bank kept something', {}, 25n],
    ['that arrived whole', { receivedMinor: 1000n }, null],
    ['that arrived with more', { receivedMinor: 1001n }, null],
    ['that arrived in another currency', { receivedMinor: 25n, receivedCurrency: 'VND' }, null],
    ['that has not arrived', { receivedMinor: null, receivedCurrency: null }, null],
  ])('%s', (_, change, minor) => {
    const found = suggest('TRANSFER_COST_SHIFTED', payment(change), now);
    expect(found && [found.cost, found.day]).toEqual(minor && [{ minor, currency: 'USD' }, '2026-10-02']);
  });
});

describe('every code', () => {
  const facts = [installment({}), amendment({ noticeWaived: true }), hold, share({}), obstacle({}), payment({})];

  it('is suggested by its own kinds of facts and by no other', () => {
    const made = facts.flatMap((one) =>
      SUGGESTION_CODES.filter((code) => suggest(code, one, now)).map((code) => `${one.kind} ${code}`),
    );
    expect(made).toEqual([
      'installment DISBURSEMENT_DELAY',
      'amendment COMMITMENT_REDUCED_OR_WITHDRAWN',
      'amendment INSUFFICIENT_NOTICE',
      'legalHold PAYMENT_HELD',
      'share NO_RESPONSE',
      'obstacle NO_RESPONSE',
      'disbursement TRANSFER_COST_SHIFTED',
    ]);
  });

  it('is not suggested by imported history', () => {
    const imported = facts.map((one) => ({ ...one, origin: 'IMPORTED' as const }));
    expect(imported.flatMap((one) => SUGGESTION_CODES.filter((code) => suggest(code, one, now)))).toEqual([]);
  });

  it('is one that the reference table says can be suggested, and all of those are', () => {
    const can = OBSTACLE_CODES.filter(([, , canSuggest]) => canSuggest).map(([code]) => code);
    expect([...SUGGESTION_CODES].sort()).toEqual(can.sort());
  });
});

describe('the order', () => {
  it('is the newest first, then by id and code', () => {
    const places = [
      ['2026-11-02T00:00:00.000Z', 'a', 'X'],
      ['2026-11-01T00:00:00.000Z', 'a', 'X'],
      ['2026-11-01T00:00:00.000Z', 'a', 'Y'],
      ['2026-11-01T00:00:00.000Z', 'b', 'X'],
    ];
    expect([...places].reverse().sort(comparePlaces)).toEqual(places);
  });
});
