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
    ['a\u202eb', 'TEXT_DIRECTION_FORCED'],
    ['\u202da', 'TEXT_DIRECTION_FORCED'],
    // What real scripts need: ZWNJ in Persian, ZWJ in emoji, marks and isolates in mixed text, ZWSP in Khmer.
    ['می\u200cخ', null],
    ['\u200fא\u200e', null],
    ['\u2067א\u2069', null],
    ['ក\u200bខ', null],
  ])('%j: %s', (text, code) => {
    expect(textProblem(text, limits)?.code ?? null).toBe(code);
  });

  it('is NFC without surrounding space', () => {
    expect(normalizeText(' lu\u0303 ')).toBe('l\u0169');
  });

  it.each(['\u200b', ' \u200d\u2060 \ufeff', '\u3164', '\u00ad', '\ufe0f', '\u{e0020}'])(
    'is none when nobody sees it: %j',
    (text) => {
      expect(normalizeText(text)).toBe('');
      expect(normalizeText(`a${text}`)).not.toBe('');
    },
  );

  it('says where a direction is forced', () => {
    expect(textProblem('lũ\u202elụt', { min: 1, max: 50 })).toEqual({
      code: 'TEXT_DIRECTION_FORCED',
      character: 'U+202E',
      position: 3,
    });
  });

  it('is refused exactly when its graphemes are too many or too few', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (text) => {
        fc.pre(text.isWellFormed() && !/[\u0000\u202d\u202e]/.test(text) && text.length <= 80);
        const count = graphemes(text);
        const expected = count > 5 ? 'TEXT_TOO_LONG' : count < 1 ? 'TEXT_TOO_SHORT' : null;
        expect(textProblem(text, limits)?.code ?? null).toBe(expected);
      }),
    );
  });
});
