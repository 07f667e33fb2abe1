import type { Terms } from './terms.rules.js';

/** One thing in which two revisions differ, both sides written out; null where one of them does not have it. */
export interface TermsChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

const PLAIN = [
  'restriction',
  'currency',
  'awardedOn',
  'startsOn',
  'endsOn',
  'noticeDays',
  'responseDays',
  'lobbyingClause',
  'lobbyingReason',
  'note',
] as const;

/**
 * In what two revisions differ. Installments and reports are compared in the order they are due, so moving one past
 * another reads as two changes, which is what both will see in the documents.
 */
export function compareTerms(
  before: Terms,
  after: Terms,
  write: (minor: bigint, currency: string) => string,
): TermsChange[] {
  const [old, fresh] = [before, after].map((terms) => fieldsOf(terms, (minor) => write(minor, terms.currency)));
  const names = [...new Set([...old.keys(), ...fresh.keys()])];
  return names.flatMap((field) => {
    const change = { field, before: old.get(field) ?? null, after: fresh.get(field) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

function fieldsOf(terms: Terms, write: (minor: bigint) => string): Map<string, string> {
  const fields: [string, string | number | null][] = [
    ['committed', write(terms.committedMinor)],
    ['fiscalSponsor', terms.fiscalSponsor?.name ?? null],
    ...PLAIN.map((name): [string, string | number | null] => [name, terms[name]]),
    ...terms.installments.flatMap(({ dueOn, amountMinor }, i): [string, string][] => [
      [`installments.${i + 1}.dueOn`, dueOn],
      [`installments.${i + 1}.amount`, write(amountMinor)],
    ]),
    ...terms.expectations.map((dueOn, i): [string, string] => [`expectations.${i + 1}.dueOn`, dueOn]),
  ];
  return new Map(fields.flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])));
}
