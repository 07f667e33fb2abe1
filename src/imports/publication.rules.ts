import type { PublishedAt } from './day.rules.js';
import { readPublishedAt } from './day.rules.js';

/** When the package says that it was issued or last changed: the latest of what it says; null when it says nothing readable. */
export function packageTime(published: ReadonlyMap<string, unknown>): PublishedAt | null {
  const times = [...published.values()].map(timeIn).filter((time) => time !== null);
  return times.sort((left, right) => left.at.localeCompare(right.at)).at(-1) ?? null;
}

/** A package's own date with slashes proves nothing of its rows: unreadable is unknown. */
function timeIn(value: unknown): PublishedAt | null {
  return typeof value === 'string' && !value.includes('/') ? readPublishedAt(value, 'issued') : null;
}

/** Of a row of the file, beside what was recorded under its id before. */
export type Age = 'NEWER' | 'SAME' | 'OLDER' | 'BOTH_UNDATED' | 'UNDATED';

/**
 * An older row never changes what a newer one said. A row without a time, where neither itself nor its package has one,
 * changes only what has none either: what is dated may be newer.
 */
export function ageOf(row: PublishedAt | null, recorded: Date | null): Age {
  if (row === null) return recorded === null ? 'BOTH_UNDATED' : 'UNDATED';
  if (recorded === null) return 'NEWER';
  const before = row.isDay ? `${recorded.toISOString().slice(0, 10)}T00:00:00.000Z` : recorded.toISOString();
  if (row.at === before) return 'SAME';
  return row.at > before ? 'NEWER' : 'OLDER';
}
