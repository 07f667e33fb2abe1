import { describe, expect, it } from '@jest/globals';
import { groupByGate } from './cells.rules.js';

const sized = (sizes: Record<string, number>): Map<string, Set<string>> =>
  new Map(
    Object.entries(sizes).map(([name, n]) => [name, new Set(Array.from({ length: n }, (_, i) => `${name}${i}`))]),
  );

describe('what stands by itself', () => {
  it.each<[string, Record<string, number>, string[], string[]]>([
    ['all, where all are large', { a: 25, b: 30 }, ['a', 'b'], []],
    ['what is below the gate is shown together', { a: 12, b: 13, c: 25 }, ['c'], ['a', 'b']],
    ['and the next smallest joins while that is too few', { a: 3, b: 26, c: 90 }, ['c'], ['a', 'b']],
    ['nothing, where all are too few', { a: 3, b: 4 }, [], []],
    ['nothing by itself, where only all together are enough', { a: 20, b: 21 }, [], ['a', 'b']],
    ['nothing, where nobody could report', {}, [], []],
  ])('%s', (_, sizes, alone, together) => {
    expect(groupByGate(sized(sizes), 25)).toEqual({ alone, together });
  });

  it('counts whoever is in two groups once', () => {
    const same = new Set(Array.from({ length: 20 }, (_, i) => `o${i}`));
    expect(
      groupByGate(
        new Map([
          ['a', same],
          ['b', same],
          ['c', new Set([...same, 'x'])],
        ]),
        25,
      ),
    ).toEqual({
      alone: [],
      together: [],
    });
  });
});
