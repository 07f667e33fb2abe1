import { columnsOf } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { DisbursementRow } from './disbursement.entity.js';
import { DisbursementReceiptRow } from './disbursement-receipt.entity.js';
import { InstallmentRow } from './installment.entity.js';
import { RepaymentRow } from './repayment.entity.js';

export type Installment = Omit<
  InstallmentRow,
  'funderId' | 'granteeId' | 'offeredTo' | 'fiscalSponsorId' | 'lateFrom' | 'dutyId'
>;
export const INSTALLMENT = columnsOf(InstallmentRow, 'i', [
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

export type Disbursement = Omit<DisbursementRow, 'funderId' | 'granteeId' | 'offeredTo' | 'fiscalSponsorId'>;
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
  'repaidMinor',
  'version',
  'createdAt',
  'updatedAt',
]);
export const DISBURSEMENTS_BY_ID = `SELECT ${DISBURSEMENT} FROM disbursements d WHERE d.id = ANY ($1)`;
export const DISBURSEMENTS_OF_AGREEMENTS = `SELECT ${DISBURSEMENT} FROM disbursements d
  WHERE d.agreement_id = ANY ($1) ORDER BY d.agreement_id, d.sent_on, d.id`;

export type Receipt = Omit<DisbursementReceiptRow, 'funderId' | 'granteeId' | 'offeredTo' | 'fiscalSponsorId'>;
export const RECEIPTS_OF_AGREEMENTS = `SELECT ${columnsOf(DisbursementReceiptRow, 'r', [
  'disbursementId',
  'number',
  'agreementId',
  'receivedOn',
  'receivedMinor',
  'receivedCurrency',
  'reason',
  'toldAt',
])} FROM disbursement_receipts r WHERE r.agreement_id = ANY ($1) ORDER BY r.agreement_id, r.disbursement_id, r.number`;

/** Told again, it is the next of its disbursement; the agreement is locked, so nobody tells another meanwhile. */
export function keepReceipt(
  tx: Tx,
  disbursementId: string,
  receipt: Pick<Disbursement, 'receivedOn' | 'receivedMinor' | 'receivedCurrency'>,
  reason: string | null,
): void {
  const { receivedOn, receivedMinor, receivedCurrency } = receipt;
  tx.later(
    `INSERT INTO disbursement_receipts (disbursement_id, number, agreement_id, funder_id, grantee_id, offered_to,
       received_on, received_minor, received_currency, reason, told_at)
     SELECT d.id, (SELECT count(*) + 1 FROM disbursement_receipts r WHERE r.disbursement_id = d.id), d.agreement_id,
       d.funder_id, d.grantee_id, d.offered_to, $2, $3, $4, $5, $6
     FROM disbursements d WHERE d.id = $1`,
    [disbursementId, receivedOn, receivedMinor, receivedCurrency, reason, tx.now],
  );
}

export type Repayment = Omit<RepaymentRow, 'funderId' | 'granteeId' | 'offeredTo' | 'fiscalSponsorId'>;
const REPAYMENT = columnsOf(RepaymentRow, 'r', [
  'id',
  'agreementId',
  'disbursementId',
  'installmentId',
  'amountMinor',
  'currency',
  'repaidOn',
  'coveredFrom',
  'reason',
  'createdAt',
]);
export const REPAYMENTS_BY_ID = `SELECT ${REPAYMENT} FROM repayments r WHERE r.id = ANY ($1)`;
export const REPAYMENTS_OF_AGREEMENTS = `SELECT ${REPAYMENT} FROM repayments r
  WHERE r.agreement_id = ANY ($1) ORDER BY r.agreement_id, r.repaid_on, r.id`;

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
