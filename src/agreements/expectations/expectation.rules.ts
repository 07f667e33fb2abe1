import { addDays } from '../due-day.rules.js';

export const EXPECTATION_STATES = ['UPCOMING', 'MET', 'OVERDUE', 'WAIVED'] as const;
export type ExpectationState = (typeof EXPECTATION_STATES)[number];

/** How far a grantee may move a report without asking, in all. */
export const MOST_DAYS_MOVED = 90;

interface Expectation {
  readonly metByShareId: string | null;
  readonly waivedAt: Date | null;
  readonly overdueAt: Date | null;
}

/** Nothing follows from `OVERDUE` except a gentle reminder. */
export function expectationState({ metByShareId, waivedAt, overdueAt }: Expectation, now: Date): ExpectationState {
  if (metByShareId !== null) return 'MET';
  if (waivedAt !== null) return 'WAIVED';
  return overdueAt !== null && overdueAt <= now ? 'OVERDUE' : 'UPCOMING';
}

/** Whether a report may move to that day, and the first and last day it may move to, counted from the original day. */
export function movableTo(dueOn: string, wanted: string): { allowed: boolean; earliest: string; latest: string } {
  const earliest = addDays(dueOn, -MOST_DAYS_MOVED);
  const latest = addDays(dueOn, MOST_DAYS_MOVED);
  return { allowed: wanted >= earliest && wanted <= latest, earliest, latest };
}
