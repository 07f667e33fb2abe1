import { expect, it } from '@jest/globals';
import type { ReportContent } from '../reports/report-content.rules.js';
import { tells, yearOf } from './told.rules.js';

const hoped = (dueOn: string, expectedOn = dueOn): { funderId: string; dueOn: string; expectedOn: string } => ({
  funderId: 'f',
  dueOn,
  expectedOn,
});
const section = { prompt: 'LEARNED', funderId: null, question: null, text: 'x', isVisible: true };
const report = (periodStart: string | null, periodEnd: string | null, change = {}): ReportContent => ({
  format: 'WRITTEN',
  language: 'vi',
  periodStart,
  periodEnd,
  minutesSpent: null,
  peopleInvolved: null,
  sections: [section],
  ...change,
});

it.each([
  ['2027-01-31', '2027-01-31', '2026-02-01', '2027-01-31'],
  ['2027-01-31', '2027-04-30', '2026-02-01', '2027-04-30'],
  ['2028-02-29', '2028-02-29', '2027-03-02', '2028-02-29'],
])('one due on %s and expected on %s is about %s to %s', (dueOn, expectedOn, from, to) => {
  expect(yearOf(hoped(dueOn, expectedOn))).toEqual({ from, to });
});

it.each([
  ['the calendar year before', '2026-01-01', '2026-12-31', hoped('2027-01-31'), true],
  ['the year after', '2027-01-01', '2027-12-31', hoped('2027-01-31'), false],
  ['the same year, as due at its end', '2026-01-01', '2026-12-31', hoped('2026-12-31'), true],
  ['the same year, as due a little before its end', '2026-01-01', '2026-12-31', hoped('2026-12-01'), true],
  ['half a year', '2026-07-01', '2026-12-31', hoped('2027-01-31'), true],
  ['a quarter that touches it', '2025-12-01', '2026-02-10', hoped('2027-01-31'), false],
  ['a day, the first', '2026-02-01', '2026-02-01', hoped('2027-01-31'), true],
  ['a day before the first', '2026-01-31', '2026-01-31', hoped('2027-01-31'), false],
  ['a day that only moving reaches', '2027-03-01', '2027-03-01', hoped('2027-01-31', '2027-03-01'), true],
  ['no period', null, null, hoped('2027-01-31'), false],
])('a report of %s', (_, start, end, expectation, expected) => {
  expect(tells(report(start, end), expectation)).toBe(expected);
});

it.each([
  ['nothing visible', [{ ...section, isVisible: false }], {}, false],
  ["another funder's prompt alone", [{ ...section, funderId: 'other' }], {}, false],
  ['its own prompt', [{ ...section, funderId: 'f' }], {}, true],
  ['a recording without a text', [], { format: 'RECORDING' }, true],
])('a report with %s', (_, sections, change, expected) => {
  expect(tells(report('2026-01-01', '2026-12-31', { sections, ...change }), hoped('2026-12-31'))).toBe(expected);
});
