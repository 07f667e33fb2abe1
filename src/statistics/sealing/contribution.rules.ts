import type { UniformBelow } from './noise.rules.js';
import { drawNoise } from './noise.rules.js';

/** How often one organization reported in one cell of a view. */
export interface Reported {
  readonly organizationId: string;
  readonly cell: string;
  readonly times: number;
}

/** Says which of two equals goes first: a keyed hash, so that nobody outside can tell which cell a tie went to. */
export type TieOrder = (organizationId: string, cell: string) => string;

/**
 * Each organization in the one cell where it reported most: whatever it writes, it changes one figure of a view by
 * one. What was reported where no cell is counts nowhere: a cell must not come to be by somebody's reporting.
 */
export function countOnce(
  cells: readonly string[],
  reports: readonly Reported[],
  tieOrder: TieOrder,
): ReadonlyMap<string, number> {
  const counts = new Map(cells.map((cell) => [cell, 0]));
  const chosen = new Map<string, Reported>();
  for (const report of reports) {
    if (!counts.has(report.cell)) continue;
    const best = chosen.get(report.organizationId);
    if (!best || isBefore(report, best, tieOrder)) chosen.set(report.organizationId, report);
  }
  for (const { cell } of chosen.values()) counts.set(cell, counts.get(cell)! + 1);
  return counts;
}

function isBefore(one: Reported, other: Reported, tieOrder: TieOrder): boolean {
  if (one.times !== other.times) return one.times > other.times;
  return tieOrder(one.organizationId, one.cell) < tieOrder(other.organizationId, other.cell);
}

/**
 * The figures of a view: signed, never cut at zero, since a sum of cut figures would be too large. The only way from
 * what was reported to what is published.
 */
export function sealView(
  cells: readonly string[],
  reports: readonly Reported[],
  epsilon: number,
  tieOrder: TieOrder,
  below: UniformBelow,
): readonly number[] {
  const counts = countOnce(cells, reports, tieOrder);
  return cells.map((cell) => counts.get(cell)! + drawNoise(epsilon, below));
}
