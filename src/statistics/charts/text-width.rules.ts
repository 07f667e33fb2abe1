/**
 * How wide a text may be. Which font shows a picture is up to its reader, so this is the widest that each character has in the
 * fonts a reader may have: DejaVu Sans, which Linux shows where nothing else is installed, Noto Sans and Roboto; Segoe UI and
 * San Francisco are narrower. Read from the fonts' own tables of advances (`hmtx`), in hundredths of the font size, rounded up.
 */
export type Weight = 'normal' | 'bold';

/** From the space to the tilde. */
const ASCII: Readonly<Record<Weight, readonly number[]>> = {
  normal: [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 56, 84, 32, 37, 32, 42, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
    84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 34, 56, 66, 56, 91, 76, 79, 64, 79, 70, 64, 62, 74, 69, 99, 69, 62,
    69, 40, 42, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60,
    82, 60, 60, 53, 64, 56, 64, 84,
  ],
  bold: [
    35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 55, 84, 38, 42, 38, 42, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40, 84,
    84, 84, 59, 100, 78, 77, 74, 84, 69, 69, 83, 84, 39, 56, 78, 64, 100, 84, 86, 74, 86, 78, 73, 69, 82, 78, 111, 78,
    73, 73, 46, 43, 46, 84, 50, 50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105, 72, 69, 72, 72, 50, 60, 48, 72,
    66, 93, 65, 66, 59, 72, 56, 72, 84,
  ],
};
const FIRST = 0x20;
/** The horn of ơ and ư makes its letter wider; other marks stand above or below theirs. */
const HORN = '\u031B';
const HORN_WIDTH = 13;
/** Ideographs, syllables and full-width forms fill a square. */
const SQUARE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303F\uFF00-\uFFEF]/u;
const SQUARE_WIDTH = 105;
const OTHERS: Readonly<Record<string, number>> = {
  đ: 72,
  Đ: 84,
  '–': 66,
  '’': 38,
  '‘': 38,
  '“': 66,
  '”': 66,
  '…': 100,
  '﷽': 750,
};
/** Of letters of other scripts, and of signs: wider than all but a few. */
const OTHER_WIDTH = 140;

export function widthOf(text: string, size: number, weight: Weight = 'normal'): number {
  let hundredths = 0;
  for (const character of text.normalize('NFC')) {
    const parts = [...character.normalize('NFKD')].reduce((sum, part) => sum + partWidth(part, weight), 0);
    hundredths += SQUARE.test(character) ? Math.max(parts, SQUARE_WIDTH) : parts;
  }
  return (hundredths * size) / 100;
}

function partWidth(part: string, weight: Weight): number {
  const ascii = ASCII[weight][part.codePointAt(0)! - FIRST];
  if (ascii !== undefined) return ascii;
  if (part === HORN) return HORN_WIDTH;
  if (/[\p{M}\p{Cf}]/u.test(part)) return 0;
  if (SQUARE.test(part)) return SQUARE_WIDTH;
  return OTHERS[part] ?? OTHER_WIDTH;
}

/** The whole text in lines that are no wider than this. A word that is wider by itself is broken between two characters. */
export function linesOf(text: string, width: number, size: number, weight: Weight = 'normal'): string[] {
  const lines: string[] = [];
  let line = '';
  const fits = (more: string): boolean => widthOf(more, size, weight) <= width;
  for (const word of text.split(/\s+/u).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = '';
    for (const { segment } of new Intl.Segmenter().segment(word)) {
      if (line && !fits(line + segment)) {
        lines.push(line);
        line = '';
      }
      line += segment;
    }
  }
  if (line) lines.push(line);
  return lines;
}
