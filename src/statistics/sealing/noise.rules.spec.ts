import { describe, expect, it } from '@jest/globals';
import { binsOf, chiSquare, chiSquareLimit, countInBins } from '../../../test/support/fit.js';
import { seededBytes } from '../../../test/support/seeded.js';
import { noiseLaw } from '../noise-law.rules.js';
import { drawNoise, uniformFrom } from './noise.rules.js';

function* draws(epsilon: number, count: number, seed: number): Generator<number> {
  const below = uniformFrom(seededBytes(seed));
  for (let i = 0; i < count; i++) yield drawNoise(epsilon, below);
}

/** How far draws at one epsilon are from the law of another, as a multiple of what chance allows once in a thousand. */
function misfit(drawnAt: number, law: number, count: number): number {
  const bins = binsOf(noiseLaw(law), count, 200);
  return chiSquare(bins, countInBins(bins, draws(drawnAt, count, 7))) / chiSquareLimit(bins.length - 1);
}

describe('noise', () => {
  it.each([350, 200, 400, 123, 1_000])('is two-sided geometric at epsilon %i thousandths', (epsilon) => {
    expect(misfit(epsilon, epsilon, 60_000)).toBeLessThan(1);
  });

  it('would be told from another law', () => {
    expect(misfit(350, 525, 60_000)).toBeGreaterThan(10);
    expect(misfit(360, 350, 60_000)).toBeGreaterThan(1);
  });

  it('is as often below zero as above', () => {
    const signs = [0, 0, 0];
    for (const value of draws(350, 60_000, 11)) signs[Math.sign(value) + 1]++;
    expect(Math.abs(signs[0] - signs[2])).toBeLessThan(3.3 * Math.sqrt(signs[0] + signs[2]));
  });
});

describe('uniform numbers', () => {
  it('favor none, also where the range is no multiple of the bound', () => {
    const below = uniformFrom(seededBytes(3));
    const counts = Array.from({ length: 7 }, () => 0);
    for (let i = 0; i < 70_000; i++) counts[below(7)]++;
    const bins = counts.map((_, i) => ({ from: i, to: i, weight: 1 / 7 }));
    expect(chiSquare(bins, counts)).toBeLessThan(chiSquareLimit(6));
  });

  it('never come from bytes beyond the last whole multiple of the bound', () => {
    const blocks = [Buffer.alloc(4_096, 0xff), Buffer.alloc(4_096, 0)];
    let asked = 0;
    const below = uniformFrom(() => blocks[asked++]);
    expect(below(7)).toBe(0);
    expect(asked).toBe(2);
  });
});
