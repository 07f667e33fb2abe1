import { describe, expect, it } from '@jest/globals';
import { isOverdue, reminderAt, remindedUntil, responseDuty } from './response-duty.rules.js';

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

describe('reminderAt', () => {
  const now = new Date('2026-11-23T12:00:00Z');

  it.each([
    ['2026-12-23T17:00:00Z', '2026-12-20T17:00:00.000Z'],
    ['2026-11-24T17:00:00Z', '2026-11-23T12:00:00.000Z'],
  ])('for an answer due at the end of %s it is %s', (respondByAt, expected) => {
    expect(reminderAt({ respondByAt: new Date(respondByAt) }, now).toISOString()).toBe(expected);
  });
});

describe('remindedUntil', () => {
  it('is the latest end of a duty that is reminded of by now', () => {
    const now = new Date('2026-12-20T17:00:00Z');
    const respondByAt = remindedUntil(now);
    expect(respondByAt.toISOString()).toBe('2026-12-23T17:00:00.000Z');
    expect(reminderAt({ respondByAt }, now)).toEqual(now);
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
