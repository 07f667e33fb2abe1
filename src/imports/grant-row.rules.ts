import { readAmount } from './amount.rules.js';
import { readDay, readInstant, readPlannedDay } from './day.rules.js';
import { fieldOf, isJsonObject, type JsonObject, listOf, scalarText } from './json-value.rules.js';
import { type ImportedOrganization, readOrganization } from './organization.rules.js';
import { printable, Rejection, type RejectionReason, shown } from './rejection.rules.js';
import { type ImportedRestriction, readRestriction, type RestrictionRule } from './restriction.rules.js';
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
  /** Where the file says it comes from. */
  readonly dataSource: string | null;
  /** An instant in UTC: when the publisher last changed the row. */
  readonly dateModified: string | null;
}

export interface Codelists {
  /** ISO 4217 minor units; null for a code that is not in the table. */
  decimalsOf(this: void, currency: string): number | null;
  /** ISO 3166-1 alpha-2 for a code or name; null when not certain. */
  countryOf(this: void, text: string): string | null;
  readonly restrictionRules?: readonly RestrictionRule[];
}

export type GrantReading =
  { readonly ok: true; readonly grant: ImportedGrant } | { readonly ok: false; readonly reason: RejectionReason };

/** A real grant has a few kilobytes; more is a mistake in the export. */
export const LARGEST_GRANT_BYTES = 1024 * 1024;

const LONGEST_ID = 200;
const LONGEST_TITLE = 1_000;
const LONGEST_DESCRIPTION = 50_000;
const LONGEST_URL = 2_000;

/** One row of the file: a grant to record, or the reason why not. `bytes` is its length in the file, if known. */
export function readGrant(raw: unknown, codelists: Codelists, bytes = 0): GrantReading {
  try {
    if (bytes > LARGEST_GRANT_BYTES) {
      throw new Rejection(null, `The grant has ${bytes} bytes; at most ${LARGEST_GRANT_BYTES} are read.`);
    }
    if (!isJsonObject(raw)) throw new Rejection(null, `The row is ${shown(raw)}, not a grant.`);
    return { ok: true, grant: grantIn(raw, codelists) };
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return { ok: false, reason: { id: idIn(raw), field: error.field, reason: error.message } };
  }
}

function grantIn(row: JsonObject, codelists: Codelists): ImportedGrant {
  const sourceId = required(readText(row.id, 'id', LONGEST_ID), 'id');
  refuseIndividual(row);
  const currency = required(readLine(row.currency, 'currency', 100), 'currency').toUpperCase();
  const decimals = codelists.decimalsOf(currency);
  if (decimals === null) {
    throw new Rejection('currency', `currency is ${shown(row.currency)}, not a currency code of ISO 4217.`);
  }
  return {
    sourceId,
    // Both are required by the standard, but a grant without them is a grant: its money, parties and day are known.
    title: readText(row.title, 'title', LONGEST_TITLE),
    description: readText(row.description, 'description', LONGEST_DESCRIPTION),
    ...readAmount(row.amountAwarded, 'amountAwarded', currency, decimals),
    currency,
    awardDate: required(readDay(row.awardDate, 'awardDate'), 'awardDate'),
    ...termOf(row),
    funder: readOrganization(row.fundingOrganization, 'fundingOrganization', codelists.countryOf),
    grantee: readOrganization(row.recipientOrganization, 'recipientOrganization', codelists.countryOf),
    programTitle: programIn(row),
    restriction: readRestriction(row, codelists.restrictionRules ?? []),
    dataSource: urlIn(row.dataSource),
    dateModified: readInstant(row.dateModified),
  };
}

/** People are not in this network: to record such a grant would put a person's name among its organizations. */
function refuseIndividual(row: JsonObject): void {
  const person = row.recipientIndividual;
  const hasContent = typeof person === 'object' ? Object.keys(person ?? {}).length > 0 : Boolean(person);
  if (!hasContent) return;
  const reason =
    'The grant went to a person. Only grants to organizations are recorded here, so that no person is listed.';
  throw new Rejection('recipientIndividual', reason);
}

/** Columns that stand for the planned dates in files whose publishers kept their own headings. */
const OWN_START = ['Project Start Date', 'Planned Dates:Start Date', 'startDate'];
const OWN_END = ['Project End Date', 'Planned Dates:End Date', 'endDate'];

function termOf(row: JsonObject): { startsOn: string | null; endsOn: string | null } {
  for (const field of ['plannedDates', 'actualDates']) {
    const starts = eventDays(row[field], field, 'startDate');
    const ends = eventDays(row[field], field, 'endDate');
    // Several events are stages of one grant. Days in this form sort as text.
    if (starts.length + ends.length > 0) return { startsOn: starts[0] ?? null, endsOn: ends.at(-1) ?? null };
    if (field === 'plannedDates') {
      const startsOn = ownDay(row, OWN_START);
      const endsOn = ownDay(row, OWN_END);
      if (startsOn ?? endsOn) return { startsOn, endsOn };
    }
  }
  return { startsOn: null, endsOn: null };
}

function eventDays(events: unknown, field: string, edge: 'startDate' | 'endDate'): string[] {
  return listOf(events)
    .map((event, index) => readPlannedDay(fieldOf(event, edge), `${field}[${index}].${edge}`))
    .filter((day) => day !== null)
    .sort();
}

function ownDay(row: JsonObject, columns: readonly string[]): string | null {
  const column = columns.find((name) => row[name] !== undefined);
  return column === undefined ? null : readPlannedDay(row[column], column);
}

function programIn(row: JsonObject): string | null {
  for (const [index, program] of listOf(row.grantProgramme).entries()) {
    const title = readLine(fieldOf(program, 'title'), `grantProgramme[${index}].title`, LONGEST_TITLE);
    if (title !== null) return title;
  }
  return null;
}

function urlIn(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text.length <= LONGEST_URL && /^https?:\/\/[\x21-\x7e]+$/i.test(text) ? text : null;
}

function required<T>(value: T | null, field: string): T {
  if (value === null) throw new Rejection(field, `${field} is missing.`);
  return value;
}

function idIn(raw: unknown): string | null {
  return printable(scalarText(fieldOf(raw, 'id')) ?? '', LONGEST_ID) || null;
}
