import { normalizeText } from '../platform/api/text.rules.js';
import { fieldOf, type JsonObject, listOf, scalarText } from './json-value.rules.js';

export const IMPORTED_RESTRICTIONS = ['UNRESTRICTED', 'RESTRICTED', 'PROGRAM', 'UNSTATED'] as const;
export type ImportedRestriction = (typeof IMPORTED_RESTRICTIONS)[number];

export const RULE_FIELDS = ['fundingType', 'grantProgramme', 'title'] as const;

/** What the steward says a publisher's words mean: grants whose `field` says this `value` carry this restriction. */
export interface RestrictionRule {
  readonly field: (typeof RULE_FIELDS)[number];
  /** Without regard to case; `*` stands for any text. */
  readonly value: string;
  readonly restriction: ImportedRestriction;
}

/** One import has no more rules. */
export const MAX_RULES = 50;
export const MAX_RULE_CHARACTERS = 200;

const RULE = new RegExp(`^(${RULE_FIELDS.join('|')}):(.*)=(${IMPORTED_RESTRICTIONS.join('|')})$`, 's');

/** A rule as callers write it, such as `fundingType:Core costs=UNRESTRICTED`; null for what is none. */
export function parseRestrictionRule(text: string): RestrictionRule | null {
  const [, field, value = '', restriction] = RULE.exec(text) ?? [];
  if (value.replaceAll('*', '').trim() === '') return null;
  return { field, value: value.trim(), restriction } as RestrictionRule;
}

export interface ReadRestriction {
  readonly restriction: ImportedRestriction;
  /** Which of the rules said so, by its place; null when the file did, or nothing. */
  readonly byRule: number | null;
}

/**
 * The first given rule that matches counts. Else the file's funding type does, but only when it says the very word:
 * `Unrestricted`, also after a heading, as in `Core Funding:Unrestricted`. "Core" or "Project" alone promises nothing
 * either way, and descriptions are never searched.
 */
export function readRestriction(grant: JsonObject, rules: readonly RestrictionRule[]): ReadRestriction {
  for (const [byRule, { field, value, restriction }] of rules.entries()) {
    const words = field === 'title' ? [wordFrom(grant.title)] : wordsIn(grant[field]);
    if (words.some((word) => word !== null && matches(word, value.toLowerCase()))) return { restriction, byRule };
  }
  const stated = new Set(wordsIn(grant.fundingType).map((words) => words.split(':').at(-1)?.trim()));
  const isUnrestricted = stated.has('unrestricted');
  const isRestricted = stated.has('restricted');
  if (isUnrestricted === isRestricted) return { restriction: 'UNSTATED', byRule: null };
  return { restriction: isUnrestricted ? 'UNRESTRICTED' : 'RESTRICTED', byRule: null };
}

/** Each part between stars is found at the first place after the one before: time grows with the length of the text alone. */
function matches(word: string, pattern: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return word === pattern;
  const end = rest.pop()!;
  if (word.length < start.length + end.length || !word.startsWith(start) || !word.endsWith(end)) return false;
  const middle = word.slice(start.length, word.length - end.length);
  let at = 0;
  for (const part of rest) {
    const found = middle.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}

/** `Vocabluary` is a misspelling real files have. */
const WORD_FIELDS = ['title', 'code', 'vocabulary', 'Vocabluary'];

function wordsIn(classifications: unknown): string[] {
  return listOf(classifications)
    .flatMap((classification) => WORD_FIELDS.map((field) => wordFrom(fieldOf(classification, field))))
    .filter((word) => word !== null);
}

function wordFrom(value: unknown): string | null {
  const text = scalarText(value);
  return text === null ? null : normalizeText(text).toLowerCase();
}
