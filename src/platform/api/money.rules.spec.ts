import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MOST_MAJOR_UNITS, toDecimal, toMinor } from './money.rules.js';

describe('money', () => {
  it.each([
    ['0.001', 2, null],
    ['0.5', 0, null],
    ['1250.5', 2, 125050n],
    ['9007199254740993', 2, 900719925474099300n],
    ['12', 0, 12n],
    ['-0.01', 2, -1n],
    ['1.2345', 3, null],
  ] as const)('reads %s with %i decimals as %s', (text, decimals, minor) => {
    expect(toMinor(text, decimals)).toBe(minor);
  });

  const minor = fc.bigInt({ min: -MOST_MAJOR_UNITS * 10_000n, max: MOST_MAJOR_UNITS * 10_000n });

  it('loses nothing on the way out and in', () => {
    fc.assert(
      fc.property(
        minor,
        fc.integer({ min: 0, max: 4 }),
        (amount, decimals) => toMinor(toDecimal(amount, decimals), decimals) === amount,
      ),
    );
  });

  it('adds as decimals do', () => {
    fc.assert(
      fc.property(fc.array(minor, { maxLength: 50 }), fc.integer({ min: 0, max: 4 }), (amounts, decimals) => {
        const sum = amounts.reduce((a, b) => a + b, 0n);
        const read = amounts.map((amount) => toMinor(toDecimal(amount, decimals), decimals)!);
        expect(
          toDecimal(
            read.reduce((a, b) => a + b, 0n),
            decimals,
          ),
        ).toBe(toDecimal(sum, decimals));
        const [, fraction = ''] = toDecimal(sum, decimals).split('.');
        expect(fraction).toHaveLength(decimals);
      }),
    );
  });
});
