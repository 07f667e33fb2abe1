import { expect, it } from '@jest/globals';
import { expectationState, movableTo } from './expectation.rules.js';

const OPEN = { metByShareId: null, waivedAt: null, overdueAt: new Date('2027-01-01T00:00:00Z') };

it.each([
  [OPEN, '2026-12-31T23:59:59Z', 'UPCOMING'],
  [OPEN, '2027-01-01T00:00:00Z', 'OVERDUE'],
  [{ ...OPEN, overdueAt: null }, '2030-01-01T00:00:00Z', 'UPCOMING'],
  [{ ...OPEN, metByShareId: 'share' }, '2030-01-01T00:00:00Z', 'MET'],
  [{ ...OPEN, waivedAt: new Date() }, '2030-01-01T00:00:00Z', 'WAIVED'],
] as const)('%o at %s is %s', (expectation, now, state) => {
  expect(expectationState(expectation, new Date(now))).toBe(state);
});

it.each([
  ['2027-01-01', '2026-10-02', false],
  ['2027-01-01', '2026-10-03', true],
  ['2027-01-01', '2027-01-01', true],
  ['2027-01-01', '2027-04-01', true],
  ['2027-01-01', '2027-04-02', false],
])('one due on %s moves to %s: %s', (dueOn, wanted, allowed) => {
  expect(movableTo(dueOn, wanted)).toEqual({ allowed, earliest: '2026-10-03', latest: '2027-04-01' });
});
