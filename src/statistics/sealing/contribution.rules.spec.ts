import { describe, expect, it } from '@jest/globals';
import { seededBytes } from '../../../test/support/seeded.js';
import { countOnce, sealView } from './contribution.rules.js';
import { drawNoise, uniformFrom } from './noise.rules.js';

const cells = ['a', 'b', 'c'];
const tie = (organizationId: string, cell: string): string => `${cell}${organizationId}`;
const reported = (organizationId: string, cell: string, times = 1) => ({ organizationId, cell, times });
const counts = (reports: ReturnType<typeof reported>[], order = tie): number[] => [
  ...countOnce(cells, reports, order).values(),
];

describe('an organization', () => {
  it('counts once, where it reported most', () => {
    expect(counts([reported('x', 'a', 2), reported('x', 'b', 3), reported('y', 'b')])).toEqual([0, 2, 0]);
  });

  it('counts where the keyed hash says, of equals, in whatever order they come', () => {
    const equal = [reported('x', 'a', 2), reported('x', 'b', 2)];
    expect(counts(equal)).toEqual([1, 0, 0]);
    expect(counts(equal.toReversed())).toEqual([1, 0, 0]);
    expect(counts(equal, (_, cell) => (cell === 'b' ? '0' : '1'))).toEqual([0, 1, 0]);
  });

  it('makes no cell by reporting where there is none', () => {
    expect(counts([reported('x', 'elsewhere', 9), reported('x', 'c')])).toEqual([0, 0, 1]);
  });
});

it('publishes every cell of a view, also where nobody reported, with noise of its own', () => {
  const below = uniformFrom(seededBytes(5));
  const values = sealView(cells, [reported('x', 'a')], 350, tie, below);
  const again = uniformFrom(seededBytes(5));
  expect(values).toEqual([1 + drawNoise(350, again), drawNoise(350, again), drawNoise(350, again)]);
  expect(new Set(values).size).toBeGreaterThan(1);
});
