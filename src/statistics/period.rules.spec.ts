import { describe, expect, it } from '@jest/globals';
import {
  countsSince,
  nextDue,
  ownPeriods,
  parsePeriod,
  quarterBefore,
  quarterOf,
  quartersOf,
  sealableBy,
  sealableFrom,
  yearOf,
} from './period.rules.js';

describe('a copy of a network', () => {
  it('seals what began after it was made, and nothing before', () => {
    const isOwn = ownPeriods(new Date('2026-10-01T00:00:00.001Z'));
    const own = [...quartersOf(2026), yearOf(2026), ...quartersOf(2027), yearOf(2027)].filter(isOwn);
    expect(own.map(({ name }) => name)).toEqual(['2027-Q1', '2027-Q2', '2027-Q3', '2027-Q4', '2027']);
    expect(ownPeriods(new Date('2026-10-01T00:00:00Z'))(quartersOf(2026)[3])).toBe(true);
    const due = (now: string) => nextDue(new Date(now), 2026, new Set(), new Set(), isOwn)?.name;
    expect([due('2027-02-01'), due('2027-05-01')]).toEqual([undefined, '2027-Q1']);
  });
});

describe('a period', () => {
  it('is a quarter or a year of the calendar', () => {
    expect(parsePeriod('2026-Q3')).toMatchObject({
      quarter: 3,
      startsAt: new Date('2026-07-01T00:00:00Z'),
      endsAt: new Date('2026-10-01T00:00:00Z'),
    });
    expect(parsePeriod('2026')).toEqual(yearOf(2026));
    expect(quarterOf(2026, 4).endsAt).toEqual(yearOf(2026).endsAt);
    expect(quarterBefore(quarterOf(2026, 1))).toEqual(quarterOf(2025, 4));
  });

  it.each(['2026-Q5', '2026-Q0', '26', '2026-q3', '2026-Q3 ', '', '0001', '20260', "2026'"])('is not "%s"', (name) => {
    expect(parsePeriod(name)).toBeNull();
  });

  it('can be sealed fourteen days after its end, and not a moment before', () => {
    expect(sealableFrom(quarterOf(2026, 3))).toEqual(new Date('2026-10-15T00:00:00Z'));
    const names = (now: string): string[] => sealableBy(new Date(now), 2026).map(({ name }) => name);
    expect(names('2026-10-14T23:59:59.999Z')).toEqual(['2026-Q1', '2026-Q2']);
    expect(names('2026-10-15T00:00:00Z')).toEqual(['2026-Q1', '2026-Q2', '2026-Q3']);
    expect(names('2027-01-15T00:00:00Z')).toEqual(['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4', '2026']);
  });

  it('counts what was logged in the quarters before it that are closed without a gap', () => {
    const since = (closed: string[]): Date => countsSince(quarterOf(2026, 3), (name) => closed.includes(name));
    expect(since([])).toEqual(new Date('2026-07-01T00:00:00Z'));
    expect(since(['2026-Q2', '2026-Q1'])).toEqual(new Date('2026-01-01T00:00:00Z'));
    expect(since(['2026-Q1'])).toEqual(new Date('2026-07-01T00:00:00Z'));
  });

  it('is due in order, once, and a year after its quarters', () => {
    const quarters = ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'];
    const next = (closed: string[], spent = closed): string | undefined =>
      nextDue(new Date('2027-02-01'), 2026, new Set(closed), new Set(spent))?.name;
    expect(next([])).toBe('2026-Q1');
    expect(next(quarters.slice(0, 3))).toBe('2026-Q4');
    expect(next(quarters)).toBe('2026');
    expect(next([...quarters, '2026'])).toBeUndefined();
    expect(next(quarters.slice(1), quarters)).toBeUndefined();
  });
});
