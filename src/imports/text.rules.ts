import { hasPiledMarks } from '../platform/api/text.rules.js';
import { scalarText } from './json-value.rules.js';
import { Rejection, shown } from './rejection.rules.js';

/**
 * Text without surrounding space, in NFC; null when absent or blank. A number or boolean counts as the text it is in the
 * file, as exporters write `2019` where the standard wants `"2019"`.
 */
export function readText(value: unknown, field: string, limit: number): string | null {
  if (value === null || value === undefined) return null;
  const scalar = scalarText(value);
  if (scalar === null) throw new Rejection(field, `${field} is ${shown(value)} where text is expected.`);
  // A byte order mark inside a file is a left-over of joining files, not text.
  const bare = scalar.replaceAll('\uFEFF', '').trim();
  if (bare === '') return null;
  if (hasPiledMarks(bare)) throw new Rejection(field, `${field} has a letter with more marks than any script needs.`);
  const text = bare.normalize('NFC');
  if (/[\0\p{Cs}]/u.test(text)) {
    throw new Rejection(field, `${field} contains a broken character (U+0000 or half a surrogate pair).`);
  }
  if (text.length > limit) {
    throw new Rejection(field, `${field} has ${text.length} characters; at most ${limit} can be recorded.`);
  }
  return text;
}

/** A name or an id on one line: any run of white space, also the non-breaking kind, is one space. */
export function readLine(value: unknown, field: string, limit: number): string | null {
  return readText(value, field, limit)?.replace(/[\s\p{Cc}]+/gu, ' ') ?? null;
}
