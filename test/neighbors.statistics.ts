import { describe, expect, it } from '@jest/globals';
import { noiseLaw } from '../src/statistics/noise-law.rules.js';
import { drawNoise, uniformFrom } from '../src/statistics/sealing/noise.rules.js';
import { binsOf, chiSquare, chiSquareLimit, countInBins } from './support/fit.js';
import { CHANGED, WITH, WITHOUT, excess } from './support/neighbors.js';
import { seededBytes } from './support/seeded.js';

const RUNS = 1_000_000;

describe('a million draws', () => {
  function* draws(epsilon: number): Generator<number> {
    const below = uniformFrom(seededBytes(epsilon));
    for (let i = 0; i < RUNS; i++) yield drawNoise(epsilon, below);
  }
  it.each([350, 200, 400])('fit the law at epsilon %i thousandths', (epsilon) => {
    const bins = binsOf(noiseLaw(epsilon), RUNS, 200);
    const statistic = chiSquare(bins, countInBins(bins, draws(epsilon)));
    process.stdout.write(
      `chi-square at ${epsilon}: ${statistic.toFixed(1)}, limit ${chiSquareLimit(bins.length - 1).toFixed(1)}\n`,
    );
    expect(statistic).toBeLessThan(chiSquareLimit(bins.length - 1));
  });
});

describe('a million seals of neighbors', () => {
  const how = { runs: RUNS, least: 200, seed: 1 };
  it.each([350, 200, 400])(
    'stay within the bounds at epsilon %i thousandths, and leave them at 1.5 of it',
    (epsilon) => {
      const [true1, true2, bad1, bad2] = [epsilon, 1.5 * epsilon].flatMap((drawnAt) => [
        excess(WITH, WITHOUT, epsilon / 1_000, { ...how, epsilon, drawnAt }),
        excess(WITH, CHANGED, (2 * epsilon) / 1_000, { ...how, epsilon, drawnAt }),
      ]);
      const said = [true1, true2, bad1, bad2].map((each) => each.toFixed(3)).join(', ');
      process.stdout.write(`beyond the bound at ${epsilon}: reported, about; at 1.5 of it: reported, about: ${said}\n`);
      expect(Math.max(true1, true2)).toBeLessThanOrEqual(0);
      expect(Math.min(bad1, bad2)).toBeGreaterThan(0);
    },
  );
});
