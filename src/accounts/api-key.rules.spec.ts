import { describe, expect, it } from '@jest/globals';
import { formatToken, isUsable, readToken } from './api-key.rules.js';

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
