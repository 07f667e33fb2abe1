import { describe, expect, it } from '@jest/globals';
import type { Payment } from '../payments/payment.rules.js';
import type { Schedule } from './amended-schedule.rules.js';
import { amended } from './amended-schedule.rules.js';
import { earlyEndOf, paidUntil } from './early-end.rules.js';

const payment = (state: Payment['state'], amountMinor: bigint, repaidMinor = 0n): Payment => ({
  ...{ state, amountMinor, repaidMinor, receivedOn: state === 'RECEIVED' ? '2027-02-01' : null, isSurplus: false },
});
const schedule = (payments: Payment[]): Schedule => ({
  ...{ state: 'ACTIVE', committedMinor: 1000n, startsOn: '2027-01-01', endsOn: '2028-12-31', expectations: [] },
  installments: [
    { id: 'a', number: 1, dueOn: '2027-01-31', amountMinor: 400n, state: 'SCHEDULED', payments },
    { id: 'b', number: 2, dueOn: '2028-01-31', amountMinor: 600n, state: 'SCHEDULED', payments: [] },
  ],
});
const nothing = { installments: [], endsOn: null, expectationIds: [], fiscalSponsor: null };

describe('an early end', () => {
  it.each<[string, string, string, Payment[], bigint[]]>([
    ['in a year, with nothing paid', '2027-11-23', '2026-11-23', [], [0n, 400n, 600n]],
    ['in a year, with a part paid', '2027-11-23', '2026-11-23', [payment('RECEIVED', 150n)], [150n, 250n, 600n]],
    ['today, with a part paid', '2027-11-23', '2027-11-23', [payment('RECEIVED', 150n)], [150n, 0n, 850n]],
    ['on the due day itself', '2027-01-31', '2026-11-23', [], [0n, 0n, 1000n]],
    ['on the day after', '2027-02-01', '2026-11-23', [], [0n, 400n, 600n]],
    ['with money that went back', '2027-11-23', '2027-11-23', [payment('RECEIVED', 150n, 50n)], [100n, 0n, 900n]],
    ['with money that is missing', '2027-11-23', '2027-11-23', [payment('MISSING', 400n)], [0n, 0n, 1000n]],
  ])('%s', (_, on, today, payments, amounts) => {
    const { paidMinor, dueBeforeMinor, notComingMinor } = earlyEndOf(schedule(payments), on, today);
    expect([paidMinor, dueBeforeMinor, notComingMinor]).toEqual(amounts);
    const asPromised = amended(paidUntil(schedule(payments), on, today), 'RELEASE', nothing, on);
    expect(asPromised.committedMinor).toBe(paidMinor + dueBeforeMinor);
    const asItIs = amended(schedule(payments), 'RELEASE', nothing, on);
    expect(asItIs.committedMinor).toBe(paidMinor);
  });

  it('keeps the part of an installment that was paid, and gives up the rest', () => {
    const { installments } = amended(schedule([payment('RECEIVED', 150n)]), 'RELEASE', nothing, '2027-11-23');
    expect(installments).toMatchObject([
      { id: 'a', amountMinor: 150n, state: 'RECEIVED', receivedOn: '2027-02-01' },
      { id: 'b', amountMinor: 600n, state: 'RELEASED' },
    ]);
  });
});
