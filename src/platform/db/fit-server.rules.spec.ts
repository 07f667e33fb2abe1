import { describe, expect, it } from '@jest/globals';
import { unfitness } from './fit-server.rules.js';

const FIT = { version: 150_000, encoding: 'UTF8', lowersLetters: true };

describe('a server', () => {
  it.each([150_000, 150_019, 160_000, 170_005, 180_004, 189_999])('is fit in version %i', (version) => {
    expect(unfitness({ ...FIT, version })).toBeNull();
  });

  it.each([
    [{ version: 149_999 }, /^is on PostgreSQL 14; this version of Goodfaith works with 15 to 18\.$/],
    [{ version: 190_000 }, /^is on PostgreSQL 19; this version of Goodfaith works with 15 to 18\.$/],
    [{ encoding: 'SQL_ASCII' }, /^has the encoding SQL_ASCII\. Make it anew: CREATE DATABASE /],
    [{ lowersLetters: false }, /^does not know which letters are small ones\. Make it anew: /],
  ])('is refused with %j', (facts, line) => {
    expect(unfitness({ ...FIT, ...facts })).toMatch(line);
  });
});
