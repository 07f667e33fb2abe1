import { describe, expect, it } from '@jest/globals';
import { CHANGED, WITH, WITHOUT, excess } from './support/neighbors.js';

/** The longer run is neighbors.statistics.ts. */
const HOW = { runs: 60_000, least: 1_500, epsilon: 350, drawnAt: 350, seed: 1 };
const TOO_LITTLE_NOISE = { ...HOW, drawnAt: 525 };

describe('a sealed view', () => {
  it('is at most e^epsilon times as likely with an organization as without it', () => {
    expect(excess(WITH, WITHOUT, 0.35, HOW)).toBeLessThanOrEqual(0);
  });

  it('is at most e^(2 epsilon) times as likely with another answer of the same organization', () => {
    expect(excess(WITH, CHANGED, 0.7, HOW)).toBeLessThanOrEqual(0);
  });

  it('would be caught with the noise of 1.5 epsilon', () => {
    expect(excess(WITH, WITHOUT, 0.35, TOO_LITTLE_NOISE)).toBeGreaterThan(0);
    expect(excess(WITH, CHANGED, 0.7, TOO_LITTLE_NOISE)).toBeGreaterThan(0);
  });

  it('tells apart what no bound below its own allows', () => {
    expect(excess(WITH, CHANGED, 0.35, HOW)).toBeGreaterThan(0);
  });
});
