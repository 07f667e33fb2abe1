import type { Reported } from '../../src/statistics/sealing/contribution.rules.js';
import { countOnce, sealView } from '../../src/statistics/sealing/contribution.rules.js';
import { noiseLaw } from '../../src/statistics/noise-law.rules.js';
import { uniformFrom } from '../../src/statistics/sealing/noise.rules.js';
import type { Bin } from './fit.js';
import { binAt, binsOf } from './fit.js';
import { seededBytes } from './seeded.js';

export const CELLS = ['payment', 'paperwork', 'conflict'] as const;
const reported = (organizationId: string, cell: string, times: number): Reported => ({ organizationId, cell, times });
const others = Array.from({ length: 12 }, (_, i) => reported(`other ${i}`, CELLS[i % 3], 1 + (i % 2)));

/** One network, and what it would be with one organization otherwise. `target` reports two things, one of them more. */
export const WITH = [...others, reported('target', 'payment', 2), reported('target', 'paperwork', 1)];
export const WITHOUT = others;
/** One obstacle of the same organization is about something else. */
export const CHANGED = [...others, reported('target', 'payment', 1), reported('target', 'paperwork', 2)];

const tieOrder = (organizationId: string, cell: string): string => organizationId + cell;

interface Comparison {
  readonly runs: number;
  /** How many are expected in a bin, at least. */
  readonly least: number;
  readonly epsilon: number;
  /** At which the noise is really drawn; the same, unless it is to be seen to fail. */
  readonly drawnAt: number;
  readonly seed: number;
}

/** The worst bin: how far its log-ratio lies beyond the bound for certain (99.9 % for all bins at once); negative is well. */
export function excess(one: readonly Reported[], other: readonly Reported[], bound: number, how: Comparison): number {
  const law = noiseLaw(how.epsilon);
  const centers = [...countOnce(CELLS, one, tieOrder).values()];
  const single = binsOf(law, how.runs, how.least);
  const paired = binsOf(law, how.runs, Math.sqrt(how.least * how.runs));
  const [left, right] = [one, other].map((reports, i) =>
    histograms(reports, centers, single, paired, { ...how, seed: how.seed + i }),
  );
  const bins = left.length;
  // P(|Z| > z) <= e^(-z^2 / 2), shared among all bins (Bonferroni).
  const z = Math.sqrt(2 * Math.log(bins / 0.001));
  let worst = -Infinity;
  for (let i = 0; i < bins; i++) {
    const ratio = Math.abs(Math.log(left[i] / right[i]));
    worst = Math.max(worst, ratio - z * Math.sqrt(1 / left[i] + 1 / right[i]) - bound);
  }
  return worst;
}

/** Counts of each cell's bins, and of the bins of the first two cells together. */
function histograms(
  reports: readonly Reported[],
  centers: readonly number[],
  single: readonly Bin[],
  paired: readonly Bin[],
  { runs, drawnAt, seed }: Comparison,
): Float64Array {
  const counts = new Float64Array(CELLS.length * single.length + paired.length ** 2);
  const below = uniformFrom(seededBytes(seed));
  for (let run = 0; run < runs; run++) {
    const values = sealView(CELLS, reports, drawnAt, tieOrder, below);
    values.forEach((value, i) => counts[i * single.length + binAt(single, value - centers[i])]++);
    const [a, b] = [0, 1].map((i) => binAt(paired, values[i] - centers[i]));
    counts[CELLS.length * single.length + a * paired.length + b]++;
  }
  return counts;
}
