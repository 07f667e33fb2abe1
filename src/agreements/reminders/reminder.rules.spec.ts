import { expect, it } from '@jest/globals';
import { endReminder, expectationReminder, installmentReminder } from './reminder.rules.js';

const zone = 'Asia/Ho_Chi_Minh';
const lateFrom = new Date('2027-01-31T17:00:00Z');
const installment = { state: 'SCHEDULED', dueOn: '2027-01-31', lateFrom } as const;

it.each([
  ['2027-01-16T16:59:59Z', null],
  ['2027-01-16T17:00:00Z', 'INSTALLMENT_DUE_SOON'],
  ['2027-01-31T16:59:59Z', 'INSTALLMENT_DUE_SOON'],
  ['2027-01-31T17:00:00Z', 'INSTALLMENT_LATE'],
  ['2029-01-01T00:00:00Z', 'INSTALLMENT_LATE'],
])('at %s an installment: %s', (now, type) => {
  const expected = type && { type, day: '2027-01-31' };
  expect(installmentReminder(installment, zone, new Date(now))).toEqual(expected);
});

it('what was sent is awaited, and not asked for; what is held or not awaited is neither', () => {
  const [before, after] = [new Date('2027-01-30T00:00:00Z'), new Date('2027-02-01T00:00:00Z')];
  const sent = { ...installment, state: 'SENT' } as const;
  expect(installmentReminder(sent, zone, before)).toBeNull();
  expect(installmentReminder(sent, zone, after)).toMatchObject({ type: 'INSTALLMENT_LATE' });
  for (const now of [before, after]) {
    expect(installmentReminder({ ...installment, lateFrom: null }, zone, now)).toBeNull();
  }
});

const expectation = {
  dueOn: '2027-01-31',
  movedTo: null,
  metByShareId: null,
  waivedAt: null,
  overdueAt: new Date('2027-01-31T17:00:00Z'),
};

it.each([
  ['2027-01-16T16:59:59Z', {}, null],
  ['2027-01-16T17:00:00Z', {}, 'EXPECTATION_DUE_SOON'],
  ['2027-01-31T17:00:00Z', {}, 'EXPECTATION_OVERDUE'],
  ['2027-01-20T17:00:00Z', { metByShareId: 'a share' }, null],
  ['2027-02-20T17:00:00Z', { waivedAt: new Date(0) }, null],
  ['2027-02-20T17:00:00Z', { movedTo: '2027-04-01', overdueAt: new Date('2027-04-01T17:00:00Z') }, null],
])('at %s a report that is expected, %j: %s', (now, change, type) => {
  const expected = type && { type, day: '2027-01-31' };
  expect(expectationReminder({ ...expectation, ...change }, zone, new Date(now))).toEqual(expected);
});

it('is about the day it was moved to', () => {
  const moved = { ...expectation, movedTo: '2027-03-01', overdueAt: new Date('2027-03-01T17:00:00Z') };
  const now = new Date('2027-02-20T00:00:00Z');
  expect(expectationReminder(moved, zone, now)).toEqual({ type: 'EXPECTATION_DUE_SOON', day: '2027-03-01' });
});

it.each([
  ['2026-12-01T16:59:59Z', null],
  ['2026-12-01T17:00:00Z', { type: 'AGREEMENT_ENDING', day: '2027-01-31' }],
  ['2027-01-31T16:59:59Z', { type: 'AGREEMENT_ENDING', day: '2027-01-31' }],
  ['2027-01-31T17:00:00Z', null],
])('at %s an end: %j', (now, reminder) => {
  expect(endReminder('2027-01-31', zone, new Date(now))).toEqual(reminder);
});
