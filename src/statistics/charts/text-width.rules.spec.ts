import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linesOf, widthOf } from './text-width.rules.js';

describe('the width of a text', () => {
  it.each([
    // Measured in Chromium at 100 px in DejaVu Sans, the widest of the fonts that it was tried in.
    ['Economy, law and other outside causes', 'normal', 1991],
    ['Cách thức và thời điểm nhà tài trợ chi trả', 'normal', 2065],
    ['141 (132 to 150)', 'bold', 939],
    ['Quy định và phản hồi của nhà tài trợ', 'bold', 2060],
    ['Quỹ ﷽ Ươm Mầm Ứng Ước', 'normal', 1987],
  ] as const)('%s (%s) is no narrower than the widest font shows it', (text, weight, measured) => {
    expect(widthOf(text, 100, weight)).toBeGreaterThanOrEqual(measured);
    expect(widthOf(text, 100, weight)).toBeLessThan(1.15 * measured);
  });

  it('is the same however its marks are written', () => {
    const text = 'Cách thức và thời điểm nhà tài trợ chi trả';
    expect(widthOf(text.normalize('NFD'), 13)).toBe(widthOf(text.normalize('NFC'), 13));
  });
});

describe('a label in lines', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc
      .array(fc.constantFrom('Quỹ', 'Foundation', 'W'.repeat(60), '日本財団', '-', 'nhà'), { maxLength: 30 })
      .map((w) => w.join(' ')),
  );

  it('has all of it, in order, and no line wider than it may be', () => {
    fc.assert(
      fc.property(text, (label) => {
        const lines = linesOf(label, 280, 13);
        expect(lines.join('').replace(/\s/gu, '')).toBe(label.replace(/\s/gu, ''));
        for (const line of lines) {
          const isOne = [...new Intl.Segmenter().segment(line)].length === 1;
          if (!isOne) expect(widthOf(line, 13)).toBeLessThanOrEqual(280);
        }
      }),
    );
  });
});
