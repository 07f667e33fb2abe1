/** What a release is about: a quarter or a year of the calendar, in UTC. */
export interface Period {
  /** `2026-Q3` or `2026`. */
  readonly name: string;
  readonly year: number;
  readonly quarter: number | null;
  /** First instant, and the first after it. */
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** So that what happened on the last day can still be written down, in any time zone and after a flood. */
export const DAYS_BEFORE_SEALING = 14;
const DAY = 86_400_000;
const FORM = /^(\d{4})(?:-Q([1-4]))?$/;

/** Null for what names no period. */
export function parsePeriod(name: string): Period | null {
  const match = FORM.exec(name);
  if (!match || match[1] < '1970') return null;
  return match[2] ? quarterOf(Number(match[1]), Number(match[2])) : yearOf(Number(match[1]));
}

export function quarterOf(year: number, quarter: number): Period {
  return {
    name: `${year}-Q${quarter}`,
    year,
    quarter,
    startsAt: new Date(Date.UTC(year, 3 * quarter - 3, 1)),
    endsAt: new Date(Date.UTC(year, 3 * quarter, 1)),
  };
}

export function yearOf(year: number): Period {
  const startsAt = new Date(Date.UTC(year, 0, 1));
  return { name: String(year), year, quarter: null, startsAt, endsAt: new Date(Date.UTC(year + 1, 0, 1)) };
}

export function quartersOf(year: number): Period[] {
  return [1, 2, 3, 4].map((quarter) => quarterOf(year, quarter));
}

export function quarterBefore({ year, quarter }: Period): Period {
  return quarter === 1 ? quarterOf(year - 1, 4) : quarterOf(year, quarter! - 1);
}

/** The earliest instant at which it may be sealed. */
export function sealableFrom({ endsAt }: Period): Date {
  return new Date(endsAt.getTime() + DAYS_BEFORE_SEALING * DAY);
}

/**
 * Since when entries count in this quarter: an obstacle belongs to the first unsealed quarter at or after the one in
 * which it was logged, so what reached the log after its own quarter was closed comes along.
 */
export function countsSince(quarter: Period, isClosed: (name: string) => boolean): Date {
  let first = quarter;
  for (let before = quarterBefore(first); isClosed(before.name); before = quarterBefore(before)) first = before;
  return first.startsAt;
}

/** Periods of which a copy holds the whole. What began before it was one is sealed by the network that it was copied from. */
export function ownPeriods(copiedAt: Date | null): (period: Period) => boolean {
  return ({ startsAt }) => copiedAt === null || startsAt >= copiedAt;
}

/** All that may be sealed by now, from the first of January of `year` on, quarters before the year they belong to. */
export function sealableBy(now: Date, year: number): Period[] {
  const periods: Period[] = [];
  for (let y = year; y <= now.getUTCFullYear(); y++) periods.push(...quartersOf(y), yearOf(y));
  return periods.filter((period) => sealableFrom(period) <= now);
}

/**
 * What is to be sealed next. What has spent its part already is left alone, with a release or (after a restore) without
 * one, and so is a year of which a quarter is left alone.
 */
export function nextDue(
  now: Date,
  firstYear: number,
  closed: ReadonlySet<string>,
  spent: ReadonlySet<string>,
  isOwn: (period: Period) => boolean = () => true,
): Period | undefined {
  const isReady = ({ quarter, year }: Period): boolean =>
    quarter !== null || quartersOf(year).every(({ name }) => closed.has(name));
  return sealableBy(now, firstYear).find(
    (period) => isOwn(period) && !closed.has(period.name) && !spent.has(period.name) && isReady(period),
  );
}
