import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, addYears, dayIn, daysBetween, endOfDay, latestDay, shiftDays } from './due-day.rules.js';

describe('the end of a day', () => {
  it.each([
    ['UTC', '2026-11-23', '2026-11-24T00:00:00.000Z'],
    ['Asia/Ho_Chi_Minh', '2026-11-23', '2026-11-23T17:00:00.000Z'],
    ['Asia/Kolkata', '2026-11-23', '2026-11-23T18:30:00.000Z'],
    ['Pacific/Kiritimati', '2026-11-23', '2026-11-23T10:00:00.000Z'],
    ['Pacific/Pago_Pago', '2026-11-23', '2026-11-24T11:00:00.000Z'],
    // The day clocks go forward has 23 hours, the day they go back 25.
    ['Europe/London', '2026-03-29', '2026-03-29T23:00:00.000Z'],
    ['Europe/London', '2026-10-25', '2026-10-26T00:00:00.000Z'],
    ['America/New_York', '2026-03-08', '2026-03-09T04:00:00.000Z'],
    ['America/New_York', '2026-11-01', '2026-11-02T05:00:00.000Z'],
    // Midnight does not exist when clocks go forward at midnight.
    ['Africa/Cairo', '2026-04-23', '2026-04-23T22:00:00.000Z'],
    ['America/Santiago', '2026-09-05', '2026-09-06T04:00:00.000Z'],
    // Midnight comes twice when clocks go back at midnight (Cairo) or an hour after it (Havana).
    ['Africa/Cairo', '2026-10-29', '2026-10-29T22:00:00.000Z'],
    ['America/Havana', '2026-10-31', '2026-11-01T04:00:00.000Z'],
    // Samoa left out 30 December 2011.
    ['Pacific/Apia', '2011-12-29', '2011-12-30T10:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-04', '2026-04-04T13:00:00.000Z'],
  ])('in %s of %s is %s', (timeZone, day, instant) => {
    expect(endOfDay(day, timeZone).toISOString()).toBe(instant);
  });

  it('is the first instant that is not that day any more, everywhere and always', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const days = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('2000-01-01', n));
    fc.assert(
      fc.property(zones, days, (timeZone, day) => {
        const end = endOfDay(day, timeZone);
        expect(dayIn(timeZone, end) > day).toBe(true);
        expect(dayIn(timeZone, new Date(end.getTime() - 1000)) <= day).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('days', () => {
  it.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-01-15', -30, '2025-12-16'],
  ])('%s and %i days is %s', (day, days, other) => {
    expect(addDays(day, days)).toBe(other);
    expect(daysBetween(day, other)).toBe(days);
  });

  it('add years without ending a year early', () => {
    expect(addYears('2024-02-29', 1)).toBe('2025-03-01');
    expect(addYears('2026-05-01', 2)).toBe('2028-05-01');
  });

  it('knows the latest day on Earth', () => {
    expect(latestDay(new Date('2026-11-23T09:59:59Z'))).toBe('2026-11-23');
    expect(latestDay(new Date('2026-11-23T10:00:00Z'))).toBe('2026-11-24');
  });

  it.each([
    ['2027-01-01', '2029-01-01', '2028-12-31', '2030-12-31'],
    ['2027-01-01', '2027-01-31', '2027-06-30', '2027-07-30'],
    ['2026-03-15', '2026-04-10', '2026-12-31', '2027-01-26'],
    ['2027-01-15', '2027-02-15', '2027-01-31', '2027-02-28'],
  ])('moved as %s to %s, %s is %s', (from, to, day, moved) => {
    expect(shiftDays(from, to)(day)).toBe(moved);
    expect(shiftDays(from, to)(from)).toBe(to);
  });
});
