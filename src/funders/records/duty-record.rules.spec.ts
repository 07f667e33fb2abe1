import { describe, expect, it } from '@jest/globals';
import type { Duty } from './duty-record.rules.js';
import {
  countDuties,
  dayBand,
  dutyState,
  liveSince,
  median,
  percentBand,
  publishable,
  yearToFreeze,
} from './duty-record.rules.js';

const day = (number: number): Date => new Date(Date.UTC(2026, 0, number));
const duty = (change: Partial<Duty> = {}): Duty => ({
  counterpartyId: 'a',
  beganAt: day(1),
  dueAt: day(31),
  answeredAt: null,
  endedAt: null,
  isResolved: false,
  ...change,
});
const answered = (on: number, change: Partial<Duty> = {}): Duty => duty({ answeredAt: day(on), ...change });

describe('a duty', () => {
  it.each([
    ['waits', duty(), 30, 'AWAITED'],
    ['is missed when its last day is over', duty(), 31, 'MISSED'],
    ['is answered', answered(10), 10, 'ANSWERED'],
    ['is not yet answered', answered(10), 9, 'AWAITED'],
    ['is answered late', answered(40), 50, 'ANSWERED'],
    ['was missed then', answered(40), 39, 'MISSED'],
    ['ended before it was due', duty({ endedAt: day(20) }), 50, 'ENDED'],
    ['had not ended then', duty({ endedAt: day(20) }), 19, 'AWAITED'],
    ['was missed before it ended', duty({ endedAt: day(31) }), 50, 'MISSED'],
    ['was answered before it ended', answered(10, { endedAt: day(20) }), 50, 'ANSWERED'],
  ])('%s', (_, given, asOf, state) => {
    expect(dutyState(given, day(asOf))).toBe(state);
  });

  it('is counted when it was answered or fell due', () => {
    const duties = [
      answered(4, { isResolved: true }),
      answered(11, { counterpartyId: 'b' }),
      answered(45, { counterpartyId: 'b' }),
      duty({ counterpartyId: 'c' }),
      duty({ counterpartyId: 'd', dueAt: day(90) }),
      duty({ counterpartyId: 'e', endedAt: day(3) }),
    ];
    expect(countDuties(duties, day(60))).toEqual({
      due: 4,
      awaited: 1,
      answered: 3,
      answeredInTime: 2,
      medianDays: 10,
      resolved: 1,
      counterparties: 3,
    });
  });
});

it.each([
  [[], null],
  [[3], 3],
  [[9, 1], 5],
  [[1, 2], 2],
  [[30, 1, 2], 2],
  [[4, 1, 3, 2], 3],
])('the median of %p is %p', (values, expected) => {
  expect(median(values)).toBe(expected);
});

it.each([
  [0, 0],
  [19.9, 0],
  [20, 1],
  [79.9, 3],
  [80, 4],
  [100, 4],
])('%p percent are in band %i', (percent, band) => {
  expect(percentBand(percent)).toBe(band);
});

it.each([
  [0, 0],
  [7, 0],
  [8, 1],
  [14, 1],
  [15, 2],
  [30, 2],
  [31, 3],
  [60, 3],
  [61, 4],
])('%p days are in band %i', (days, band) => {
  expect(dayBand(days)).toBe(band);
});

describe('a published record', () => {
  const grantees = (count: number, of: (i: number) => Duty[]): Duty[] =>
    Array.from({ length: count }, (_, i) => of(i).map((each) => ({ ...each, counterpartyId: `g${i}` }))).flat();
  const kept = (count: number): Duty[] => grantees(count, () => [answered(11, { isResolved: true })]);

  it('needs 25 grantees with something that fell due', () => {
    expect(publishable(kept(24), day(99))).toBeNull();
    expect(publishable([...kept(24), duty({ counterpartyId: 'x', dueAt: day(200) })], day(99))).toBeNull();
    expect(publishable([...kept(24), duty({ counterpartyId: 'x', endedAt: day(2) })], day(99))).toBeNull();
    expect(publishable(kept(25), day(99))).toEqual({ answered: 4, inTime: 4, resolved: 4, days: 1 });
  });

  it('says nothing of days when nothing was answered', () => {
    expect(
      publishable(
        grantees(25, () => [duty()]),
        day(99),
      ),
    ).toEqual({ answered: 0, inTime: 0, resolved: 0, days: null });
  });

  it('weighs each grantee alike: one that tells a thousand things moves it by four points', () => {
    const loud = Array.from({ length: 1000 }, () => duty({ counterpartyId: 'loud' }));
    const before = publishable([...kept(24), answered(11, { counterpartyId: 'loud', isResolved: true })], day(99));
    expect(publishable([...kept(24), ...loud], day(99))).toEqual(before);
  });

  it('is the same however late it is made', () => {
    const late = grantees(30, (i) => [duty(), answered(i < 10 ? 20 : 200)]);
    const then = publishable(late, day(99));
    expect(then).toEqual({ answered: 0, inTime: 0, resolved: 0, days: 2 });
    expect(
      publishable(
        late.map((each) => (each.answeredAt && each.answeredAt > day(99) ? duty(each) : each)),
        day(99),
      ),
    ).toEqual(then);
  });
});

it.each([
  ['2027-01-01T23:59:59Z', 2025],
  ['2027-01-02T00:00:00Z', 2026],
  ['2027-12-31T00:00:00Z', 2026],
])('at %s the year to freeze is %i', (now, year) => {
  expect(yearToFreeze(new Date(now))).toEqual({
    year,
    firstDay: `${year}-01-01`,
    lastDay: `${year}-12-31`,
    asOf: new Date(`${year + 1}-01-02T00:00:00Z`),
  });
});

it('counts live from 365 days ago', () => {
  expect(liveSince(new Date('2026-11-25T03:00:00Z'))).toBe('2025-11-25');
});
