import { waitForLock } from '../../platform/db/advisory-locks.js';
import { columnsOf, insertRow } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import type { Period } from '../period.rules.js';
import { CellRow, LedgerRow, ReleaseRow } from '../release.entity.js';
import type { Category, Named } from './defined-cells.rules.js';
import type { Tally } from './reports.rules.js';
import type { SealedRelease } from './sealed-release.js';

/** Nobody logs an obstacle meanwhile, and nobody else seals: see the trigger `wait_for_sealing`. */
export function lockSealing(tx: Tx): void {
  tx.later(`SELECT ${waitForLock('STATISTICS')}`, []);
}

/** What the database's clock says. */
export async function readDatabaseTime(tx: Tx): Promise<Date> {
  const [row] = await tx.rows<{ now: Date }>(`SELECT date_trunc('milliseconds', clock_timestamp()) AS "now"`);
  return row.now;
}

/** When this network became a copy of another one; null when it is none. */
export async function readCopiedAt(tx: Tx): Promise<Date | null> {
  const [row] = await tx.rows<{ copiedAt: Date | null }>('SELECT n.copied_at AS "copiedAt" FROM network n');
  return row.copiedAt;
}

/** Periods that have a release, whether it has figures or not. */
export async function readClosed(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ period: string }>('SELECT r.period AS "period" FROM statistics.releases r');
  return new Set(rows.map(({ period }) => period));
}

export function readLedger(tx: Tx, year: number): Promise<Pick<LedgerRow, 'period' | 'epsilon'>[]> {
  return tx.rows('SELECT l.period AS "period", l.epsilon AS "epsilon" FROM statistics.ledger l WHERE l.year = $1', [
    year,
  ]);
}

/** Periods that have spent something, with a release or, after a restore, without one. */
export async function readSpent(tx: Tx): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ period: string }>('SELECT DISTINCT l.period AS "period" FROM statistics.ledger l');
  return new Set(rows.map(({ period }) => period));
}

/** The year in which the first organization came; null in an empty network. */
export async function readFirstYear(tx: Tx): Promise<number | null> {
  const [row] = await tx.rows<{ first: Date | null }>(
    'SELECT min(a.since) AS "first" FROM statistics.organization_attributes a',
  );
  return row.first?.getUTCFullYear() ?? null;
}

/**
 * What each organization was at an instant, `$1`: one that had been merged counts with the one it had become, where
 * that one was.
 */
const UNITS = `
  at_the_end AS (
    SELECT DISTINCT ON (a.organization_id) a.organization_id AS id, coalesce(a.merged_into, a.organization_id) AS unit, a.country
    FROM statistics.organization_attributes a WHERE a.since < $1::timestamptz ORDER BY a.organization_id, a.since DESC),
  units AS (
    SELECT e.id, e.unit, rc.region FROM at_the_end e JOIN at_the_end r ON r.id = e.unit
    LEFT JOIN statistics.region_countries rc ON rc.country = r.country)`;

/** One that could have reported, and the funders it could have reported about. */
export interface Eligible {
  readonly organizationId: string;
  readonly region: string | null;
  readonly funderIds: readonly string[] | null;
}

/**
 * Organizations of which, for at least 30 days of the period in all, an agreement accepted in this service was live
 * while an unrevoked GRANTEE key existed that can do more than rotate. Imported agreements count for nothing.
 */
export function readEligible(tx: Tx, { startsAt, endsAt }: Period): Promise<Eligible[]> {
  const isLong = (spans: string): string =>
    `(SELECT sum(upper(s) - lower(s)) FROM unnest(${spans}) AS s) >= interval '30 days'`;
  return tx.rows<Eligible>(
    `WITH ${UNITS},
     keys AS (
       SELECT u.unit, range_agg(tstzrange(k.created_at,
         greatest(k.created_at, coalesce(least(k.revoked_at, k.expires_at), 'infinity')))) AS spans
       FROM api_keys k JOIN units u ON u.id = k.organization_id
       WHERE k.role = 'GRANTEE' AND NOT k.issued_by_other AND k.created_at < $1::timestamptz GROUP BY u.unit),
     agreed AS (
       SELECT g.unit, f.unit AS funder, range_agg(tstzrange(a.accepted_at,
         CASE a.state WHEN 'ACTIVE' THEN 'infinity' ELSE greatest(a.accepted_at, a.ended_at) END)) AS spans
       FROM agreements a JOIN units g ON g.id = a.grantee_id JOIN units f ON f.id = a.funder_id
       WHERE a.origin = 'LIVE' AND a.accepted_at < $1::timestamptz GROUP BY g.unit, f.unit),
     joint AS (
       SELECT unit, funder, agreed.spans * keys.spans * tstzmultirange(tstzrange($2::timestamptz, $1::timestamptz)) AS spans
       FROM agreed JOIN keys USING (unit)),
     able AS (
       SELECT unit, range_agg(spans) AS spans, array_agg(funder) FILTER (WHERE ${isLong('spans')}) AS funders
       FROM joint GROUP BY unit)
     SELECT able.unit AS "organizationId", u.region AS "region", able.funders AS "funderIds"
     FROM able JOIN units u ON u.id = able.unit WHERE ${isLong('able.spans')} ORDER BY able.unit`,
    [endsAt, startsAt],
  );
}

