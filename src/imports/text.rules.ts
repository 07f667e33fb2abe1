import { normalizeText, textProblem } from '../platform/api/text.rules.js';
import { scalarText } from './json-value.rules.js';
import { Rejection, shown } from './rejection.rules.js';

/**
 * Text by the rules of the API: without surrounding space, in NFC, bounded in characters and bytes; null when absent,
 * blank or of nothing that can be seen. A number or boolean counts as the text it is in the file, as exporters write
 * `2019` where the standard wants `"2019"`.
 */
export function readText(value: unknown, field: string, limit: number): string | null {
  return checked(bareText(value, field), field, limit);
}

/** A name or an id on one line: any run of white space, also the non-breaking kind, is one space. */
export function readLine(value: unknown, field: string, limit: number): string | null {
  // NUL is left for the rules to refuse.
  return checked(bareText(value, field)?.replace(/[\s\u0001-\u001f\u007f-\u009f]+/g, ' ') ?? null, field, limit);
}

function bareText(value: unknown, field: string): string | null {
  if (value === null || value === undefined) return null;
  const scalar = scalarText(value);
  if (scalar === null) throw new Rejection(field, 'NOT_TEXT', { shown: shown(value) });
  // A byte order mark inside a file is a left-over of joining files, not text.
  return scalar.replaceAll('\uFEFF', '');
}

function checked(bare: string | null, field: string, limit: number): string | null {
  if (bare === null) return null;
  const text = normalizeText(bare);
  if (text === '') return null;
  const problem = textProblem(text, { min: 1, max: limit });
  if (problem === null) return text;
  const { code, ...parameters } = problem;
  throw new Rejection(field, code, parameters);
}
