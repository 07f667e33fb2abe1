import { scalarText } from './json-value.rules.js';
import { Rejection, shown } from './rejection.rules.js';

const TIME = String.raw`(?:[T ]\d{2}:?\d{2}(?::?\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}(?::?\d{2})?)?)?`;
const ISO_DAY = new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})${TIME}$`, 'i');
const SLASHED_DAY = new RegExp(String.raw`^(\d{1,2})/(\d{1,2})/(\d{4})${TIME}$`, 'i');
const LESS_THAN_A_DAY = /^(\d{4})(?:-(\d{2}))?$/;

/** Outside these years a date is a slip of the keyboard. */
const FIRST_YEAR = 1800;
const LAST_YEAR = 2199;

/** A date of the file that can only be month/day/year, such as 02/13/2020, and where it stands. */
export interface MonthFirstDate {
  readonly position: number;
  readonly field: string;
  /** As it may be shown. */
  readonly value: string;
}

/**
 * A day as YYYY-MM-DD; null when the field is absent or blank. The time of a date-time is never significant in the
 * standard, so the day stands as written, whatever the offset. With slashes it is day/month/year, as in the United
 * Kingdom, where the standard is at home; but in a file of which one date can only be month/day/year (`monthFirst`) no
 * date with slashes is read, since 03/04/2020 may be either there.
 */
export function readDay(value: unknown, field: string, monthFirst: MonthFirstDate | null = null): string | null {
  const text = dateText(value, field);
  if (text === null) return null;
  const iso = ISO_DAY.exec(text);
  if (iso) return dayOrRejection(partsFrom(iso[1], iso[2], iso[3]), field, value, 'NO_SUCH_DAY');
  const slashed = SLASHED_DAY.exec(text);
  if (!slashed) throw new Rejection(field, 'DATE_EXPECTED', { shown: shown(value) });
  if (monthFirst) {
    const { position, field: proofField, value: proof } = monthFirst;
    throw new Rejection(field, 'SLASHED_DATE_REFUSED', { shown: shown(value), proof, proofField, position });
  }
  const day = partsFrom(slashed[3], slashed[2], slashed[1]);
  if (!isDay(day) && isPlausible(partsFrom(slashed[3], slashed[1], slashed[2]))) {
    throw new Rejection(field, 'MONTH_BEFORE_DAY', { shown: shown(value) });
  }
  return dayOrRejection(day, field, value, 'NO_SUCH_SLASHED_DAY');
}

/** The standard lets planned dates leave out the day, or day and month. Which day it was is not known then: null. */
export function readPlannedDay(value: unknown, field: string, monthFirst: MonthFirstDate | null = null): string | null {
  const text = dateText(value, field);
  const partial = text === null ? null : LESS_THAN_A_DAY.exec(text);
  if (!partial) return readDay(value, field, monthFirst);
  dayOrRejection(partsFrom(partial[1], partial[2] ?? '01', '01'), field, value, 'NO_SUCH_DAY');
  return null;
}

/** When a row or a file was published, as far as it says. */
export interface PublishedAt {
  /** An instant in UTC; of a day its beginning. */
  readonly at: string;
  /** No time of day was said: nothing of the same day is older. */
  readonly isDay: boolean;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?$/i;

/**
 * When the publisher last changed a row, or issued a file: an instant, or a day in each form that an award date may have.
 * Unreadable is unknown (no grant is worth losing over it), but a date with the month first is said, as of any field.
 */
export function readPublishedAt(
  value: unknown,
  field: string,
  monthFirst: MonthFirstDate | null = null,
): PublishedAt | null {
  const text = scalarText(value)?.toUpperCase() ?? '';
  if (INSTANT.test(text)) {
    const instant = new Date(/(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`);
    return Number.isNaN(instant.getTime()) ? null : { at: instant.toISOString(), isDay: false };
  }
  try {
    const day = readDay(value, field, monthFirst);
    return day === null ? null : { at: `${day}T00:00:00.000Z`, isDay: true };
  } catch (error) {
    if (error instanceof Rejection && error.code !== 'MONTH_BEFORE_DAY') return null;
    throw error;
  }
}

function dateText(value: unknown, field: string): string | null {
  if (value === null || value === undefined) return null;
  const text = scalarText(value);
  if (text === null) throw new Rejection(field, 'DATE_EXPECTED', { shown: shown(value) });
  return text === '' ? null : text;
}

interface DayParts {
  readonly year: string;
  readonly month: string;
  readonly dayOfMonth: string;
}

function partsFrom(year = '', month = '', dayOfMonth = ''): DayParts {
  return { year, month: month.padStart(2, '0'), dayOfMonth: dayOfMonth.padStart(2, '0') };
}

function dayOrRejection(
  parts: DayParts,
  field: string,
  value: unknown,
  code: 'NO_SUCH_DAY' | 'NO_SUCH_SLASHED_DAY',
): string {
  if (!isDay(parts)) throw new Rejection(field, code, { shown: shown(value) });
  if (!isPlausible(parts)) throw new Rejection(field, 'YEAR_OUT_OF_RANGE', { shown: shown(value) });
  return `${parts.year}-${parts.month}-${parts.dayOfMonth}`;
}

function isPlausible(parts: DayParts): boolean {
  const year = Number(parts.year);
  return isDay(parts) && year >= FIRST_YEAR && year <= LAST_YEAR;
}

function isDay({ year, month, dayOfMonth }: DayParts): boolean {
  const [y, m, d] = [Number(year), Number(month), Number(dayOfMonth)];
  const days = m === 2 && isLeap(y) ? 29 : ([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1] ?? 0);
  return d >= 1 && d <= days;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
