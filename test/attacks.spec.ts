import { expect, it } from '@jest/globals';
import { expectAttacksWithinBounds } from './support/attack-expectations.js';
import { ATTACKS, SEALED, successOf } from './support/attacks.js';

/** The longer run is attacks.statistics.ts. */
it('win against live counts and rounding, and against sealed releases no more often than is promised', () => {
  expectAttacksWithinBounds(4_000, 3);
});

it('would be seen to win with too little noise', () => {
  const [first] = ATTACKS;
  const careless: typeof SEALED = (look, truth, below) => SEALED({ ...look, epsilon: 525 }, truth, below);
  expect(successOf(first, careless, 20_000, 3).rate).toBeGreaterThan(first.bound + 0.02);
});
