import { fieldOf, isJsonObject, type JsonObject, listOf } from './json-value.rules.js';
import { identifierOf, type Identifier } from '../organizations/identifier.rules.js';
import { nameKeyOf } from '../organizations/name-key.rules.js';
import { Rejection } from './rejection.rules.js';
import { readLine } from './text.rules.js';

export interface ImportedOrganization {
  /** Null: not to be told from others by an identifier, only by its name, and only within one funder's grants. */
  readonly identifier: Identifier | null;
  /** The id as the file has it. */
  readonly rawId: string | null;
  readonly name: string;
  /** The name without what never distinguishes: case, spacing, typographic variants. */
  readonly nameKey: string;
  /** ISO 3166-1 alpha-2, when the file's text certainly means a country. */
  readonly country: string | null;
}

const LONGEST_ID = 200;
const LONGEST_NAME = 500;

/** The one funder or recipient of a grant. The same organization repeated, under several names even, is one. */
export function readOrganization(
  value: unknown,
  field: string,
  countryOf: (text: string) => string | null,
): ImportedOrganization {
  const [first, ...others] = listOf(value).map((entry, index) => readEntry(entry, `${field}[${index}]`, countryOf));
  if (!first) throw new Rejection(field, `${field} is missing.`);
  const differs = others.some((other) => identityOf(other) !== identityOf(first));
  // The file does not say who gets or gives how much, and an agreement has two parties. Taking one would be a guess.
  if (differs) {
    const reason = 'has several organizations; a grant is recorded between one funder and one recipient';
    throw new Rejection(field, `${field} ${reason}. Give each its own row with its own amount.`);
  }
  return first;
}

function readEntry(value: unknown, field: string, countryOf: (text: string) => string | null): ImportedOrganization {
  if (!isJsonObject(value)) throw new Rejection(field, `${field} is not an object with id and name.`);
  const rawId = readLine(value.id, `${field}.id`, LONGEST_ID);
  const name = readLine(value.name, `${field}.name`, LONGEST_NAME);
  if (name === null) throw new Rejection(`${field}.name`, `${field}.name is missing.`);
  return {
    identifier: rawId === null ? null : identifierOf(rawId),
    rawId,
    name,
    nameKey: nameKeyOf(name),
    country: countryIn(value, countryOf),
  };
}

/** For telling organizations apart; an identifier never equals a name. */
export function identityOf({ identifier, nameKey }: ImportedOrganization): string {
  return identifier ? JSON.stringify([identifier.scheme, identifier.value]) : nameKey;
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
