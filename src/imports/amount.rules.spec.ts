import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readAmount } from './amount.rules.js';

describe('readAmount', () => {
  it.each<[unknown, string, number, string, bigint]>([
    ['15000.0', 'GBP', 2, '15000.00', 1_500_000n],
    ['15000', 'GBP', 2, '15000.00', 1_500_000n],
    ['3239.34', 'GBP', 2, '3239.34', 323_934n],
    ['0.1', 'GBP', 2, '0.10', 10n],
    ['1e3', 'GBP', 2, '1000.00', 100_000n],
    ['1.5E+3', 'VND', 0, '1500', 1500n],
    ['1500e-2', 'VND', 0, '15', 15n],
    ['1234.5', 'KWD', 3, '1234.500', 1_234_500n],
    ['9007199254740993', 'USD', 2, '9007199254740993.00', 900_719_925_474_099_300n],
    ['92233720368547758.07', 'USD', 2, '92233720368547758.07', 2n ** 63n - 1n],
    ['0', 'GBP', 2, '0.00', 0n],
    ['-0.00', 'GBP', 2, '0.00', 0n],
    ['0e999', 'VND', 0, '0', 0n],
    [' 250.00 ', 'GBP', 2, '250.00', 25_000n],
    ['0015', 'GBP', 2, '15.00', 1500n],
    [250.5, 'GBP', 2, '250.50', 25_050n],
    ['41133.770000000004', 'GBP', 2, '41133.77', 4_113_377n],
    ['41133.769999999997', 'GBP', 2, '41133.77', 4_113_377n],
    ['999.99999999999989', 'GBP', 2, '1000.00', 100_000n],
    [0.1 + 0.2, 'GBP', 2, '0.30', 30n],
    ['1500.0000000001', 'VND', 0, '1500', 1500n],
    // The edge: a millionth of a penny is taken, more is not.
    ['33.33000001', 'GBP', 2, '33.33', 3333n],
    ['33.32999999', 'GBP', 2, '33.33', 3333n],
    ['5.551115123125783e-17', 'GBP', 2, '0.00', 0n],
  ])('reads %p %s with %i decimals as %s', (value, currency, decimals, amount, minorUnits) => {
    expect(readAmount(value, 'amountAwarded', currency, decimals)).toEqual({ amount, minorUnits });
  });

  it.each<[unknown, string, number, RegExp]>([
    [undefined, 'GBP', 2, /missing/],
    [null, 'GBP', 2, /missing/],
    ['', 'GBP', 2, /missing/],
    ['15,000', 'GBP', 2, /"15,000".*plain number/],
    ['£500', 'GBP', 2, /"£500".*plain number/],
    ['12 000', 'GBP', 2, /plain number/],
    ['.5', 'GBP', 2, /plain number/],
    ['0x10', 'GBP', 2, /plain number/],
    ['Infinity', 'GBP', 2, /plain number/],
    [Number.NaN, 'GBP', 2, /plain number/],
    [true, 'GBP', 2, /"true".*plain number/],
    [{}, 'GBP', 2, /an object/],
    [['1'], 'GBP', 2, /a list/],
    ['-500', 'GBP', 2, /negative/],
    ['33.333', 'GBP', 2, /GBP has 2 decimals/],
    ['1000.50', 'VND', 0, /VND has 0 decimals/],
    ['92233720368547758.08', 'USD', 2, /more than can be recorded/],
    ['1e41', 'GBP', 2, /more than can be recorded/],
    ['1e9999', 'GBP', 2, /more than can be recorded/],
    ['33.330000010001', 'GBP', 2, /GBP has 2 decimals/],
    ['33.329999989', 'GBP', 2, /GBP has 2 decimals/],
    ['0.005', 'GBP', 2, /GBP has 2 decimals/],
    ['-5.551115123125783e-17', 'GBP', 2, /negative/],
    ['1e999999999', 'GBP', 2, /plain number/],
    ['1'.repeat(1_000_000), 'GBP', 2, /plain number/],
  ])('refuses %p %s with %i decimals', (value, currency, decimals, reason) => {
    expect(() => readAmount(value, 'amountAwarded', currency, decimals)).toThrow(reason);
  });

  it('takes what a double comes to for the sum that it stands for, and no other part of a minor unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), fc.integer({ min: 1, max: 9 }), (units, parts) => {
        // Divided and multiplied again, as a column of a spreadsheet that is calculated from another is.
        const calculated = (units / 100 / parts) * parts;
        expect(readAmount(calculated, 'amountAwarded', 'GBP', 2).minorUnits).toBe(BigInt(units));
        const part = `${Math.floor(units / 100)}.${String(units % 100).padStart(2, '0')}${parts}`;
        expect(() => readAmount(part, 'amountAwarded', 'GBP', 2)).toThrow(/GBP has 2 decimals/);
      }),
    );
  });

  it('is exact for every number of minor units, however it is written', () => {
    const minorUnits = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(
        minorUnits,
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 0, max: 5 }),
        (units, decimals, shift) => {
          const written = `${units}${'0'.repeat(shift)}e-${decimals + shift}`;
          const { amount, minorUnits: read } = readAmount(written, 'amountAwarded', 'XXX', decimals);
          expect(read).toBe(units);
          expect(readAmount(amount, 'amountAwarded', 'XXX', decimals)).toEqual({ amount, minorUnits: units });
        },
      ),
    );
  });
});
