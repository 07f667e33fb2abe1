import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { impliedRate } from './exchange-rate.rules.js';

const DECIMALS: Record<string, number> = { VND: 0, EUR: 2, USD: 2, KWD: 3 };
const decimalsOf = (currency: string): number => DECIMALS[currency];

it.each([
  [100_00n, 'EUR', 2_715_030n, 'VND', '27150.3'],
  [2_715_030n, 'VND', 100_00n, 'EUR', '0.0000368320'],
  [300_00n, 'USD', 100_00n, 'EUR', '0.333333'],
  [300_00n, 'USD', 200_00n, 'EUR', '0.666667'],
  [1_00n, 'EUR', 1_00n, 'USD', '1.00000'],
  [1_00n, 'EUR', 30_000n, 'VND', '30000.0'],
  [1_00n, 'EUR', 1_234_567n, 'VND', '1234570'],
  [1_000n, 'KWD', 3_25n, 'USD', '3.25000'],
  [1_000_000_00n, 'EUR', 999_999_50n, 'USD', '1.00000'],
  [100_00n, 'EUR', 100_00n, 'EUR', null],
])('%i %s that arrive as %i %s: %s', (sent, from, received, to, rate) => {
  const amounts = [
    { minor: sent, currency: from },
    { minor: received, currency: to },
  ] as const;
  expect(impliedRate(...amounts, decimalsOf)).toBe(rate);
});

it('has six digits that count, and is right to half of the last', () => {
  const amount = fc.bigInt({ min: 1n, max: 10n ** 15n });
  const pair = fc.constantFrom(['EUR', 'VND'], ['VND', 'EUR'], ['KWD', 'USD']);
  fc.assert(
    fc.property(amount, amount, pair, (sent, received, [from, to]) => {
      const rate = impliedRate({ minor: sent, currency: from }, { minor: received, currency: to }, decimalsOf)!;
      expect(rate).toMatch(/^(0|[1-9]\d*)(\.\d+)?$/);
      const digits = rate.replace('.', '').replace(/^0+/, '');
      expect(digits.length).toBeGreaterThanOrEqual(6);
      expect(digits.slice(6)).toMatch(/^0*$/);
      const exact = Number(received) / 10 ** decimalsOf(to) / (Number(sent) / 10 ** decimalsOf(from));
      expect(Math.abs(Number(rate) / exact - 1)).toBeLessThan(5.1e-6);
    }),
  );
});
