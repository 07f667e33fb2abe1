import { describe, expect, it } from '@jest/globals';
import { groupByGate } from './cells.rules.js';

const sized = (sizes: Record<string, number>): Map<string, Set<string>> =>
  new Map(
    Object.entries(sizes).map(([name, n]) => [name, new Set(Array.from({ length: n }, (_, i) => `${name}${i}`))]),
  );

describe('what stands by itself', () => {
  it.each<[string, Record<string, number>, string[], string[], boolean?]>([
    ['all, where all are large', { a: 25, b: 30 }, ['a', 'b'], []],
    ['what is below the gate is shown together', { a: 12, b: 13, c: 25 }, ['c'], ['a', 'b']],
    ['and the next smallest joins while that is too few', { a: 3, b: 26, c: 90 }, ['c'], ['a', 'b']],
    ['nothing, where all are too few', { a: 3, b: 4 }, [], ['a', 'b'], false],
    ['nothing by itself, where only all together are enough', { a: 20, b: 21 }, [], ['a', 'b']],
    ['nothing, where nobody could report', {}, [], []],
  ])('%s', (_, sizes, alone, together, hasOthers = together.length > 0) => {
    expect(groupByGate(sized(sizes), 25)).toEqual({ alone, together, hasOthers });
  });

  it('counts whoever is in two groups once', () => {
    const same = new Set(Array.from({ length: 20 }, (_, i) => `o${i}`));
    const groups = new Map([
      ['a', same],
      ['b', same],
      ['c', new Set([...same, 'x'])],
    ]);
    expect(groupByGate(groups, 25)).toEqual({ alone: [], together: ['a', 'b', 'c'], hasOthers: false });
  });

  it('puts those of no known group with the others, from the start', () => {
    const groups = new Map<string | null, Set<string>>(sized({ a: 30, b: 60 })).set(null, new Set(['x']));
    expect(groupByGate(groups, 25)).toEqual({ alone: ['b'], together: ['a'], hasOthers: true });
    groups.set(null, new Set(Array.from({ length: 25 }, (_, i) => `x${i}`)));
    expect(groupByGate(groups, 25)).toEqual({ alone: ['a', 'b'], together: [], hasOthers: true });
  });
});
