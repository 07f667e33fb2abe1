import { describe, expect, it } from '@jest/globals';
import { seededBytes } from '../../test/support/seeded.js';
import { funderShare } from './funder-share.rules.js';
import { drawNoise, uniformFrom } from './sealing/noise.rules.js';

const figures = (funder: number[], other: number[], epsilon = 350) => [
  ...funder.map((value) => ({ kind: 'FUNDER', value, epsilon })),
  ...other.map((value) => ({ kind: 'EXTERNAL', value, epsilon })),
];

describe('the share that funders created', () => {
  it('is made of signed figures, negative ones included', () => {
    const share = funderShare(figures([120, 85, -5], [130, 75, -5]));
    expect(share!.value).toBeCloseTo(0.5, 10);
    expect(share!.lower).toBeLessThan(0.5);
    expect(share!.upper).toBeGreaterThan(0.5);
  });

  it('says nothing when all figures together could be noise', () => {
    expect(funderShare(figures([9, -3], [12, 2]))).toBeNull();
    expect(funderShare([])).toBeNull();
  });

  it('stays between nothing and all', () => {
    const none = funderShare(figures([-6], [200, 100]))!;
    expect(none.value).toBe(0);
    expect(none.lower).toBe(0);
    const all = funderShare(figures([300], [-4, -6]))!;
    expect(all.value).toBe(1);
    expect(all.upper).toBe(1);
  });

  it.each([
    [0.2, 200],
    [0.5, 400],
    [0.9, 800],
  ])('has the true share within its interval 95 times in 100 (share %d of %d)', (truth, all) => {
    const below = uniformFrom(seededBytes(100 * truth));
    const runs = 4_000;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const noisy = (count: number, cells: number): number[] =>
        Array.from({ length: cells }, () => count / cells + drawNoise(350, below));
      const { lower, upper } = funderShare(figures(noisy(truth * all, 5), noisy((1 - truth) * all, 5)))!;
      if (lower <= truth && truth <= upper) covered++;
    }
    // Three standard errors of 4,000 runs, and half a point for the noise not being quite normal.
    expect(covered / runs).toBeGreaterThan(0.935);
    expect(covered / runs).toBeLessThan(0.965);
  });
});
