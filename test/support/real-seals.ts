import { expect } from '@jest/globals';
import { noiseLaw } from '../../src/statistics/noise-law.rules.js';
import { quarterOf, sealableFrom } from '../../src/statistics/period.rules.js';
import { binsOf, chiSquare, chiSquareLimit, countInBins } from './fit.js';
import { SealingScenes, SeededEntropy, startSealingNetwork } from './statistics-scenes.js';

const CROWD = 12;

/**
 * Seals one quarter after the other through the service, in every other one with one organization less, and holds what
 * was published, less the true counts, against the law of the noise. The pure sealer is tested at length; this shows that
 * nothing between it and what is read adds or takes anything.
 */
export async function expectRealSealsToFit(seals: number, seed: number, least: number): Promise<void> {
  const network = await startSealingNetwork(new SeededEntropy(seed));
  try {
    const scenes = new SealingScenes(network);
    await scenes.addGrantees({ from: 1, count: 200 });
    const residuals: number[] = [];
    for (let i = 0; i < seals; i++) {
      const quarter = quarterOf(2026 + Math.floor(i / 4), (i % 4) + 1);
      const reporting = CROWD + (i % 2);
      await scenes.report({ from: 1, count: reporting, code: 'VIOLENCE', at: quarter.startsAt.toISOString() });
      network.clock.set(sealableFrom(quarter).toISOString());
      const { userErrors } = await scenes.seal(quarter.name);
      expect(userErrors).toEqual([]);
      for (const [category, value] of Object.entries(await scenes.published(quarter.name, 'CATEGORY'))) {
        residuals.push(category === 'EXTERNAL_CONFLICT' ? value - reporting : value);
      }
    }
    const misfit = (epsilon: number): number => {
      const bins = binsOf(noiseLaw(epsilon), residuals.length, least);
      return chiSquare(bins, countInBins(bins, residuals)) / chiSquareLimit(bins.length - 1);
    };
    expect(residuals).toHaveLength(10 * seals);
    expect(misfit(350)).toBeLessThan(1);
    expect(misfit(525)).toBeGreaterThan(1);
  } finally {
    await network.stop();
  }
}
