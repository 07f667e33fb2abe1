import { addMonths } from '../due-day.rules.js';

export const LONGEST_MONTHS = 60;

export interface Months {
  /** The first days of the first month and of the month after the last. */
  readonly since: string;
  readonly before: string;
}

const firstDay = (day: string): string => `${day.slice(0, 7)}-01`;

/** Whole months, both named ones within; null when they are the wrong way round or more than five years. */
export function monthsBetween(from: string, to: string): Months | null {
  const since = firstDay(from);
  const before = addMonths(firstDay(to), 1);
  return before <= since || before > addMonths(since, LONGEST_MONTHS) ? null : { since, before };
}
