import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DISBURSEMENT_STATES } from './disbursement.lifecycle.js';
import type { Payment } from './payment.rules.js';
import { countsTowardCap, daysLate, installmentAfter, isLate, leftToSend } from './payment.rules.js';

const payment = (state: Payment['state'], amountMinor: bigint, receivedOn: string | null = null): Payment => ({
  state,
  amountMinor,
  receivedOn: state === 'RECEIVED' ? (receivedOn ?? '2027-01-10') : null,
  isSurplus: false,
});

describe('an installment of 100', () => {
  it.each<[string, Payment[], string, string | null]>([
    ['nothing sent', [], 'SCHEDULED', null],
    ['a part sent', [payment('SENT', 40n)], 'SCHEDULED', null],
    ['all sent', [payment('SENT', 40n), payment('SENT', 60n)], 'SENT', null],
    ['a part received', [payment('RECEIVED', 40n), payment('SENT', 60n)], 'SENT', null],
    [
      'all received',
      [payment('RECEIVED', 40n, '2027-01-02'), payment('RECEIVED', 60n, '2027-01-01')],
      'RECEIVED',
      '2027-01-02',
    ],
    ['all sent, one missing', [payment('RECEIVED', 40n), payment('MISSING', 60n)], 'SCHEDULED', null],
    ['one replaced', [payment('MISSING', 100n), payment('RECEIVED', 100n)], 'RECEIVED', '2027-01-10'],
    ['voided', [payment('VOIDED', 100n)], 'SCHEDULED', null],
    ['surplus only', [{ ...payment('RECEIVED', 100n), isSurplus: true }], 'SCHEDULED', null],
  ])('with %s', (_, payments, state, receivedOn) => {
    expect(installmentAfter(100n, payments)).toEqual({ state, receivedOn });
  });

  it('never lets more be sent than was promised, whatever happened', () => {
    const any = fc.record({
      state: fc.constantFrom(...DISBURSEMENT_STATES),
      amountMinor: fc.bigInt({ min: 1n, max: 100n }),
      isSurplus: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any), (drawn) => {
        const payments = drawn.map((one) => ({ ...payment(one.state, one.amountMinor), isSurplus: one.isSurplus }));
        const counted = payments.filter(countsTowardCap).reduce((sum, one) => sum + one.amountMinor, 0n);
        expect(leftToSend(100n, payments) + counted).toBe(100n);
        expect(installmentAfter(100n, payments).state === 'SCHEDULED').toBe(counted < 100n);
      }),
    );
  });
});

describe('lateness', () => {
  const due: Parameters<typeof isLate>[0] = {
    state: 'SCHEDULED',
    dueOn: '2026-11-23',
    lateAt: new Date('2026-11-23T17:00:00Z'),
    receivedOn: null,
  };
  const zone = 'Asia/Ho_Chi_Minh';

  it.each([
    ['2026-11-23T16:59:59.999Z', false, 0],
    ['2026-11-23T17:00:00.000Z', true, 1],
    ['2026-11-24T16:59:59.999Z', true, 1],
    ['2026-12-03T00:00:00.000Z', true, 10],
  ])('at %s: %s, %i days', (now, late, days) => {
    expect(isLate(due, new Date(now))).toBe(late);
    expect(isLate({ ...due, state: 'SENT' }, new Date(now))).toBe(late);
    expect(daysLate(due, zone, new Date(now))).toBe(days);
  });

  it('counts to receipt, and stays', () => {
    const received = { ...due, state: 'RECEIVED', receivedOn: '2026-11-30' } as const;
    expect(isLate(received, new Date('2027-12-01T00:00:00Z'))).toBe(false);
    expect(daysLate(received, zone, new Date('2027-12-01T00:00:00Z'))).toBe(7);
    expect(daysLate({ ...received, receivedOn: '2026-11-01' }, zone, new Date())).toBe(0);
  });

  it('does not exist before acceptance or after release', () => {
    const later = new Date('2030-01-01T00:00:00Z');
    expect(isLate({ ...due, lateAt: null }, later)).toBe(false);
    expect(isLate({ ...due, state: 'RELEASED' }, later)).toBe(false);
  });
});
