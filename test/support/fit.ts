import type { NoiseLaw } from '../../src/statistics/noise-law.rules.js';

/** Values from `from` to `to`, both included; the outermost bins are open. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** Bins in which at least `least` of `draws` are expected: single values in the middle, runs of them in the tails. */
export function binsOf({ weights, reach }: NoiseLaw, draws: number, least: number): Bin[] {
  const bins: Bin[] = [];
  let from = -Infinity;
  let weight = 0;
  for (let i = 0; i < weights.length; i++) {
    weight += weights[i];
    if (weight * draws < least) continue;
    bins.push({ from, to: i - reach, weight });
    from = i - reach + 1;
    weight = 0;
  }
  const last = bins.pop()!;
  return [...bins, { from: last.from, to: Infinity, weight: last.weight + weight }];
}

export function countInBins(bins: readonly Bin[], values: Iterable<number>): number[] {
  const counts = bins.map(() => 0);
  for (const value of values) counts[binAt(bins, value)]++;
  return counts;
}

export function binAt(bins: readonly Bin[], value: number): number {
  let [low, high] = [0, bins.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > bins[middle].to) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Pearson's statistic of the counts against the bins' weights. */
export function chiSquare(bins: readonly Bin[], counts: readonly number[]): number {
  const draws = counts.reduce((sum, count) => sum + count, 0);
  return bins.reduce((sum, { weight }, i) => sum + (counts[i] - weight * draws) ** 2 / (weight * draws), 0);
}

/** What the statistic exceeds once in a thousand times, by Wilson and Hilferty's approximation (1931). */
export function chiSquareLimit(degrees: number): number {
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + 3.0902 * Math.sqrt(spread)) ** 3;
}
