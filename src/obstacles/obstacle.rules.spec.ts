import { describe, expect, it } from '@jest/globals';
import { isOverdue, monthLimits, monthOf } from './obstacle.rules.js';

const at = (text: string): Date => new Date(text);

describe('the month an obstacle began', () => {
  it.each([
    ['2026-11-23', '2026-11-01'],
    ['2026-11-01', '2026-11-01'],
    ['2024-02-29', '2024-02-01'],
  ])('%s is kept as %s', (day, month) => expect(monthOf(day)).toBe(month));

  it.each([
    ['2026-11-23T12:00:00Z', '2006-11-01', '2026-11-01'],
    // Already December in Kiritimati.
    ['2026-11-30T10:00:00Z', '2006-12-01', '2026-12-01'],
  ])('at %s may be from %s to %s', (now, least, most) => expect(monthLimits(at(now))).toEqual({ least, most }));
});

describe('the duty to answer', () => {
  it.each([
    ['OPEN', '2026-12-23T23:59:59.999Z', false],
    ['OPEN', '2026-12-24T00:00:00Z', true],
    ['ACKNOWLEDGED', '2026-12-24T00:00:00Z', true],
    ['ANSWERED', '2026-12-24T00:00:00Z', false],
    ['RESOLVED', '2027-12-24T00:00:00Z', false],
    ['WITHDRAWN', '2027-12-24T00:00:00Z', false],
  ])('%s at %s: overdue %s', (state, now, overdue) => {
    expect(isOverdue({ state, respondByAt: at('2026-12-24T00:00:00Z') }, at(now))).toBe(overdue);
  });

  it('does not exist for a hidden obstacle', () => {
    expect(isOverdue({ state: 'LOGGED', respondByAt: null }, at('2099-01-01T00:00:00Z'))).toBe(false);
  });
});