/** Fixes which entries belong to this quarter, whatever happens to them later. */
export function markCounted(tx: Tx, { name, endsAt }: Period, since: Date): void {
  tx.later(
    `UPDATE obstacles.entries SET counted_in = $1
     WHERE counted_in IS NULL AND logged_at >= $2::timestamptz AND logged_at < $3::timestamptz`,
    [name, since, endsAt],
  );
}

/** What was reported in these quarters and not withdrawn since. The one place where hidden entries are counted. */
export function readTallies(tx: Tx, { endsAt }: Period, quarters: readonly string[]): Promise<Tally[]> {
  return tx.rows<Tally>(
    `WITH ${UNITS},
     codes AS (SELECT DISTINCT ON (c.code) c.code, c.kind, c.category FROM obstacles.codes c ORDER BY c.code, c.version DESC)
     SELECT u.unit AS "organizationId", u.region AS "region", c.kind AS "kind", c.category AS "category", f.unit AS "funderId",
       e.tier <> 'AGGREGATE_ONLY' AS "mayCountForFunder", count(*)::integer AS "times"
     FROM obstacles.entries e JOIN units u ON u.id = e.organization_id JOIN codes c ON c.code = e.code
     LEFT JOIN obstacles.shared s ON s.id = e.id LEFT JOIN units f ON f.id = e.funder_id
     WHERE e.counted_in = ANY ($2::text[]) AND coalesce(s.state, e.state) <> 'WITHDRAWN'
     GROUP BY 1, 2, 3, 4, 5, 6`,
    [endsAt, quarters],
  );
}

export function readCategories(tx: Tx): Promise<Category[]> {
  return tx.rows(
    `SELECT g.category AS "category", c.kind AS "kind", g.label_en AS "labelEn", g.label_vi AS "labelVi"
     FROM obstacles.categories g JOIN obstacles.codes c ON c.category = g.category
     GROUP BY g.category, c.kind ORDER BY g.place`,
  );
}

export function readRegions(tx: Tx): Promise<Named[]> {
  return tx.rows(
    `SELECT r.code AS "name", r.label_en AS "labelEn", r.label_vi AS "labelVi" FROM statistics.regions r ORDER BY r.label_en`,
  );
}

/** By name, which is the order they are shown in. */
export function readFunders(tx: Tx, ids: readonly string[]): Promise<Named[]> {
  return tx.rows(
    `SELECT f.organization_id AS "name", f.name AS "labelEn", f.name AS "labelVi" FROM funders f
     WHERE f.organization_id = ANY ($1::uuid[]) ORDER BY f.name, f.organization_id`,
    [ids],
  );
}

/** Adds all of a release as it is. */
export function addRelease(tx: Tx, { release, spent, cells }: Omit<SealedRelease, 'countedSince'>): void {
  insertRow(tx, ReleaseRow, release);
  for (const line of spent) insertRow(tx, LedgerRow, line);
  for (const cell of cells) insertRow(tx, CellRow, cell);
}

/** All of a release that is closed. */
export async function readWholeRelease(tx: Tx, period: string): Promise<Omit<SealedRelease, 'countedSince'>> {
  const [release] = await tx.rows<ReleaseRow>(
    `SELECT ${columnsOf(ReleaseRow, 'r')} FROM statistics.releases r WHERE r.period = $1`,
    [period],
  );
  const spent = await tx.rows<LedgerRow>(
    `SELECT ${columnsOf(LedgerRow, 'l')} FROM statistics.ledger l WHERE l.period = $1 ORDER BY l.view DESC`,
    [period],
  );
  const cells = await tx.rows<CellRow>(
    `SELECT ${columnsOf(CellRow, 'c')} FROM statistics.cells c WHERE c.period = $1 ORDER BY c.view DESC, c.place`,
    [period],
  );
  return { release, spent, cells };
}
