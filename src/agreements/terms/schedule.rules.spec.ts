import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scheduled } from './schedule.rules.js';

describe('a schedule', () => {
  it.each<[string, bigint, number, bigint | null, bigint[] | null]>([
    ['divides', 900n, 3, null, [300n, 300n, 300n]],
    ['gives the first what does not divide', 1000n, 3, null, [334n, 333n, 333n]],
    ['has one part', 1000n, 1, null, [1000n]],
    ['keeps a first amount of its own', 1000n, 3, 500n, [500n, 250n, 250n]],
    ['gives the first of the others what does not divide', 1000n, 4, 500n, [500n, 168n, 166n, 166n]],
    ['has one part that is named', 1000n, 1, 1000n, [1000n]],
    ['has one part that is too small', 1000n, 1, 999n, null],
    ['begins with all', 1000n, 2, 1000n, null],
    ['begins with more than all', 1000n, 2, 1001n, null],
    ['has more parts than there is to divide', 2n, 3, null, null],
  ])('%s', (_, committed, parts, firstMinor, amounts) => {
    const installments = scheduled(committed, { parts, everyMonths: 1, firstDueOn: '2027-01-31', firstMinor });
    expect(installments?.map(({ amountMinor }) => amountMinor) ?? null).toEqual(amounts);
  });

  it('counts months from the first day, so that a short one moves no later one', () => {
    const days = scheduled(500n, { parts: 5, everyMonths: 1, firstDueOn: '2027-12-31', firstMinor: null })!;
    expect(days.map(({ dueOn }) => dueOn)).toEqual([
      '2027-12-31',
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
    ]);
  });

  it('sums exactly, in parts above zero whose equals differ by less than one each, in order', () => {
    const drawn = fc.record({
      committed: fc.bigInt({ min: 1n, max: 10n ** 17n }),
      parts: fc.integer({ min: 1, max: 120 }),
      everyMonths: fc.integer({ min: 1, max: 60 }),
      firstMinor: fc.option(fc.bigInt({ min: 1n, max: 10n ** 17n })),
    });
    fc.assert(
      fc.property(drawn, ({ committed, parts, everyMonths, firstMinor }) => {
        const installments = scheduled(committed, { parts, everyMonths, firstDueOn: '2027-01-31', firstMinor });
        if (installments === null) return;
        expect(installments).toHaveLength(parts);
        expect(installments.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(committed);
        expect(installments.every(({ amountMinor }) => amountMinor > 0n)).toBe(true);
        const equals = installments.slice(firstMinor === null ? 0 : 1).map(({ amountMinor }) => amountMinor);
        expect(new Set(equals.slice(1)).size).toBeLessThanOrEqual(1);
        if (equals.length > 1) expect(equals[0] - equals[1]).toBeLessThan(BigInt(equals.length));
        const days = installments.map(({ dueOn }) => dueOn);
        expect([...days].sort()).toEqual(days);
        expect(new Set(days).size).toBe(parts);
      }),
    );
  });
});
