import { readAmount, readPlainNumber } from './amount.rules.js';
import { type MonthFirstDate, type PublishedAt, readDay, readPublishedAt } from './day.rules.js';
import { fieldOf, isJsonObject, type JsonObject, listOf, scalarText } from './json-value.rules.js';
import { type ImportedOrganization, readOrganization } from './organization.rules.js';
import { printable, Rejection, RowReasons, shown } from './rejection.rules.js';
import { type ImportedRestriction, readRestriction, type RestrictionRule } from './restriction.rules.js';
import type { RowReason } from './row-reasons.rules.js';
import { readTerm } from './term.rules.js';
import { readLine, readText } from './text.rules.js';

/** A grant of the past, as it will be recorded. Nothing in it is guessed: what the file leaves open is null. */
export interface ImportedGrant {
  /** The 360Giving id: unique in the world, kept as it is. */
  readonly sourceId: string;
  readonly title: string | null;
  readonly description: string | null;
  /** Exact, with the currency's own number of decimals. Zero is possible. */
  readonly amount: string;
  readonly minorUnits: bigint;
  readonly currency: string;
  readonly awardDate: string;
  /** Both as the file has them: an end before its start is a fact about the record, not for us to mend. */
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly funder: ImportedOrganization;
  readonly grantee: ImportedOrganization;
  readonly programTitle: string | null;
  readonly restriction: ImportedRestriction;
  /** Which given rule said so, by its place; null when none did. */
  readonly byRule: number | null;
  /** How long it was planned to last, when the file says that and no end. */
  readonly durationMonths: number | null;
  /** Where the file says it comes from. */
  readonly dataSource: string | null;
  /** When the publisher last changed the row; for want of that, when the file was issued. */
  readonly publishedAt: PublishedAt | null;
}

/** What is known of the file as a whole. */
export interface Codelists {
  /** ISO 4217 minor units; null for a code that is not in the table. */
  decimalsOf(this: void, currency: string): number | null;
  /** ISO 3166-1 alpha-2 for a code or name; null when not certain. */
  countryOf(this: void, text: string): string | null;
  readonly restrictionRules?: readonly RestrictionRule[];
  /** Set when a row of the file has a date that can only be month/day/year. */
  readonly monthFirst?: MonthFirstDate | null;
}

export type GrantReading =
  | { readonly ok: true; readonly grant: ImportedGrant }
  | { readonly ok: false; readonly id: string | null; readonly reasons: readonly RowReason[] };

/** A real grant has a few kilobytes; more is a mistake in the export. */
export const MAX_GRANT_BYTES = 1024 * 1024;

const MAX_ID = 200;
const MAX_TITLE = 1_000;
const MAX_DESCRIPTION = 50_000;
const MAX_URL = 2_000;

/** One row of the file: a grant to record, or each reason why not. `bytes` is its length in the file, if known. */
export function readGrant(raw: unknown, codelists: Codelists, bytes = 0): GrantReading {
  const reasons = new RowReasons();
  const row = reasons.attempt(() => rowIn(raw, bytes));
  const grant = row === null ? null : grantIn(row, codelists, reasons);
  return grant === null ? { ok: false, id: idIn(raw), reasons: reasons.list } : { ok: true, grant };
}

function rowIn(raw: unknown, bytes: number): JsonObject {
  if (bytes > MAX_GRANT_BYTES) throw new Rejection(null, 'ROW_TOO_LARGE', { actual: bytes, limit: MAX_GRANT_BYTES });
  if (!isJsonObject(raw)) throw new Rejection(null, 'NOT_A_GRANT', { shown: shown(raw) });
  return raw;
}

/** Reads every field, whatever is wrong with others, so that the reasons are all of them. */
function grantIn(row: JsonObject, codelists: Codelists, reasons: RowReasons): ImportedGrant | null {
  const { countryOf, restrictionRules = [], monthFirst = null } = codelists;
  const sourceId = reasons.attempt(() => required(readText(row.id, 'id', MAX_ID), 'id'));
  reasons.attempt(() => refuseIndividual(row));
  const money = moneyIn(row, codelists, reasons);
  const awardDate = reasons.attempt(() => required(readDay(row.awardDate, 'awardDate', monthFirst), 'awardDate'));
  const funder = readOrganization(row.fundingOrganization, 'fundingOrganization', countryOf, reasons);
  // Whoever gave to a person names no organization.
  const grantee = hasIndividual(row)
    ? null
    : readOrganization(row.recipientOrganization, 'recipientOrganization', countryOf, reasons);
  const content = {
    // Both are required by the standard, but a grant without them is a grant: its money, parties and day are known.
    title: reasons.attempt(() => readText(row.title, 'title', MAX_TITLE)),
    description: reasons.attempt(() => readText(row.description, 'description', MAX_DESCRIPTION)),
    ...readTerm(row, monthFirst, reasons),
    programTitle: reasons.attempt(() => programIn(row)),
    ...readRestriction(row, restrictionRules),
    dataSource: urlIn(row.dataSource),
    publishedAt: reasons.attempt(() => readPublishedAt(row.dateModified, 'dateModified', monthFirst)),
  };
  if (reasons.list.length > 0 || !sourceId || !money || !awardDate || !funder || !grantee) return null;
  return { sourceId, ...money, awardDate, funder, grantee, ...content };
}

function moneyIn(
  row: JsonObject,
  { decimalsOf }: Codelists,
  reasons: RowReasons,
): Pick<ImportedGrant, 'amount' | 'minorUnits' | 'currency'> | null {
  const currency = reasons.attempt(() => {
    const code = required(readLine(row.currency, 'currency', 100), 'currency').toUpperCase();
    if (decimalsOf(code) === null) throw new Rejection('currency', 'UNKNOWN_CURRENCY', { shown: shown(row.currency) });
    return code;
  });
  const field = 'amountAwarded';
  if (currency === null) {
    reasons.attempt(() => readPlainNumber(row.amountAwarded, field));
    return null;
  }
  const amount = reasons.attempt(() => readAmount(row.amountAwarded, field, currency, decimalsOf(currency)!));
  return amount === null ? null : { ...amount, currency };
}

/** People are not in this network: to record such a grant would put a person's name among its organizations. */
function refuseIndividual(row: JsonObject): void {
  if (hasIndividual(row)) throw new Rejection('recipientIndividual', 'RECIPIENT_IS_A_PERSON');
}

function hasIndividual({ recipientIndividual: person }: JsonObject): boolean {
  return typeof person === 'object' ? Object.keys(person ?? {}).length > 0 : Boolean(person);
}

function programIn(row: JsonObject): string | null {
  for (const [index, program] of listOf(row.grantProgramme).entries()) {
    const title = readLine(fieldOf(program, 'title'), `grantProgramme[${index}].title`, MAX_TITLE);
    if (title !== null) return title;
  }
  return null;
}

function urlIn(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text.length <= MAX_URL && /^https?:\/\/[\x21-\x7e]+$/i.test(text) ? text : null;
}

function required<T>(value: T | null, field: string): T {
  if (value === null) throw new Rejection(field, 'MISSING');
  return value;
}

function idIn(raw: unknown): string | null {
  return printable(scalarText(fieldOf(raw, 'id')) ?? '', MAX_ID) || null;
}
