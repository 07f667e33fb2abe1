import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CursorCipher } from './cursor.service.js';

const cipher = new CursorCipher('a secret that is long enough for this');

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
    expect(new CursorCipher('another secret that is long enough').open('agreements', cursor)).toBeNull();
    for (let i = 0; i < cursor.length; i++) {
      const touched = `${cursor.slice(0, i)}${cursor[i] === 'A' ? 'B' : 'A'}${cursor.slice(i + 1)}`;
      expect(cipher.open('agreements', touched)).toBeNull();
    }
    for (const forged of ['', 'A', 'null', cursor.slice(0, -1), `${cursor}A`, '%', cursor.repeat(2)]) {
      expect(cipher.open('agreements', forged)).toBeNull();
    }
  });

  it('shows nothing of what it holds', () => {
    const cursor = cipher.seal('agreements', ['2026-11-23T00:00:00.000Z', '0193575a']);
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/2026|0193/);
  });
});
