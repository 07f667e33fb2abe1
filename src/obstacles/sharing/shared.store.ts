import { columnsOf } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { SharedRow } from './shared-obstacle.entity.js';

export async function lockShared(tx: Tx, id: string): Promise<SharedRow | null> {
  const [row] = await tx.rows<SharedRow>(
    `SELECT ${columnsOf(SharedRow, 's')} FROM obstacles.shared s WHERE s.id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  return row ?? null;
}

/** As the service itself: duties that end by then and that nobody was reminded of; from now on they were. */
export function takeUnreminded(
  tx: Tx,
  respondByAt: Date,
  most: number,
): Promise<Pick<SharedRow, 'id' | 'funderId' | 'organizationId'>[]> {
  return tx.rows(
    `UPDATE obstacles.shared s SET reminded_at = $2 WHERE s.id IN (
       SELECT d.id FROM obstacles.shared d WHERE d.reminded_at IS NULL AND d.state IN ('OPEN', 'ACKNOWLEDGED')
         AND d.respond_by_at <= $1 ORDER BY d.respond_by_at, d.id LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED)
     RETURNING ${columnsOf(SharedRow, 's', ['id', 'funderId', 'organizationId'])}`,
    [respondByAt, tx.now, most],
  );
}
