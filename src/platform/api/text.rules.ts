import { countGraphemes } from './graphemes.rules.js';

/**
 * What a text may be: NFC, without NUL, half surrogate pairs, piles of marks or forced directions, bounded in what a
 * person counts as characters. All of it takes time that grows with the length of the text and no faster.
 */
export interface TextLimits {
  readonly min: number;
  readonly max: number;
}
export type TextProblem =
  | { readonly code: 'TEXT_MALFORMED' }
  | { readonly code: 'TEXT_MARKS_PILED' | 'TEXT_TOO_LONG'; readonly limit: number }
  | { readonly code: 'TEXT_TOO_MANY_BYTES'; readonly actual: number; readonly limit: number }
  | { readonly code: 'TEXT_DIRECTION_FORCED'; readonly character: string; readonly position: number }
  | { readonly code: 'TEXT_TOO_SHORT'; readonly actual: number; readonly limit: number };

/** A chain of joined emoji is one grapheme: without this a "character" could be a megabyte. */
const MOST_UNITS_PER_GRAPHEME = 16;

/**
 * Names, numbers and keys are indexed, and PostgreSQL indexes nothing of more than 2,700 bytes: a text of at most this many
 * characters has also a bound in bytes. Letters of no script take as many; chains of joined emoji do.
 */
const LONGEST_INDEXED = 200;
const MOST_BYTES_PER_CHARACTER = 12;

/**
 * Marks in a row, as Unicode's Stream-Safe Text Format (UAX #15) allows them; no script has as many. Normalizing sorts
 * the marks of a letter, in the square of their number: 80,000 took five seconds here, and would again in the database.
 */
const MOST_MARKS = 30;
const MARK = /^\p{M}/u;
/** U+0300: nothing before it is a mark, and most of what is written lies before it. */
const FIRST_MARK = 0x300;

/** Of nothing but space and characters that are never seen, such as joiners: a reader sees no text at all. */
const INVISIBLE = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}]*$/u;
/** They show letters in another order than they are stored, whatever the script: "gnp.exe" as "exe.png". */
const DIRECTION_OVERRIDE = /[\u202D\u202E]/;

/** A text with piled marks stays as it is: `textProblem` refuses it. */
export function normalizeText(text: string): string {
  if (hasPiledMarks(text)) return text;
  const composed = text.normalize('NFC').trim();
  return INVISIBLE.test(composed) ? '' : composed;
}

/** Whether a text must not be normalized, in any form. */
export function hasPiledMarks(text: string): boolean {
  // More marks in a row than are allowed cover at least one of these places.
  for (let at = MOST_MARKS; at < text.length; at += MOST_MARKS + 1) {
    if (marksAround(text, at) > MOST_MARKS) return true;
  }
  return false;
}

/** How many marks stand in a row at this place and to both sides of it, counted no further than matters. */
function marksAround(text: string, at: number): number {
  const start = isSecondHalf(text, at) ? at - 1 : at;
  let count = 0;
  for (let i = start; count <= MOST_MARKS && isMark(text, i); i += isSecondHalf(text, i + 1) ? 2 : 1) count++;
  if (count === 0) return 0;
  for (let i = start; count <= MOST_MARKS; count++) {
    i -= isSecondHalf(text, i - 1) ? 2 : 1;
    if (!isMark(text, i)) break;
  }
  return count;
}

function isMark(text: string, at: number): boolean {
  return text.charCodeAt(at) >= FIRST_MARK && MARK.test(text.slice(at, at + 2));
}

/** Of a surrogate pair. */
function isSecondHalf(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

export function textProblem(text: string, { min, max }: TextLimits): TextProblem | null {
  if (text.includes('\u0000') || !text.isWellFormed()) return { code: 'TEXT_MALFORMED' };
  if (text.length > max * MOST_UNITS_PER_GRAPHEME) return { code: 'TEXT_TOO_LONG', limit: max };
  if (hasPiledMarks(text)) return { code: 'TEXT_MARKS_PILED', limit: MOST_MARKS };
  // Graphemes are never more than code units, so only a long text is counted out, and no further than to its limit.
  const actual = text.length > max || text.length < min * 2 ? countGraphemes(text, max) : text.length;
  if (actual > max) return { code: 'TEXT_TOO_LONG', limit: max };
  if (max <= LONGEST_INDEXED) {
    const [bytes, limit] = [Buffer.byteLength(text), max * MOST_BYTES_PER_CHARACTER];
    if (bytes > limit) return { code: 'TEXT_TOO_MANY_BYTES', actual: bytes, limit };
  }
  const override = text.search(DIRECTION_OVERRIDE);
  if (override >= 0) {
    const character = `U+${text.charCodeAt(override).toString(16).toUpperCase()}`;
    return { code: 'TEXT_DIRECTION_FORCED', character, position: countGraphemes(text.slice(0, override)) + 1 };
  }
  return actual < min ? { code: 'TEXT_TOO_SHORT', actual, limit: min } : null;
}
