import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { heavyTexts } from '../../../test/support/heavy-texts.js';
import { processorMs } from '../../../test/support/processor-time.js';
import { countGraphemes } from './graphemes.rules.js';
import { hasPiledMarks, normalizeText, textProblem } from './text.rules.js';

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
    [`a${'\u0301'.repeat(31)}b`, 'TEXT_MARKS_PILED'],
    [`a${'\u0301\u0323\u0f73'.repeat(11)}b`, 'TEXT_MARKS_PILED'],
    ['abcdef\u202e', 'TEXT_TOO_LONG'],
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

  it('takes as many marks in a row as any script needs', () => {
    expect(textProblem(`a${'\u0301'.repeat(30)}b`, { min: 1, max: 50 })).toBeNull();
  });

  it('takes at most 12 bytes for each character where it may be indexed', () => {
    const most = { min: 1, max: 200 };
    const family = '👨‍👩‍👧‍👦';
    expect(textProblem(family.repeat(96), most)).toBeNull();
    expect(textProblem(family.repeat(97), most)).toEqual({ code: 'TEXT_TOO_MANY_BYTES', actual: 2_425, limit: 2_400 });
    expect(textProblem(family.repeat(201), { min: 1, max: 201 })).toBeNull();
    const unit = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 3 }),
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constant(family),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 120 }), fc.integer({ min: 1, max: 50 }), (units, max) => {
        const text = normalizeText(units.join(''));
        if (textProblem(text, { min: 0, max }) === null) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(12 * max);
      }),
    );
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

  it('says no more than that it is too long, since nobody counts to its end', () => {
    expect(textProblem('ữ'.repeat(50), limits)).toEqual({ code: 'TEXT_TOO_LONG', limit: 5 });
    expect(textProblem('', limits)).toEqual({ code: 'TEXT_TOO_SHORT', actual: 0, limit: 1 });
  });

  it.each([0, 1, 2, 29, 30, 31, 32, 60, 61, 62, 63])('is searched for piled marks from place %i on', (before) => {
    for (const mark of ['\u0301', '\u{1d165}', '\u{e0100}']) {
      for (const lead of ['a', '😀']) {
        const start = lead.repeat(Math.ceil(before / lead.length));
        const end = 'b'.repeat(before);
        expect(hasPiledMarks(start + mark.repeat(31) + end)).toBe(true);
        expect(hasPiledMarks(`${start}${mark.repeat(30)}x${mark.repeat(30)}${end}`)).toBe(false);
      }
    }
  });

  it('is not put in order when its marks are piled up: that takes the square of their number', () => {
    const piled = ` a${'\u0301\u0323'.repeat(16)}`;
    expect(normalizeText(piled)).toBe(piled);
    expect(normalizeText(' a\u0301\u0323')).toBe('ạ\u0301');
  });

  // 80,000 letters took 1.6 seconds and more memory than there was, 80,000 marks five seconds. Each takes 10 ms now; the
  // bound leaves room for a busy machine. `test/largest-inputs.e2e.ts` holds the service itself to 20 ms.
  it.each(heavyTexts(80_000))('of 80,000 %s is read and judged at once', (_name, text) => {
    let best = Infinity;
    for (let tries = 0; tries < 20 && best >= 300; tries++) {
      best = Math.min(
        best,
        processorMs(() => textProblem(normalizeText(text), { min: 1, max: 10_000 })),
      );
    }
    expect(best).toBeLessThan(300);
  });

  it('is refused exactly when its graphemes are too many or too few', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (text) => {
        fc.pre(text.isWellFormed() && !/[\u0000\u202d\u202e]/.test(text) && text.length <= 80);
        const count = countGraphemes(text);
        const expected = count > 5 ? 'TEXT_TOO_LONG' : count < 1 ? 'TEXT_TOO_SHORT' : null;
        expect(textProblem(text, limits)?.code ?? null).toBe(expected);
      }),
    );
  });
});
