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
