import type { Condition } from '../../platform/db/keyset.js';
import { latestDay } from '../due-day.rules.js';

/** Whether a stored instant has come, by the clock of this moment. */
export function sinceBefore(column: string, now: Date, hasCome: boolean): Condition {
  const sql = (place: string): string =>
    hasCome ? `${column} <= ${place}::timestamptz` : `(${column} IS NULL OR ${column} > ${place}::timestamptz)`;
  return { sql, value: now, isOfTheMoment: true };
}

/** What is late was due by today, wherever it is: so the index is read to that day only. */
export function dueSoonest(column: string, now: Date): Condition {
  return { sql: (place) => `${column} <= ${place}::date`, value: latestDay(now), isOfTheMoment: true };
}
