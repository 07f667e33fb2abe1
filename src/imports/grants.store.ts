import { tryLock } from '../platform/db/advisory-locks.js';
import { LONG_LOCK_WAIT_MS } from '../platform/db/waits.js';
import type { Tx } from '../platform/db/transaction.js';
import type { Identifier } from '../organizations/identifier.rules.js';
import type { ImportedGrant } from './grant-row.rules.js';

/** Of one row of the file: what was recorded under its id before. */
export interface Recorded {
  readonly position: number;
  /** Where in this file the same id stood first; null when it is new to the file. */
  readonly firstPosition: number | null;
  readonly agreementId: string | null;
  /** Hex. */
  readonly digest: string | null;
  readonly dateModified: Date | null;
  readonly funderId: string | null;
  readonly granteeId: string | null;
}
/** A grant whose parties and agreement are known, ready to be written. */
export interface GrantToRecord {
  readonly agreementId: string;
  readonly funderId: string;
  readonly granteeId: string;
  /** The CONFIRMED numbers by which the parties were found; null when a name was. */
  readonly funderNumber: Identifier | null;
  readonly granteeNumber: Identifier | null;
  readonly digest: string;
  readonly source: string;
  readonly grant: ImportedGrant;
}

/**
 * One import at a time; false when another is running. The tables it creates live as long as its transaction. Plans are
 * made anew and by index: tables that were empty when a plan was cached grow by the whole file before anybody analyzes them.
 */
export async function beginImport(tx: Tx): Promise<boolean> {
  const [lock] = await tx.rows<{ free: boolean }>(
    `SELECT ${tryLock('IMPORT')} AS "free",
       set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
       set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true),
       set_config('lock_timeout', '${LONG_LOCK_WAIT_MS}', true)`,
  );
  if (!lock.free) return false;
  tx.later(
    'CREATE TEMPORARY TABLE import_ids (source_id text PRIMARY KEY, position integer NOT NULL) ON COMMIT DROP',
    [],
  );
  tx.later(
    `CREATE TEMPORARY TABLE import_spellings (place bigint GENERATED ALWAYS AS IDENTITY, organization_id uuid NOT NULL, name text NOT NULL)
     ON COMMIT DROP`,
    [],
  );
  await tx.rows('DISCARD PLANS');
  return true;
}

export async function decimalsByCurrency(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.rows<{ code: string; decimals: number }>('SELECT code, decimals FROM currencies');
  return new Map(rows.map(({ code, decimals }) => [code, decimals]));
}

/** Also remembers the ids as met in this file. The list itself holds none twice. */
export function findRecorded(tx: Tx, ids: readonly { sourceId: string; position: number }[]): Promise<Recorded[]> {
  return tx.rows(
    `WITH given AS MATERIALIZED (SELECT * FROM unnest($1::text[], $2::integer[]) AS g (source_id, position)),
       met AS (INSERT INTO import_ids SELECT source_id, position FROM given ON CONFLICT DO NOTHING)
     SELECT given.position, earlier.position AS "firstPosition", i.agreement_id AS "agreementId",
       encode(i.digest, 'hex') AS "digest", i.date_modified AS "dateModified", i.funder_id AS "funderId", i.grantee_id AS "granteeId"
     FROM given
     LEFT JOIN import_ids earlier ON earlier.source_id = given.source_id
     LEFT JOIN imported_grants i ON i.source_id = given.source_id
     ORDER BY given.position`,
    [ids.map(({ sourceId }) => sourceId), ids.map(({ position }) => position)],
  );
}

/** The same content, published again later: what is older than that is old now. */
export function noteLaterPublication(tx: Tx, grants: readonly { agreementId: string; publishedAt: string }[]): void {
  if (grants.length === 0) return;
  tx.later(
    `UPDATE imported_grants i SET date_modified = n.date_modified
     FROM unnest($1::uuid[], $2::timestamptz[]) AS n (agreement_id, date_modified) WHERE i.agreement_id = n.agreement_id`,
    [grants.map(({ agreementId }) => agreementId), grants.map(({ publishedAt }) => publishedAt)],
  );
}

const TERMS = `$2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::text[], $8::date[], $9::date[], $10::date[])
  AS n (id, funder_id, grantee_id, restriction, committed_minor, currency, awarded_on, starts_on, ends_on)`;
const termsOf = (grants: readonly GrantToRecord[]): unknown[] => [
  grants.map(({ agreementId }) => agreementId),
  grants.map(({ funderId }) => funderId),
  grants.map(({ granteeId }) => granteeId),
  grants.map(({ grant }) => grant.restriction),
  grants.map(({ grant }) => grant.minorUnits),
  grants.map(({ grant }) => grant.currency),
  grants.map(({ grant }) => grant.awardDate),
  grants.map(({ grant }) => grant.startsOn),
  grants.map(({ grant }) => grant.endsOn),
];

