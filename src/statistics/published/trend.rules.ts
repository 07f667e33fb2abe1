import type { Share } from '../funder-share.rules.js';
import { funderShare } from '../funder-share.rules.js';
import type { Period } from '../period.rules.js';
import { quarterBefore } from '../period.rules.js';
import type { Cell, ReleaseView } from './release-view.rules.js';

/** Two years: enough to see the same season twice, and as much as a phone can show. */
export const TREND_QUARTERS = 8;

/** What was published by category, quarter after quarter. */
export interface Trend {
  /** One after the other, the earliest first, also those of which nothing was published. */
  readonly quarters: readonly Period[];
  /** In the same order; null where nothing was published. */
  readonly shares: readonly (Share | null)[];
  readonly rows: readonly TrendRow[];
}
export interface TrendRow {
  /** The category as it was last called. */
  readonly cell: Cell;
  readonly cells: readonly (Cell | null)[];
}

/** The quarters that a trend can show: from the latest back, as far as `published` reaches, at most two years. */
export function quartersBack(latest: Period, published: ReadonlySet<string>): Period[] {
  const quarters = [latest];
  while (quarters.length < TREND_QUARTERS) quarters.unshift(quarterBefore(quarters[0]));
  return quarters.slice(quarters.findIndex(({ name }) => published.has(name)));
}

/** Null where there is one quarter or none: that is no trend. */
export function trendOf(quarters: readonly Period[], views: readonly ReleaseView[]): Trend | null {
  if (views.length < 2) return null;
  const cellsOf = ({ name }: Period): readonly Cell[] => views.find(({ period }) => period.name === name)?.cells ?? [];
  const latestFirst = [...quarters].reverse().flatMap((quarter) => cellsOf(quarter));
  const categories = [...new Set(latestFirst.map(({ category }) => category))];
  return {
    quarters,
    shares: quarters.map((quarter) => funderShare(cellsOf(quarter))),
    rows: categories.map((category) => ({
      cell: latestFirst.find((cell) => cell.category === category)!,
      cells: quarters.map((quarter) => cellsOf(quarter).find((cell) => cell.category === category) ?? null),
    })),
  };
}
