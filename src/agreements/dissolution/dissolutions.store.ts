import { columnsOf } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { DissolutionRow } from './dissolution.entity.js';

export type Dissolution = DissolutionRow;
const COLUMNS = columnsOf(DissolutionRow, 'd');

export const DISSOLUTIONS_BY_ID = `SELECT ${COLUMNS} FROM dissolutions d WHERE d.id = ANY ($1)`;
export const DISSOLUTIONS_OF_AGREEMENTS = `SELECT ${COLUMNS} FROM dissolutions d
  WHERE d.agreement_id = ANY ($1) ORDER BY d.agreement_id, d.announced_at, d.id`;

export async function findDissolution(tx: Tx, id: string): Promise<Dissolution | null> {
  return (await tx.rows<Dissolution>(DISSOLUTIONS_BY_ID, [[id]]))[0] ?? null;
}

export async function findAnnounced(tx: Tx, agreementId: string): Promise<Dissolution | null> {
  const [row] = await tx.rows<Dissolution>(
    `SELECT ${COLUMNS} FROM dissolutions d WHERE d.agreement_id = $1 AND d.state = 'ANNOUNCED'`,
    [agreementId],
  );
  return row ?? null;
}
