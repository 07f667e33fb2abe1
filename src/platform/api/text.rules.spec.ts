import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { graphemes, normalizeText, textProblem } from './text.rules.js';

const limits = { min: 1, max: 5 };

describe('text', () => {
  it.each([
    ['abc', null],
    ['a\u0000c', 'TEXT_MALFORMED'],
    ['\ud800', 'TEXT_MALFORMED'],
    ['x\udc00', 'TEXT_MALFORMED'],
    ['', 'TEXT_TOO_SHORT'],
    ['abcdef', 'TEXT_TOO_LONG'],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', null],
    ['lũ lụt', 'TEXT_TOO_LONG'],
    ['lũlụt'.normalize('NFD'), null],
    [`a${'\u0301'.repeat(1000)}`, 'TEXT_TOO_LONG'],
  ])('%j: %s', (text, code) => {
    expect(textProblem(text, limits)?.code ?? null).toBe(code);
  });

  it('is NFC without surrounding space', () => {
    expect(normalizeText(' lu\u0303 ')).toBe('l\u0169');
  });

  it('is refused exactly when its graphemes are too many or too few', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (text) => {
        fc.pre(text.isWellFormed() && !text.includes('\u0000') && text.length <= 80);
        const count = graphemes(text);
        const expected = count > 5 ? 'TEXT_TOO_LONG' : count < 1 ? 'TEXT_TOO_SHORT' : null;
        expect(textProblem(text, limits)?.code ?? null).toBe(expected);
      }),
    );
  });
});
