import { fieldOf, isJsonObject, type JsonObject, listOf } from './json-value.rules.js';
import { identifierOf, type Identifier } from '../organizations/identifier.rules.js';
import { nameKeyOf } from '../organizations/name-key.rules.js';
import { spellingsOf } from './register-number.rules.js';
import { Rejection, type RowReasons } from './rejection.rules.js';
import { readLine } from './text.rules.js';

export interface ImportedOrganization {
  /** As the file has it. Null: not to be told from others by an identifier, only by its name, and only within one funder's grants. */
  readonly identifier: Identifier | null;
  /** The id as the file has it. */
  readonly rawId: string | null;
  readonly name: string;
  /** The name without what never distinguishes: case, spacing, typographic variants. */
  readonly nameKey: string;
  /** ISO 3166-1 alpha-2, when the file's text certainly means a country. */
  readonly country: string | null;
}

const MAX_ID = 200;
/** Those of the API: a name that is imported can be saved again by its organization. */
const MAX_NAME = 200;
const MAX_NUMBER = 100;

/**
 * The one funder or recipient of a grant; null when there is a reason against it. The same organization repeated, under
 * several names even, is one.
 */
export function readOrganization(
  value: unknown,
  field: string,
  countryOf: (text: string) => string | null,
  reasons: RowReasons,
): ImportedOrganization | null {
  const entries = listOf(value).map((entry, index) => readEntry(entry, `${field}[${index}]`, countryOf, reasons));
  return reasons.attempt(() => {
    if (entries.length === 0) throw new Rejection(field, 'MISSING');
    const read = entries.filter((entry) => entry !== null);
    const [first, ...others] = read;
    // The file does not say who gets or gives how much, and an agreement has two parties. Taking one would be a guess.
    if (others.some((other) => identityOf(other) !== identityOf(first))) {
      throw new Rejection(field, 'SEVERAL_ORGANIZATIONS');
    }
    return first && read.length === entries.length ? first : null;
  });
}

function readEntry(
  value: unknown,
  field: string,
  countryOf: (text: string) => string | null,
  reasons: RowReasons,
): ImportedOrganization | null {
  if (!isJsonObject(value)) {
    return reasons.attempt(() => {
      throw new Rejection(field, 'NOT_AN_ORGANIZATION');
    });
  }
  const id = reasons.attempt(() => readId(value.id, `${field}.id`));
  const name = reasons.attempt(() => {
    const read = readLine(value.name, `${field}.name`, MAX_NAME);
    if (read === null) throw new Rejection(`${field}.name`, 'MISSING');
    return read;
  });
  if (id === null || name === null) return null;
  return { ...id, name, nameKey: nameKeyOf(name), country: countryIn(value, countryOf) };
}

function readId(value: unknown, field: string): Pick<ImportedOrganization, 'identifier' | 'rawId'> {
  const rawId = readLine(value, field, MAX_ID);
  const identifier = rawId === null ? null : identifierOf(rawId);
  if (identifier) readLine(identifier.value, field, MAX_NUMBER);
  return { identifier, rawId };
}

/** For telling organizations apart; an identifier never equals a name. */
export function identityOf({ identifier, nameKey }: ImportedOrganization): string {
  if (!identifier) return nameKey;
  const [{ scheme, value }] = spellingsOf(identifier);
  return JSON.stringify([scheme, value]);
}

function countryIn(entry: JsonObject, countryOf: (text: string) => string | null): string | null {
  const candidates = [
    entry.addressCountry,
    ...listOf(entry.location).map((location) => fieldOf(location, 'countryCode')),
  ];
  for (const text of candidates) {
    const country = typeof text === 'string' ? countryOf(text) : null;
    if (country) return country;
  }
  return null;
}
