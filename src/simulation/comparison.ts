import type { ClientBase } from 'pg';
import type { Grouping } from '../statistics/sealing/cells.rules.js';
import type { TieOrder } from '../statistics/sealing/contribution.rules.js';
import { countOnce } from '../statistics/sealing/contribution.rules.js';
import type { SealedCell } from '../statistics/published/period-figures.rules.js';
import { figuresOf } from '../statistics/published/period-figures.rules.js';
import { lawOfSum, marginOf } from '../statistics/noise-law.rules.js';
import { parsePeriod, quartersOf } from '../statistics/period.rules.js';
import { OTHERS, regionCell, reportsIn } from '../statistics/sealing/reports.rules.js';
import type { View } from '../statistics/views.rules.js';
import type { SealedView } from './truth.store.js';
import { readSealedViews, readTruth } from './truth.store.js';

type TieOrders = (period: string, view: View) => TieOrder;

/** A published figure beside the true one, which only a simulation knows. */
export interface ComparedCell {
  readonly period: string;
  readonly view: View;
  readonly label: string;
  readonly trueCount: number;
  readonly published: number;
  /** Of the view's total; null where the total is too small to tell. */
  readonly trueShare: number | null;
  readonly publishedShare: number | null;
  /** Whether the 95 % interval of the figure holds the true count. */
  readonly isCovered: boolean;
}

/** `tieOrder` as it was when sealing, so that what is left between true and published is the noise alone. */
export async function compare(owner: ClientBase, tieOrder: TieOrders): Promise<ComparedCell[]> {
  const compared: ComparedCell[] = [];
  for (const sealed of await readSealedViews(owner)) compared.push(...(await compareView(owner, sealed, tieOrder)));
  return compared;
}

async function compareView(
  owner: ClientBase,
  { period, view, cells }: SealedView,
  tieOrder: TieOrders,
): Promise<ComparedCell[]> {
  const { year, quarter } = parsePeriod(period)!;
  const quarters = quarter === null ? quartersOf(year).map(({ name }) => name) : [period];
  const tallies = await readTruth(owner, quarters);
  const names = cells.map((cell) => nameOf(view, cell));
  const reports = reportsIn(view, tallies, groupingOf(view, cells));
  const counts = countOnce(names, reports, tieOrder(period, view));
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const shares = figuresOf(period, view, cells)!.cells.map(({ share }) => share?.value ?? null);
  return cells.map((cell, i) => {
    const trueCount = counts.get(names[i])!;
    return {
      period,
      view,
      label: view === 'KIND_BY_REGION' ? `${cell.labelEn}, ${cell.kind.toLowerCase()}` : cell.labelEn,
      trueCount,
      published: cell.value,
      trueShare: all === 0 ? null : trueCount / all,
      publishedShare: shares[i],
      isCovered: Math.abs(cell.value - trueCount) <= marginOf(lawOfSum([cell.epsilon])),
    };
  });
}

/** As the rules of sealing name cells. */
function nameOf(view: View, { kind, category, region, funderId }: SealedCell): string {
  if (view === 'CATEGORY') return category!;
  return view === 'KIND_BY_REGION' ? regionCell(kind, region ?? OTHERS) : (funderId ?? OTHERS);
}

function groupingOf(view: View, cells: readonly SealedCell[]): Grouping {
  const names = cells.map(({ region, funderId }) => (view === 'KIND_BY_REGION' ? region : funderId));
  const alone = [...new Set(names)].filter((name) => name !== null);
  return { alone, together: [], hasOthers: names.includes(null) };
}
