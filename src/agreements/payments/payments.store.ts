import { columnsOf } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { DisbursementRow } from './disbursement.entity.js';
import { InstallmentRow } from './installment.entity.js';

export type Installment = Omit<InstallmentRow, 'funderId' | 'granteeId' | 'offeredTo'>;
const INSTALLMENT = columnsOf(InstallmentRow, 'i', [
  'id',
  'agreementId',
  'number',
  'dueOn',
  'amountMinor',
  'currency',
  'state',
  'lateAt',
  'receivedOn',
]);
export const INSTALLMENTS_BY_ID = `SELECT ${INSTALLMENT} FROM installments i WHERE i.id = ANY ($1)`;
export const INSTALLMENTS_OF_AGREEMENTS = `SELECT ${INSTALLMENT} FROM installments i
  WHERE i.agreement_id = ANY ($1) ORDER BY i.agreement_id, i.number`;

export type Disbursement = Omit<DisbursementRow, 'funderId' | 'granteeId' | 'offeredTo'>;
const DISBURSEMENT = columnsOf(DisbursementRow, 'd', [
  'id',
  'agreementId',
  'installmentId',
  'state',
  'sentOn',
  'amountMinor',
  'currency',
  'reference',
  'receivedOn',
  'receivedMinor',
  'receivedCurrency',
  'isSurplus',
  'version',
  'createdAt',
  'updatedAt',
]);
export const DISBURSEMENTS_BY_ID = `SELECT ${DISBURSEMENT} FROM disbursements d WHERE d.id = ANY ($1)`;
export const DISBURSEMENTS_OF_AGREEMENTS = `SELECT ${DISBURSEMENT} FROM disbursements d
  WHERE d.agreement_id = ANY ($1) ORDER BY d.agreement_id, d.sent_on, d.id`;

export async function findInstallment(tx: Tx, id: string): Promise<Installment | null> {
  return (await tx.rows<Installment>(INSTALLMENTS_BY_ID, [[id]]))[0] ?? null;
}

export async function findDisbursement(tx: Tx, id: string): Promise<Disbursement | null> {
  return (await tx.rows<Disbursement>(DISBURSEMENTS_BY_ID, [[id]]))[0] ?? null;
}

export function paymentsOf(tx: Tx, installmentId: string): Promise<Disbursement[]> {
  return tx.rows<Disbursement>(
    `SELECT ${DISBURSEMENT} FROM disbursements d WHERE d.installment_id = $1 ORDER BY d.id`,
    [installmentId],
  );
}
