import { expect, it } from '@jest/globals';
import { monthsBetween } from './cash-flow.rules.js';

it.each([
  ['2027-01-15', '2027-01-01', { since: '2027-01-01', before: '2027-02-01' }],
  ['2027-01-31', '2028-12-31', { since: '2027-01-01', before: '2029-01-01' }],
  ['2027-03-01', '2032-02-29', { since: '2027-03-01', before: '2032-03-01' }],
  ['2027-03-01', '2032-03-01', null],
  ['2027-03-01', '2027-02-28', null],
])('from %s to %s', (from, to, months) => {
  expect(monthsBetween(from, to)).toEqual(months);
});
