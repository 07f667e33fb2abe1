/**
 * What a text may be: NFC, without NUL, half surrogate pairs or forced directions, bounded in what a person counts as
 * characters.
 */
export interface TextLimits {
  readonly min: number;
  readonly max: number;
}
export type TextProblem =
  | { readonly code: 'TEXT_MALFORMED' }
  | { readonly code: 'TEXT_DIRECTION_FORCED'; readonly character: string; readonly position: number }
  | { readonly code: 'TEXT_TOO_LONG' | 'TEXT_TOO_SHORT'; readonly actual: number; readonly limit: number };

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** A letter with a pile of marks is one grapheme: without this a "character" could be a megabyte. */
const MOST_UNITS_PER_GRAPHEME = 16;

/** Of nothing but space and characters that are never seen, such as joiners: a reader sees no text at all. */
const INVISIBLE = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}]*$/u;
/** They show letters in another order than they are stored, whatever the script: "gnp.exe" as "exe.png". */
const DIRECTION_OVERRIDE = /[\u202D\u202E]/;

export function normalizeText(text: string): string {
  const composed = text.normalize('NFC').trim();
  return INVISIBLE.test(composed) ? '' : composed;
}

export function graphemes(text: string): number {
  return Array.from(segmenter.segment(text)).length;
}

export function textProblem(text: string, { min, max }: TextLimits): TextProblem | null {
  if (text.includes('\u0000') || !text.isWellFormed()) return { code: 'TEXT_MALFORMED' };
  const override = text.search(DIRECTION_OVERRIDE);
  if (override >= 0) {
    const character = `U+${text.charCodeAt(override).toString(16).toUpperCase()}`;
    return { code: 'TEXT_DIRECTION_FORCED', character, position: graphemes(text.slice(0, override)) + 1 };
  }
  // Graphemes are never more than code units, so only a long text is counted out.
  if (text.length > max * MOST_UNITS_PER_GRAPHEME) return { code: 'TEXT_TOO_LONG', actual: text.length, limit: max };
  const actual = text.length > max || text.length < min * 2 ? graphemes(text) : text.length;
  if (actual > max) return { code: 'TEXT_TOO_LONG', actual, limit: max };
  if (actual < min) return { code: 'TEXT_TOO_SHORT', actual, limit: min };
  return null;
}
