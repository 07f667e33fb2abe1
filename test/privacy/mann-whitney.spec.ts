import { describe, expect, it } from '@jest/globals';
import { mannWhitney } from './mann-whitney.js';

describe('the Mann-Whitney test', () => {
  it('knows the example of its normal approximation', () => {
    // Nine and nine values without a tie: U = 16.5 would be the usual table's border at 5 %; here U = 0, z = (40.5 - 0.5) / 11.324.
    const low = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const { p, shift } = mannWhitney(
      low,
      low.map((value) => value + 10),
    );
    expect(p).toBeCloseTo(0.000412, 5);
    expect(shift).toBe(10);
  });

  it('finds nothing in equal samples, nor in values that are all the same', () => {
    for (const { p, shift } of [mannWhitney([1, 2, 3], [1, 2, 3]), mannWhitney([5, 5, 5], [5, 5])]) {
      expect(p).toBeCloseTo(1, 6);
      expect(shift).toBe(0);
    }
  });

  it('says where the shift lies', () => {
    const low = Array.from({ length: 30 }, (_, i) => (i * 7) % 30);
    const { shift, interval } = mannWhitney(
      low,
      low.map((value) => value + 20),
    );
    expect(shift).toBe(20);
    expect(interval[0]).toBeGreaterThan(8);
    expect(interval[1]).toBeLessThan(32);
    expect(interval[0] + interval[1]).toBeCloseTo(40, 6);
  });

  it('shares the ranks of equal values', () => {
    // By hand: ranks 1.5 1.5 3.5 | 3.5 5 6; U = 0.5, variance 9/12 * (7 - 12/30) = 4.95, z = (4.5 - 0.5 - 0.5) / 2.2249.
    expect(mannWhitney([1, 1, 2], [2, 3, 4]).p).toBeCloseTo(0.1157, 3);
  });
});
