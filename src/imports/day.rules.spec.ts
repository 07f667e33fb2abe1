import { describe, expect, it } from '@jest/globals';
import { readDay, readInstant, readPlannedDay } from './day.rules.js';

describe('readDay', () => {
  it.each<[unknown, string | null]>([
    ['2021-03-31', '2021-03-31'],
    [' 2021-03-31 ', '2021-03-31'],
    ['2020-02-29', '2020-02-29'],
    ['2000-02-29', '2000-02-29'],
    ['2013-06-30T23:00:00+00:00', '2013-06-30'],
    ['2013-06-30T23:00:00.000Z', '2013-06-30'],
    ['2013-06-30T00:30:00+13:45', '2013-06-30'],
    ['2013-06-30 23:00', '2013-06-30'],
    ['31/03/2021', '2021-03-31'],
    ['1/2/2021', '2021-02-01'],
    ['31/03/2021 00:00:00', '2021-03-31'],
    [null, null],
    [undefined, null],
    ['  ', null],
  ])('reads %p as %p', (value, day) => {
    expect(readDay(value, 'awardDate')).toBe(day);
  });

  it.each<[unknown, RegExp]>([
    ['2021-02-31', /awardDate is "2021-02-31", a day that does not exist/],
    ['2021-02-29', /does not exist/],
    ['1900-02-29', /does not exist/],
    ['2021-13-01', /does not exist/],
    ['2021-00-10', /does not exist/],
    ['31/02/2021', /does not exist.*day\/month\/year/],
    ['12/25/2021', /does not exist.*day\/month\/year/],
    ['2021-03', /a date is expected/],
    ['2021', /a date is expected/],
    [2021, /a date is expected/],
    ['43831', /a date is expected/],
    ['31/03/21', /a date is expected/],
    ['31.03.2021', /a date is expected/],
    ['March 2021', /"March 2021"; a date is expected/],
    ['2021-03-31 or later', /a date is expected/],
    ['0202-01-01', /year cannot be right/],
    ['2201-01-01', /year cannot be right/],
    [{ day: 1 }, /an object where a date is expected/],
  ])('refuses %p', (value, reason) => {
    expect(() => readDay(value, 'awardDate')).toThrow(reason);
  });
});

describe('readPlannedDay', () => {
  it.each<[unknown, string | null]>([
    ['2021-03-31', '2021-03-31'],
    ['2021-03', null],
    ['2021', null],
    [2021, null],
    [null, null],
  ])('reads %p as %p', (value, day) => {
    expect(readPlannedDay(value, 'plannedDates[0].startDate')).toBe(day);
  });

  it.each(['2021-13', '0021', 'TBC', '2021-02-30'])('refuses %p', (value) => {
    expect(() => readPlannedDay(value, 'plannedDates[0].startDate')).toThrow(/^plannedDates\[0\]\.startDate is /);
  });
});

describe('readInstant', () => {
  it.each<[unknown, string | null]>([
    ['2020-05-07T12:00:00Z', '2020-05-07T12:00:00.000Z'],
    ['2020-05-07T12:00:00.5+01:00', '2020-05-07T11:00:00.500Z'],
    ['2020-05-07T12:00', '2020-05-07T12:00:00.000Z'],
    ['2020-05-07T25:00:00Z', null],
    ['2020-05-07', null],
    ['yesterday', null],
    [1588852800, null],
    [undefined, null],
  ])('reads %p as %p', (value, instant) => {
    expect(readInstant(value)).toBe(instant);
  });
});
