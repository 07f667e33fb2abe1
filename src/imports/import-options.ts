import { normalizeText, textProblem } from '../platform/api/text.rules.js';
import { refuse } from '../platform/errors/refusal.js';
import type { PublishedAt } from './day.rules.js';
import { readPublishedAt } from './day.rules.js';
import type { RestrictionRule } from './restriction.rules.js';
import { MAX_RULES, MAX_RULE_CHARACTERS, parseRestrictionRule } from './restriction.rules.js';

/** One rule, or several, as they stand in an address or on the command line. */
export function readRules(value: unknown): RestrictionRule[] {
  const texts: readonly unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
  if (texts.length > MAX_RULES) throw invalidRule();
  return texts.map((text, i) => {
    const rule = typeof text === 'string' ? readRule(text) : null;
    if (rule === null) throw invalidRule(String(i));
    return rule;
  });
}

function readRule(text: string): RestrictionRule | null {
  const normal = normalizeText(text);
  return textProblem(normal, { min: 1, max: MAX_RULE_CHARACTERS }) === null ? parseRestrictionRule(normal) : null;
}

function invalidRule(...place: string[]): Error {
  const parameters = { rules: MAX_RULES, characters: MAX_RULE_CHARACTERS };
  return refuse('INVALID_RESTRICTION_RULE', { path: ['restriction', ...place], parameters });
}

/** A day or a moment in the forms of ISO 8601. */
export function readIssued(value: unknown): PublishedAt | null {
  if (value === undefined) return null;
  const issued = typeof value === 'string' && !value.includes('/') ? readPublishedAt(value, 'issued') : null;
  if (issued === null) throw refuse('INVALID_ISSUED_DATE', { path: ['issued'] });
  return issued;
}
