import { describe, expect, it } from '@jest/globals';
import { formatToken, isSecretDigest, isUsable, lastDayEnd, readToken, standingOf } from './api-key.rules.js';

const id = '0193575a-0000-7000-8000-000000000001';
const secret = `${'a_-'.repeat(14)}Z`;

describe('a key', () => {
  it('is read back as it was written', () => {
    expect(readToken(`Bearer ${formatToken({ id, secret })}`)).toEqual({ id, secret });
    expect(readToken(`bearer ${formatToken({ id, secret })}`)).toEqual({ id, secret });
  });

  it.each([
    '',
    'Bearer',
    'Bearer gf_1_2',
    `Basic ${formatToken({ id, secret })}`,
    `Bearer ${formatToken({ id, secret })} x`,
    `Bearer ${formatToken({ id, secret: `${secret}!` })}`,
  ])('is not %j', (header) => {
    expect(readToken(header)).toBeNull();
  });

  it('may be used until it expires or is revoked', () => {
    const now = new Date('2026-11-23T00:00:00Z');
    const before = new Date(now.getTime() - 1);
    const after = new Date(now.getTime() + 1);
    expect(isUsable({ expiresAt: null, revokedAt: null }, now)).toBe(true);
    expect(isUsable({ expiresAt: after, revokedAt: null }, now)).toBe(true);
    expect(isUsable({ expiresAt: now, revokedAt: null }, now)).toBe(false);
    expect(isUsable({ expiresAt: after, revokedAt: before }, now)).toBe(false);
  });
});

describe('the standing of a key', () => {
  const now = new Date('2026-11-23T00:00:00Z');
  const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000);
  const key = { role: 'GRANTEE', issuedByOther: false, rotatedAt: null, expiresAt: null, revokedAt: null };

  it.each([
    ['FULL', {}],
    ['ENDED', { revokedAt: hours(-1) }],
    ['ENDED', { expiresAt: now }],
    ['MUST_BE_ROTATED', { issuedByOther: true }],
    ['ENDED', { issuedByOther: true, revokedAt: hours(-1) }],
    ['FULL', { issuedByOther: true, role: 'FUNDER' }],
    ['LAST_DAY', { rotatedAt: hours(-23), expiresAt: hours(1) }],
    ['LAST_DAY', { rotatedAt: hours(-1), expiresAt: hours(23), issuedByOther: true, role: 'FUNDER' }],
    ['REPEATS_ROTATION', { rotatedAt: hours(-23), revokedAt: hours(-23) }],
    ['REPEATS_ROTATION', { rotatedAt: hours(-23), revokedAt: hours(-23), issuedByOther: true }],
    ['REPLACED', { rotatedAt: hours(-24), revokedAt: hours(-24) }],
    ['REPLACED', { rotatedAt: hours(-24), expiresAt: now }],
  ])('is %s with %j', (standing, changes) => {
    expect(standingOf({ ...key, ...changes }, now)).toBe(standing);
  });

  it('has a last day that does not outlive the key', () => {
    expect(lastDayEnd({ expiresAt: null }, now)).toEqual(hours(24));
    expect(lastDayEnd({ expiresAt: hours(30) }, now)).toEqual(hours(24));
    expect(lastDayEnd({ expiresAt: hours(2) }, now)).toEqual(hours(2));
  });

  it.each(['', 'a'.repeat(63), 'A'.repeat(64), 'g'.repeat(64), `${'a'.repeat(64)}\n`])('has no digest %j', (text) => {
    expect(isSecretDigest(text)).toBe(false);
  });
});
