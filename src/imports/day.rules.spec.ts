import { describe, expect, it } from '@jest/globals';
import { type PublishedAt, readDay, readPlannedDay, readPublishedAt } from './day.rules.js';

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
    ['12/25/2021', /can only be month\/day\/year\. Dates with slashes are read as day\/month\/year/],
    ['02/30/2021', /does not exist.*day\/month\/year/],
    ['12/25/0021', /does not exist.*day\/month\/year/],
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
    [{ day: 1 }, /an object; a date is expected/],
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

describe('a date with slashes of a file with the month first', () => {
  const proof = { position: 7, field: 'awardDate', value: '"12/25/2021"' };

  it.each(['03/04/2020', '25/12/2020', '12/25/2021'])('is not read: %p', (value) => {
    expect(() => readPlannedDay(value, 'plannedDates[0].endDate', proof)).toThrow(
      /^plannedDates\[0\]\.endDate is .*"12\/25\/2021" at position 7 \(awardDate\) can only be month\/day\/year/,
    );
  });

  it('is the only one', () => {
    expect(readDay('2020-04-03', 'awardDate', proof)).toBe('2020-04-03');
  });
});

describe('readPublishedAt', () => {
  const day = (at: string) => ({ at: `${at}T00:00:00.000Z`, isDay: true });
  const instant = (at: string) => ({ at, isDay: false });

  it.each<[unknown, PublishedAt | null]>([
    ['2020-05-07T12:00:00Z', instant('2020-05-07T12:00:00.000Z')],
    ['2020-05-07T12:00:00.5+01:00', instant('2020-05-07T11:00:00.500Z')],
    ['2020-05-07T12:00', instant('2020-05-07T12:00:00.000Z')],
    ['2020-05-07', day('2020-05-07')],
    ['07/05/2020', day('2020-05-07')],
    ['2020-05-07T25:00:00Z', null],
    ['2020-02-30', null],
    ['yesterday', null],
    [1588852800, null],
    [undefined, null],
    [{}, null],
  ])('reads %p as %p', (value, read) => {
    expect(readPublishedAt(value, 'dateModified')).toEqual(read);
  });

  it('passes on what proves the order of the file', () => {
    expect(() => readPublishedAt('12/25/2021', 'dateModified')).toThrow(/month\/day\/year/);
  });
});
