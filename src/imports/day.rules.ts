import { scalarText } from './json-value.rules.js';
import { Rejection, shown } from './rejection.rules.js';

const TIME = String.raw`(?:[T ]\d{2}:?\d{2}(?::?\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}(?::?\d{2})?)?)?`;
const ISO_DAY = new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})${TIME}$`, 'i');
const SLASHED_DAY = new RegExp(String.raw`^(\d{1,2})/(\d{1,2})/(\d{4})${TIME}$`, 'i');
const LESS_THAN_A_DAY = /^(\d{4})(?:-(\d{2}))?$/;

/** Outside these years a date is a slip of the keyboard. */
const FIRST_YEAR = 1800;
const LAST_YEAR = 2199;

/**
 * A day as YYYY-MM-DD; null when the field is absent or blank. The time of a date-time is never significant in the
 * standard, so the day stands as written, whatever the offset. With slashes it is day/month/year, as in the United
 * Kingdom, where the standard is at home.
 */
export function readDay(value: unknown, field: string): string | null {
  const text = dateText(value, field);
  if (text === null) return null;
  const iso = ISO_DAY.exec(text);
  if (iso) return day(iso[1], iso[2], iso[3], field, value, '');
  const slashed = SLASHED_DAY.exec(text);
  if (slashed) {
    return day(slashed[3], slashed[2], slashed[1], field, value, ' Dates with slashes are read as day/month/year.');
  }
  throw new Rejection(field, `${field} is ${shown(value)}; a date is expected, as 2021-03-31.`);
}

/** The standard lets planned dates leave out the day, or day and month. Which day it was is not known then: null. */
export function readPlannedDay(value: unknown, field: string): string | null {
  const text = dateText(value, field);
  const partial = text === null ? null : LESS_THAN_A_DAY.exec(text);
  if (!partial) return readDay(value, field);
  day(partial[1], partial[2] ?? '01', '01', field, value, '');
  return null;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?$/i;

/** When the publisher last changed the row, in UTC. Unreadable is unknown: no grant is worth losing over it. */
export function readInstant(value: unknown): string | null {
  if (typeof value !== 'string' || !INSTANT.test(value.trim())) return null;
  const text = value.trim().toUpperCase();
  const instant = new Date(/(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

function dateText(value: unknown, field: string): string | null {
  if (value === null || value === undefined) return null;
  const text = scalarText(value);
  if (text === null) throw new Rejection(field, `${field} is ${shown(value)} where a date is expected.`);
  return text === '' ? null : text;
}

function day(year = '', month = '', dayOfMonth = '', field: string, value: unknown, note: string): string {
  const [y, m, d] = [Number(year), Number(month), Number(dayOfMonth)];
  const days = m === 2 && isLeap(y) ? 29 : ([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1] ?? 0);
  if (d < 1 || d > days) throw new Rejection(field, `${field} is ${shown(value)}, a day that does not exist.${note}`);
  if (y < FIRST_YEAR || y > LAST_YEAR)
    throw new Rejection(field, `${field} is ${shown(value)}; the year cannot be right.`);
  return `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
