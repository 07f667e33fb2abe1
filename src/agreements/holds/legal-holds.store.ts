import { columnsOf } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { LegalHoldRow } from './legal-hold.entity.js';

export type LegalHold = Omit<LegalHoldRow, 'funderId' | 'granteeId' | 'offeredTo' | 'fiscalSponsorId'>;
const COLUMNS = columnsOf(LegalHoldRow, 'h', [
  'id',
  'agreementId',
  'installmentId',
  'ground',
  'legalBasis',
  'placedAt',
  'placedOn',
  'liftedAt',
  'liftedOn',
  'version',
]);

export const HOLDS_BY_ID = `SELECT ${COLUMNS} FROM legal_holds h WHERE h.id = ANY ($1)`;
export const HOLDS_OF_AGREEMENTS = `SELECT ${COLUMNS} FROM legal_holds h
  WHERE h.agreement_id = ANY ($1) ORDER BY h.agreement_id, h.placed_at, h.id`;

export async function findHold(tx: Tx, id: string): Promise<LegalHold | null> {
  return (await tx.rows<LegalHold>(HOLDS_BY_ID, [[id]]))[0] ?? null;
}

export async function findOpenHold(tx: Tx, installmentId: string): Promise<LegalHold | null> {
  const [row] = await tx.rows<LegalHold>(
    `SELECT ${COLUMNS} FROM legal_holds h WHERE h.installment_id = $1 AND h.lifted_at IS NULL`,
    [installmentId],
  );
  return row ?? null;
}
