import { latestDay } from '../agreements/due-day.rules.js';

/** How far back an obstacle may have begun: far enough for anybody's memory, near enough to catch a mistyped year. */
const MOST_YEARS_BACK = 20;

/** The first day of the month: of an obstacle only its month is kept. */
export function monthOf(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** The months an obstacle may have begun in. */
export function monthLimits(now: Date): { least: string; most: string } {
  const most = monthOf(latestDay(now));
  return { least: `${Number(most.slice(0, 4)) - MOST_YEARS_BACK}${most.slice(4)}`, most };
}

/** What the duty to answer depends on, copied where an obstacle is shared. */
export interface ResponseTerms {
  readonly responseDays: number;
  /** Of the agreement, else of the funder. */
  readonly timeZone: string;
}

/** Whether an answer was due and is still owed. */
export function isOverdue(
  { state, respondByAt }: { readonly state: string; readonly respondByAt: Date | null },
  now: Date,
): boolean {
  return respondByAt !== null && now >= respondByAt && (state === 'OPEN' || state === 'ACKNOWLEDGED');
}
