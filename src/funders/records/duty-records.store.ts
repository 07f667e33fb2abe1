import { columnsOf } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import type { DutyKind } from './duty-record.entity.js';
import { DutyRecordRow } from './duty-record.entity.js';

const MOST_YEARS = 10;

/** The newest years of each funder, of one duty. */
export const recordsOfFunders = (duty: DutyKind): string => `
  SELECT r.* FROM unnest($1::uuid[]) AS f (id) CROSS JOIN LATERAL (
    SELECT ${columnsOf(DutyRecordRow, 'd')} FROM duty_records d WHERE d.funder_id = f.id AND d.duty = '${duty}'
    ORDER BY d.year DESC LIMIT ${MOST_YEARS}) AS r ORDER BY r.year DESC`;

/** Marks the year; false when it was marked before. A parallel one waits here for the first. */
export async function markYear(tx: Tx, duty: DutyKind, year: number): Promise<boolean> {
  const rows = await tx.rows(
    'INSERT INTO duty_record_years (duty, year, frozen_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING year',
    [duty, year, tx.now],
  );
  return rows.length > 0;
}
