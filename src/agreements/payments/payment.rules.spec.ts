import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DISBURSEMENT_STATES } from './disbursement.lifecycle.js';
import type { Payment } from './payment.rules.js';
import { countedTotal, installmentAfter, leftToSend, receivedTotals } from './payment.rules.js';

const payment = (state: Payment['state'], amountMinor: bigint, receivedOn: string | null = null): Payment => ({
  state,
  amountMinor,
  receivedOn: state === 'RECEIVED' ? (receivedOn ?? '2027-01-10') : null,
  repaidMinor: 0n,
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
    ['a part gone back', [{ ...payment('RECEIVED', 100n), repaidMinor: 1n }], 'SCHEDULED', null],
    [
      'a part gone back and sent again',
      [{ ...payment('RECEIVED', 100n), repaidMinor: 1n }, payment('SENT', 1n)],
      'SENT',
      null,
    ],
    [
      'all gone back and received again',
      [{ ...payment('RECEIVED', 100n, '2027-05-05'), repaidMinor: 100n }, payment('RECEIVED', 100n, '2027-04-04')],
      'RECEIVED',
      '2027-04-04',
    ],
    ['surplus only', [{ ...payment('RECEIVED', 100n), isSurplus: true }], 'SCHEDULED', null],
  ])('with %s', (_, payments, state, receivedOn) => {
    expect(installmentAfter(100n, payments)).toEqual({ state, receivedOn });
  });

  it('never lets more be sent than was promised, whatever happened', () => {
    const any = fc.record({
      state: fc.constantFrom(...DISBURSEMENT_STATES),
      amountMinor: fc.bigInt({ min: 1n, max: 100n }),
      repaid: fc.bigInt({ min: 0n, max: 100n }),
      isSurplus: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any), (drawn) => {
        const payments = drawn.map(({ state, amountMinor, isSurplus, repaid }) => ({
          ...payment(state, amountMinor),
          repaidMinor: state === 'RECEIVED' && repaid < amountMinor ? repaid : 0n,
          isSurplus,
        }));
        const counted = countedTotal(payments);
        expect(counted).toBeGreaterThanOrEqual(0n);
        expect(leftToSend(100n, payments) + counted).toBe(100n);
        expect(installmentAfter(100n, payments).state === 'SCHEDULED').toBe(counted < 100n);
      }),
    );
  });
});

it('tells what arrived in each currency, and the surplus beside it', () => {
  const arrived = (receivedMinor: bigint | null, receivedCurrency: string | null, isSurplus = false) => ({
    ...{ receivedMinor, receivedCurrency, isSurplus },
  });
  const payments = [
    arrived(40n, 'USD'),
    arrived(null, null),
    arrived(7n, 'VND'),
    arrived(2n, 'USD'),
    arrived(9n, 'USD', true),
  ];
  expect(receivedTotals(payments, 'PROMISED')).toEqual([
    { minor: 42n, currency: 'USD' },
    { minor: 7n, currency: 'VND' },
  ]);
  expect(receivedTotals(payments, 'SURPLUS')).toEqual([{ minor: 9n, currency: 'USD' }]);
});
