import type { Grouping } from './cells.rules.js';
import type { Reported } from './contribution.rules.js';
import type { Kind, View } from '../views.rules.js';

/** How often one organization reported one thing, as the sealer reads it: in memory only, never kept. */
export interface Tally {
  readonly organizationId: string;
  /** Where the organization was at the end of the period; null where no region is known. */
  readonly region: string | null;
  readonly kind: Kind;
  readonly category: string;
  readonly funderId: string | null;
  /** Whether it is SHARED or CONFIDENTIAL: an AGGREGATE_ONLY entry never enters a figure about one funder. */
  readonly mayCountForFunder: boolean;
  readonly times: number;
}

/** The name of the cell for all that do not stand by themselves. */
export const OTHERS = 'others';

/** What each organization reported in the cells of a view, added up. */
export function reportsIn(view: View, tallies: readonly Tally[], grouping: Grouping): Reported[] {
  const alone = new Set(grouping.alone);
  const sums = new Map<string, Reported>();
  for (const tally of tallies) {
    const cell = cellOf(view, tally, (name) => (name !== null && alone.has(name) ? name : OTHERS));
    if (cell === null) continue;
    const { organizationId } = tally;
    const key = `${organizationId} ${cell}`;
    sums.set(key, { organizationId, cell, times: (sums.get(key)?.times ?? 0) + tally.times });
  }
  return [...sums.values()];
}

function cellOf(view: View, tally: Tally, group: (name: string | null) => string): string | null {
  const { kind, category, region, funderId, mayCountForFunder } = tally;
  if (view === 'CATEGORY') return category;
  if (view === 'KIND_BY_REGION') return regionCell(kind, group(region));
  return kind === 'FUNDER' && mayCountForFunder ? group(funderId) : null;
}

export function regionCell(kind: Kind, region: string): string {
  return `${kind} ${region}`;
}
