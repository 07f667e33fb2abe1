import { describe, expect, it } from '@jest/globals';
import { endOfDay } from '../../agreements/due-day.rules.js';
import { REMINDERS, isOverdue, remindedUntil, reminderAt, reminderTimes, responseDuty } from './response-duty.rules.js';

describe('responseDuty', () => {
  it.each([
    // Already the 24th in Vietnam.
    ['2026-11-23T18:00:00Z', 'Asia/Ho_Chi_Minh', 30, '2026-12-24', '2026-12-24T17:00:00.000Z'],
    ['2026-11-23T12:00:00Z', 'Asia/Ho_Chi_Minh', 30, '2026-12-23', '2026-12-23T17:00:00.000Z'],
    ['2026-11-23T03:00:00Z', 'America/New_York', 1, '2026-11-23', '2026-11-24T05:00:00.000Z'],
    // Summer time begins in between.
    ['2026-03-01T12:00:00Z', 'America/New_York', 30, '2026-03-31', '2026-04-01T04:00:00.000Z'],
    ['2026-10-24T10:00:00Z', 'Europe/Berlin', 1, '2026-10-25', '2026-10-25T23:00:00.000Z'],
    ['2026-12-31T12:00:00Z', 'UTC', 365, '2027-12-31', '2028-01-01T00:00:00.000Z'],
  ])('shared at %s in %s with %i days: by %s', (now, timeZone, responseDays, respondBy, instant) => {
    const duty = responseDuty({ timeZone, responseDays }, new Date(now));
    expect([duty.respondBy, duty.respondByAt.toISOString()]).toEqual([respondBy, instant]);
  });
});

describe('reminders', () => {
  const now = new Date('2026-11-23T12:00:00Z');

  it.each([
    ['2026-12-23', 'Asia/Ho_Chi_Minh', ['2026-12-15T17:00:00.000Z', '2026-12-22T17:00:00.000Z']],
    ['2026-12-01', 'UTC', ['2026-11-24T00:00:00.000Z', '2026-12-01T00:00:00.000Z']],
    // A week before has begun.
    ['2026-11-30', 'UTC', ['2026-11-30T00:00:00.000Z']],
    ['2026-11-24', 'UTC', ['2026-11-24T00:00:00.000Z']],
    // The last day has 25 hours.
    ['2027-11-07', 'America/New_York', ['2027-10-31T04:00:00.000Z', '2027-11-07T04:00:00.000Z']],
  ])('of an answer due on %s in %s come at %p', (respondBy, timeZone, expected) => {
    const times = reminderTimes({ respondBy }, { timeZone }, now);
    expect(times.map((time) => time.toISOString())).toEqual(expected);
    const respondByAt = endOfDay(respondBy, timeZone);
    expect(times.map((time) => reminderAt({ respondByAt }, time))).toEqual(REMINDERS.slice(-times.length));
  });

  it.each([
    ['2026-12-20T00:00:00Z', 'DUE_SOON'],
    ['2026-12-23T12:00:00Z', 'DUE'],
    ['2026-12-30T00:00:00Z', 'DUE'],
  ])('that come late, at %s, are %s', (at, expected) => {
    expect(reminderAt({ respondByAt: new Date('2026-12-23T17:00:00Z') }, new Date(at))).toBe(expected);
  });
});

describe('remindedUntil', () => {
  it('is the latest end of a duty that is reminded of by now', () => {
    const now = new Date('2026-12-20T17:00:00Z');
    const respondByAt = remindedUntil(now);
    expect(respondByAt.toISOString()).toBe('2026-12-23T17:00:00.000Z');
  });
});

describe('isOverdue', () => {
  const respondByAt = new Date('2026-12-23T17:00:00Z');

  it.each([
    ['AWAITING_RESPONSE', null, '2026-12-23T16:59:59.999Z', false],
    ['AWAITING_RESPONSE', null, '2026-12-23T17:00:00Z', true],
    ['ANSWERED', null, '2027-12-23T17:00:00Z', false],
    ['AWAITING_RESPONSE', new Date(0), '2027-12-23T17:00:00Z', false],
  ])('%s, unshared %p, at %s: %p', (state, unsharedAt, now, expected) => {
    expect(isOverdue({ state, respondByAt, unsharedAt }, new Date(now))).toBe(expected);
  });
});
