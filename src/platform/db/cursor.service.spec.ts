import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CursorCipher } from './cursor.service.js';

const NEW = 'a secret that is long enough for this';
const OLD = 'an older secret that is long enough for this';
const cipher = new CursorCipher([NEW]);

/** Which letters of a cursor say which secret made it: three bytes after the first. */
const SECRET_AT = [2, 3, 4];

function opened(by: CursorCipher, cursor: string): unknown {
  try {
    return by.open('agreements', cursor);
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a cursor', () => {
  it('opens where it was made, and always reads the same', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (scope, keys) => {
        const cursor = cipher.seal(scope, keys);
        expect(cipher.open(scope, cursor)).toEqual(keys);
        expect(cipher.seal(scope, keys)).toBe(cursor);
      }),
    );
  });

  it('opens nowhere else, and not when it was touched', () => {
    const cursor = cipher.seal('agreements', ['2026-11-23', 'x']);
    expect(cipher.open('reports', cursor)).toBeNull();
    for (let i = 0; i < cursor.length; i++) {
      const touched = `${cursor.slice(0, i)}${cursor[i] === 'A' ? 'B' : 'A'}${cursor.slice(i + 1)}`;
      expect(opened(cipher, touched)).toBe(SECRET_AT.includes(i) ? 'MADE_WITH_ANOTHER_SECRET' : null);
    }
    for (const forged of ['', 'A', 'null', cursor.slice(0, -1), `${cursor}A`, '%', cursor.repeat(2)]) {
      expect(cipher.open('agreements', forged)).toBeNull();
    }
  });

  it('of an older secret opens for as long as the service has that secret, and then is told what it is', () => {
    const cursor = new CursorCipher([OLD]).seal('agreements', ['x']);
    const both = new CursorCipher([NEW, OLD]);
    expect(both.open('agreements', cursor)).toEqual(['x']);
    expect(both.seal('agreements', ['x'])).toBe(cipher.seal('agreements', ['x']));
    expect(both.seal('agreements', ['x'])).not.toBe(cursor);
    expect(both.open('reports', cursor)).toBeNull();
    expect(opened(cipher, cursor)).toBe('MADE_WITH_ANOTHER_SECRET');
  });

  it('shows nothing of what it holds', () => {
    const cursor = cipher.seal('agreements', ['2026-11-23T00:00:00.000Z', '0193575a']);
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/2026|0193/);
  });
});
