import { describe, expect, it } from '@jest/globals';
import { rangeOf } from './byte-range.rules.js';

describe('a range of a file of 100 bytes', () => {
  it.each([
    [undefined, 'ALL'],
    ['bytes=0-99', { first: 0, last: 99 }],
    ['bytes=10-19', { first: 10, last: 19 }],
    ['bytes=90-', { first: 90, last: 99 }],
    ['bytes=90-500', { first: 90, last: 99 }],
    ['bytes=-10', { first: 90, last: 99 }],
    ['bytes=-500', { first: 0, last: 99 }],
    ['bytes=-0', 'NONE'],
    ['bytes=100-', 'NONE'],
    ['bytes=20-10', 'ALL'],
    ['bytes=-', 'ALL'],
    ['bytes=0-1,5-6', 'ALL'],
    ['lines=1-2', 'ALL'],
    ['bytes=a-b', 'ALL'],
  ])('%j is %j', (header, expected) => {
    expect(rangeOf(header, 100)).toEqual(expected);
  });
});
