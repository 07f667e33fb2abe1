import { describe, expect, it } from '@jest/globals';
import { readKeptHead } from './kept-head.rules.js';

const HEX = 'ab'.repeat(32);

describe('a head that somebody kept', () => {
  it('is a position and its hash, or a day and what was published for it', () => {
    expect(readKeptHead(`1234:${HEX}`)).toEqual({ position: '1234', hash: HEX });
    expect(readKeptHead(` 2026-11-27:${HEX.toUpperCase()}\n`)).toEqual({ day: '2026-11-27', digest: HEX });
  });

  it.each(['', '12', `12:${HEX}0`, `12:${HEX.slice(2)}`, `-1:${HEX}`, `2026-1-1:${HEX}`, `1:2:${HEX}`])(
    'is not %p',
    (text) => {
      expect(readKeptHead(text)).toBeNull();
    },
  );
});
