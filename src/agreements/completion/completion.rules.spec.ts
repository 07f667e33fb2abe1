import { expect, it } from '@jest/globals';
import type { InstallmentState } from '../payments/payment.rules.js';
import { isComplete } from './completion.rules.js';

const course = { endsOn: '2027-12-31', timeZone: 'Asia/Ho_Chi_Minh' };

it.each<[string, InstallmentState[], string, boolean]>([
  ['on its last day', ['RECEIVED'], '2027-12-31T16:59:59Z', false],
  ['when that day has ended', ['RECEIVED'], '2027-12-31T17:00:00Z', true],
  ['with what was released', ['RECEIVED', 'RELEASED'], '2028-01-01T00:00:00Z', true],
  ['with something sent', ['RECEIVED', 'SENT'], '2028-01-01T00:00:00Z', false],
  ['with something scheduled', ['SCHEDULED', 'RELEASED'], '2030-01-01T00:00:00Z', false],
])('an agreement %s', (_, installments, now, complete) => {
  expect(isComplete(course, installments, new Date(now))).toBe(complete);
});

it('is never complete without a last day or a place', () => {
  const now = new Date('2030-01-01T00:00:00Z');
  expect(isComplete({ ...course, endsOn: null }, [], now)).toBe(false);
  expect(isComplete({ ...course, timeZone: null }, [], now)).toBe(false);
});
