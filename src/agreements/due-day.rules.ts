/** Days are texts, "2026-11-23"; an instant is a Date. A duty of a day ends with that day where the agreement lives. */

const DAY = 86_400_000;

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY;
}

/** The same day some years on; 29 February becomes 1 March, so that a year never ends a day early. */
export function addYears(day: string, years: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.toISOString().slice(0, 10);
}

/** Some months on; the 31st becomes the last day of a shorter month. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Moves days as far as `from` lies from `to`, by whole months and then days, so that a year's end stays one. */
export function shiftDays(from: string, to: string): (day: string) => string {
  const [fromYear = 0, fromMonth = 1] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 1] = to.split('-').map(Number);
  const apart = (toYear - fromYear) * 12 + toMonth - fromMonth;
  const months = addMonths(from, apart) > to ? apart - 1 : apart;
  const days = daysBetween(addMonths(from, months), to);
  return (day) => addDays(addMonths(day, months), days);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a time zone at an instant, as the instant UTC would show the same digits. */
function wallClock(timeZone: string, instant: number): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', {
      timeZone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
}

/** The day it is in a time zone. */
export function dayIn(timeZone: string, instant: Date): string {
  return new Date(wallClock(timeZone, instant.getTime())).toISOString().slice(0, 10);
}

/** The latest day it is anywhere on Earth: what was done "today" in Kiritimati is not in the future. */
export function latestDay(instant: Date): string {
  return new Date(instant.getTime() + 14 * 3_600_000).toISOString().slice(0, 10);
}

/**
 * The first instant after a day. Midnight may not exist on a day when clocks change, or come twice, so both offsets
 * around it are tried, and the earliest instant that shows the next day (or a later one) is right.
 */
export function endOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${addDays(day, 1)}T00:00:00Z`);
  const candidates = [-DAY, DAY].map((around) => {
    const offset = wallClock(timeZone, midnight + around) - (midnight + around);
    return midnight - offset;
  });
  const after = candidates.filter((instant) => wallClock(timeZone, instant) >= midnight);
  return new Date(Math.min(...after));
}

/** When a duty of an agreement ends: with its day, and no earlier than the day of acceptance, since nothing is owed before. */
export function endOfDuty(day: string, timeZone: string, acceptedAt: Date): Date {
  const acceptedOn = dayIn(timeZone, acceptedAt);
  return endOfDay(day > acceptedOn ? day : acceptedOn, timeZone);
}
