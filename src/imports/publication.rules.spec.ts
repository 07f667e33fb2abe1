import { describe, expect, it } from '@jest/globals';
import { type Age, ageOf, packageTime } from './publication.rules.js';

describe('ageOf', () => {
  const recorded = new Date('2020-05-07T12:00:00Z');
  const day = (at: string) => ({ at: `${at}T00:00:00.000Z`, isDay: true });

  it.each<[string, Parameters<typeof ageOf>, Age]>([
    ['a later moment', [{ at: '2020-05-07T12:00:01.000Z', isDay: false }, recorded], 'NEWER'],
    ['the same moment', [{ at: '2020-05-07T12:00:00.000Z', isDay: false }, recorded], 'SAME'],
    ['an earlier moment', [{ at: '2020-05-07T11:59:59.000Z', isDay: false }, recorded], 'OLDER'],
    ['a later day', [day('2020-05-08'), recorded], 'NEWER'],
    ['the same day, of which nobody knows the hour', [day('2020-05-07'), recorded], 'SAME'],
    ['an earlier day', [day('2020-05-06'), recorded], 'OLDER'],
    ['a time where none was known', [day('1990-01-01'), null], 'NEWER'],
    ['no time where none was known', [null, null], 'BOTH_UNDATED'],
    ['no time where one is known', [null, recorded], 'UNDATED'],
  ])('knows %s', (_what, [row, before], age) => {
    expect(ageOf(row, before)).toBe(age);
  });
});

describe('packageTime', () => {
  const time = (published: object) => packageTime(new Map(Object.entries(published)));

  it('is the latest that the package says, as far as it can be read', () => {
    expect(time({ issued: '2020-05-07', modified: '2020-05-08T01:00:00Z' })).toEqual({
      at: '2020-05-08T01:00:00.000Z',
      isDay: false,
    });
    expect(time({ issued: '2020-05-07', modified: 'lately' })?.at).toBe('2020-05-07T00:00:00.000Z');
    expect([time({}), time({ issued: '02/13/2020' }), time({ issued: '07/05/2020' })]).toEqual([null, null, null]);
  });
});
