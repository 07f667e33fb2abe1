import type { ListRequest } from '../platform/api/page.js';
import { columnsOf } from '../platform/db/columns.js';
import type { Reader } from '../platform/db/reader.js';
import { CellRow, LedgerRow, ReleaseRow } from './release.entity.js';
import type { View } from './views.rules.js';

/** A closed period, with or without figures. */
export type PublishedRelease = ReleaseRow;
export type LedgerLine = LedgerRow;
/** A figure with the epsilon, in thousandths, at which its noise was drawn. */
export type PublishedCell = Omit<CellRow, 'state'> & Pick<LedgerRow, 'epsilon'>;

const RELEASE = columnsOf(ReleaseRow, 'r');
const CELL = `${columnsOf(CellRow, 'c', [
  'period',
  'view',
  'place',
  'releaseId',
  'kind',
  'category',
  'region',
  'funderId',
  'labelEn',
  'labelVi',
  'value',
])}, l.epsilon AS "epsilon"`;

export const RELEASES_BY_ID = `SELECT ${RELEASE} FROM statistics.releases r WHERE r.id = ANY ($1)`;
export const LEDGER_BY_YEAR = `SELECT ${columnsOf(LedgerRow, 'l')} FROM statistics.ledger l
  WHERE l.year = ANY ($1::integer[]) ORDER BY l.period, l.view DESC`;

/** Closed periods, the latest first; a year comes after its own quarters. */
export const RELEASE_LIST: Omit<ListRequest, 'arguments'> = {
  name: 'obstacleReleases',
  select: RELEASE,
  from: 'statistics.releases r',
  key: [{ sql: 'r.period', alias: 'period', type: 'text' }],
  descending: true,
  where: [],
};

export function findReleases(reader: Reader, periods: readonly string[]): Promise<PublishedRelease[]> {
  return reader.rows<PublishedRelease>(
    `SELECT ${RELEASE} FROM statistics.releases r WHERE r.period = ANY ($1::text[])`,
    [periods],
  );
}

/** The latest periods that have figures in this view. */
export async function latestPeriods(reader: Reader, view: View, most: number): Promise<string[]> {
  const rows = await reader.rows<{ period: string }>(
    `SELECT l.period AS "period" FROM statistics.ledger l WHERE l.view = $1 ORDER BY l.period DESC LIMIT $2`,
    [view, most],
  );
  return rows.map(({ period }) => period);
}

/** All figures of a view in these periods, by period and in the view's own order. */
export function findCells(reader: Reader, view: View, periods: readonly string[]): Promise<PublishedCell[]> {
  return reader.rows<PublishedCell>(
    `SELECT ${CELL} FROM statistics.cells c JOIN statistics.ledger l ON l.period = c.period AND l.view = c.view
     WHERE c.period = ANY ($1::text[]) AND c.view = $2 AND l.period = ANY ($1::text[]) AND l.view = $2 ORDER BY c.period, c.place`,
    [periods, view],
  );
}
