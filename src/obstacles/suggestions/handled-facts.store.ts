import { columnsOf } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { HandledFactRow } from './handled-fact.entity.js';

/** What these readers did with a fact; as long as one of them logged it, that. */
export async function findHandled(
  tx: Tx,
  readers: readonly string[],
  code: string,
  factId: string,
): Promise<HandledFactRow | null> {
  const [row] = await tx.rows<HandledFactRow>(
    `SELECT ${columnsOf(HandledFactRow, 'h')} FROM obstacles.handled_facts h
     WHERE h.reader_id = ANY ($1) AND h.code = $2 AND h.fact_id = $3 ORDER BY h.obstacle_id IS NULL LIMIT 1`,
    [readers, code, factId],
  );
  return row ?? null;
}

/** An entry that the whole organization can read from now on is no suggestion to any of its keys. */
export function handToOrganization(tx: Tx, obstacleId: string, organizationId: string): void {
  tx.later(
    `INSERT INTO obstacles.handled_facts (reader_id, code, fact_id, organization_id, obstacle_id, content_hash, handled_at)
     SELECT $2, h.code, h.fact_id, $2, h.obstacle_id, h.content_hash, $3 FROM obstacles.handled_facts h
     WHERE h.obstacle_id = $1 ON CONFLICT DO NOTHING`,
    [obstacleId, organizationId, tx.now],
  );
}
