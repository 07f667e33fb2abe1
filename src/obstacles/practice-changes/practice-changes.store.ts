import type { ListRequest } from '../../platform/api/page.js';
import { columnsOf } from '../../platform/db/columns.js';
import type { Condition } from '../../platform/db/keyset.js';
import type { Tx } from '../../platform/db/transaction.js';
import { PracticeChangeRow } from './practice-change.entity.js';

export type PracticeChange = PracticeChangeRow;
const COLUMNS = columnsOf(PracticeChangeRow, 'c');

/** As the caller: what is published, and to its funder also what it retracted. */
export const PRACTICE_CHANGES_BY_ID = `SELECT ${COLUMNS} FROM practice_changes c WHERE c.id = ANY ($1)`;

export interface Wanted {
  readonly funderIds?: readonly string[] | null;
  readonly codes?: readonly string[] | null;
  readonly isPublished: boolean;
  readonly isRetracted: boolean;
}

/** The newest first. Published ones of anybody, or of some funders; retracted ones only of the caller's own. */
export function practiceChangeList({
  funderIds,
  codes,
  isPublished,
  isRetracted,
}: Wanted): Omit<ListRequest, 'arguments'> {
  const where: Condition[] = [
    ...(isRetracted ? [] : [{ sql: () => 'c.retracted_at IS NULL' }]),
    ...(isPublished ? [] : [{ sql: () => 'c.retracted_at IS NOT NULL' }]),
    ...(codes ? [{ sql: (place: string) => `c.codes && ${place}::text[]`, value: codes }] : []),
  ];
  return {
    name: 'practiceChanges',
    select: COLUMNS,
    from: 'practice_changes c',
    key: [
      { sql: 'c.published_at', alias: 'publishedAt', type: 'timestamptz' },
      { sql: 'c.id', alias: 'id', type: 'uuid' },
    ],
    descending: true,
    where,
    ...(funderIds && { tenant: { column: 'c.funder_id', ids: funderIds } }),
  };
}

export async function lockPracticeChange(tx: Tx, id: string): Promise<PracticeChange | null> {
  const [row] = await tx.rows<PracticeChange>(
    `SELECT ${COLUMNS} FROM practice_changes c WHERE c.id = $1 AND c.funder_id = ANY ($2) FOR NO KEY UPDATE`,
    [id, tx.actor.organizationIds],
  );
  return row ?? null;
}
