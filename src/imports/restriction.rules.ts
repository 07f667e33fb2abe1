import { fieldOf, type JsonObject, listOf } from './json-value.rules.js';

export type ImportedRestriction = 'UNRESTRICTED' | 'RESTRICTED' | 'PROGRAM' | 'UNSTATED';

/** What the steward says a publisher's word means: grants whose `field` has this title (or code) carry this restriction. */
export interface RestrictionRule {
  readonly field: 'fundingType' | 'grantProgramme';
  readonly value: string;
  readonly restriction: ImportedRestriction;
}

/**
 * A given rule comes first. Else the file's funding type counts, but only when it says the very word: `Unrestricted`,
 * also after a heading, as in `Core Funding:Unrestricted`. "Core" or "Project" alone promises nothing either way, and
 * descriptions are never searched.
 */
export function readRestriction(grant: JsonObject, rules: readonly RestrictionRule[]): ImportedRestriction {
  for (const rule of rules) {
    if (wordsIn(grant[rule.field]).includes(rule.value.trim().toLowerCase())) return rule.restriction;
  }
  const stated = new Set(wordsIn(grant.fundingType).map((words) => words.split(':').at(-1)?.trim()));
  const isUnrestricted = stated.has('unrestricted');
  const isRestricted = stated.has('restricted');
  if (isUnrestricted === isRestricted) return 'UNSTATED';
  return isUnrestricted ? 'UNRESTRICTED' : 'RESTRICTED';
}

/** `Vocabluary` is a misspelling real files have. */
const WORD_FIELDS = ['title', 'code', 'vocabulary', 'Vocabluary'];

function wordsIn(classifications: unknown): string[] {
  return listOf(classifications)
    .flatMap((classification) => WORD_FIELDS.map((field) => fieldOf(classification, field)))
    .filter((word) => typeof word === 'string')
    .map((word) => word.trim().toLowerCase());
}