const CONTENT = `$3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
    $15::text[], $16::text[], $17::integer[])
  AS n (agreement_id, digest, date_modified, title, description, program_title, data_source, source,
    funder_scheme, funder_value, grantee_scheme, grantee_value, funder_name, recipient_name, duration_months)`;
const contentOf = (grants: readonly GrantToRecord[]): unknown[] => [
  grants.map(({ agreementId }) => agreementId),
  grants.map(({ digest }) => digest),
  grants.map(({ grant }) => grant.publishedAt?.at ?? null),
  grants.map(({ grant }) => grant.title),
  grants.map(({ grant }) => grant.description),
  grants.map(({ grant }) => grant.programTitle),
  grants.map(({ grant }) => grant.dataSource),
  grants.map(({ source }) => source),
  grants.map(({ funderNumber }) => funderNumber?.scheme ?? null),
  grants.map(({ funderNumber }) => funderNumber?.value ?? null),
  grants.map(({ granteeNumber }) => granteeNumber?.scheme ?? null),
  grants.map(({ granteeNumber }) => granteeNumber?.value ?? null),
  grants.map(({ grant }) => grant.funder.name),
  grants.map(({ grant }) => grant.grantee.name),
  grants.map(({ grant }) => grant.durationMonths),
];

export function addRecorded(tx: Tx, grants: readonly GrantToRecord[], fileName: string | null): void {
  if (grants.length === 0) return;
  tx.later(
    `INSERT INTO agreements (id, funder_id, grantee_id, offered_to, state, origin, restriction, committed_minor, currency,
       awarded_on, starts_on, ends_on, created_at, updated_at)
     SELECT n.id, n.funder_id, n.grantee_id, n.grantee_id, 'RECORDED', 'IMPORTED', n.restriction, n.committed_minor, n.currency,
       n.awarded_on, n.starts_on, n.ends_on, $1, $1 FROM unnest(${TERMS}`,
    [tx.now, ...termsOf(grants)],
  );
  tx.later(
    `INSERT INTO imported_grants (agreement_id, digest, date_modified, title, description, program_title, data_source, source,
       imported_at, file_name, funder_scheme, funder_value, grantee_scheme, grantee_value, funder_name, recipient_name, duration_months,
       funder_id, grantee_id, source_id)
     SELECT n.agreement_id, decode(n.digest, 'hex'), n.date_modified, n.title, n.description, n.program_title, n.data_source,
       n.source::jsonb, $1, $2, n.funder_scheme, n.funder_value, n.grantee_scheme, n.grantee_value,
       n.funder_name, n.recipient_name, n.duration_months, n.funder_id, n.grantee_id, n.source_id
     FROM unnest($18::uuid[], $19::uuid[], $20::text[], ${CONTENT.replace(
       'AS n (',
       'AS n (funder_id, grantee_id, source_id, ',
     )}`,
    [
      tx.now,
      fileName,
      ...contentOf(grants),
      grants.map(({ funderId }) => funderId),
      grants.map(({ granteeId }) => granteeId),
      grants.map(({ grant }) => grant.sourceId),
    ],
  );
}

export function changeRecorded(tx: Tx, grants: readonly GrantToRecord[], fileName: string | null): void {
  if (grants.length === 0) return;
  tx.later(
    `UPDATE agreements a SET funder_id = n.funder_id, grantee_id = n.grantee_id, offered_to = n.grantee_id,
       restriction = n.restriction, committed_minor = n.committed_minor, currency = n.currency, awarded_on = n.awarded_on,
       starts_on = n.starts_on, ends_on = n.ends_on, version = a.version + 1, updated_at = $1
     FROM unnest(${TERMS} WHERE a.id = n.id`,
    [tx.now, ...termsOf(grants)],
  );
  tx.later(
    `UPDATE imported_grants i SET digest = decode(n.digest, 'hex'), date_modified = coalesce(n.date_modified, i.date_modified),
       title = n.title, description = n.description, program_title = n.program_title, data_source = n.data_source,
       source = n.source::jsonb, imported_at = $1, file_name = $2, funder_scheme = n.funder_scheme, funder_value = n.funder_value,
       grantee_scheme = n.grantee_scheme, grantee_value = n.grantee_value, funder_name = n.funder_name, recipient_name = n.recipient_name,
       duration_months = n.duration_months
     FROM unnest(${CONTENT} WHERE i.agreement_id = n.agreement_id`,
    [tx.now, fileName, ...contentOf(grants)],
  );
}
