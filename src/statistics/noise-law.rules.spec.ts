import { describe, expect, it } from '@jest/globals';
import { convolve, lawOfSum, marginOf, noiseLaw, thresholdOf } from './noise-law.rules.js';

const a = Math.exp(-0.35);

describe('the law of the noise', () => {
  it('is the two-sided geometric one', () => {
    const { weights, reach } = noiseLaw(350);
    expect(weights.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 10);
    expect(weights[reach]).toBeCloseTo((1 - a) / (1 + a), 12);
    expect(weights[reach + 7]).toBeCloseTo(((1 - a) / (1 + a)) * a ** 7, 12);
    expect(weights[reach - 7]).toBe(weights[reach + 7]);
  });

  it.each([
    [350, 19],
    [200, 32],
    [400, 16],
  ])('calls a figure noise below T: epsilon 0.%i, T = %i', (epsilon, expected) => {
    const e = Math.exp(-epsilon / 1_000);
    // As the design writes it: the smallest t with e^(-epsilon t) / (1 + e^(-epsilon)) <= 0.001.
    let t = 0;
    while (e ** t / (1 + e) > 0.001) t++;
    expect(t).toBe(expected);
    expect(thresholdOf(noiseLaw(epsilon))).toBe(expected);
  });

  it('has 95 % of the noise within the margin, and less within one less', () => {
    // P(|X| <= k) = 1 - 2 a^(k+1) / (1 + a)
    const inside = (k: number): number => 1 - (2 * a ** (k + 1)) / (1 + a);
    const margin = marginOf(noiseLaw(350));
    expect(inside(margin)).toBeGreaterThanOrEqual(0.95);
    expect(inside(margin - 1)).toBeLessThan(0.95);
  });
});

describe('the law of a sum', () => {
  it('is that of all its noises together, whatever their order', () => {
    const one = noiseLaw(350);
    const by = convolve(one, convolve(one, one));
    const sum = lawOfSum([350, 350, 350]);
    expect(marginOf(sum)).toBe(marginOf(by));
    const variance = ({ weights, reach }: typeof sum): number =>
      weights.reduce((total, p, i) => total + p * (i - reach) ** 2, 0);
    expect(variance(sum)).toBeCloseTo(3 * variance(one), 6);
    expect(marginOf(lawOfSum([200, 350]))).toBe(marginOf(lawOfSum([350, 200])));
  });

  it('grows by the root of its terms, not by their number', () => {
    const margins = [1, 4, 16].map((n) => marginOf(lawOfSum(Array.from({ length: n }, () => 350))));
    expect(margins[1] / margins[0]).toBeLessThan(2.2);
    expect(margins[2] / margins[1]).toBeCloseTo(2, 0);
  });
});
