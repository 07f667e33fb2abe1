import { loadByKey, loadManyByKey } from '../../platform/api/loader.js';
import type { KeptDueDay } from './past-due-days.store.js';
import { PAST_DUE_DAYS_OF_AGREEMENTS } from './past-due-days.store.js';
import type { Disbursement, Installment, Receipt, Repayment } from './payments.store.js';
import {
  DISBURSEMENTS_BY_ID,
  DISBURSEMENTS_OF_AGREEMENTS,
  INSTALLMENTS_BY_ID,
  INSTALLMENTS_OF_AGREEMENTS,
  RECEIPTS_OF_AGREEMENTS,
  REPAYMENTS_BY_ID,
  REPAYMENTS_OF_AGREEMENTS,
} from './payments.store.js';

export const installmentById = loadByKey<Installment>('installmentById', INSTALLMENTS_BY_ID, 'id');
export const installmentsByAgreement = loadManyByKey<Installment>(
  'installmentsByAgreement',
  INSTALLMENTS_OF_AGREEMENTS,
  'agreementId',
);
export const disbursementById = loadByKey<Disbursement>('disbursementById', DISBURSEMENTS_BY_ID, 'id');
export const disbursementsByAgreement = loadManyByKey<Disbursement>(
  'disbursementsByAgreement',
  DISBURSEMENTS_OF_AGREEMENTS,
  'agreementId',
);
export const receiptsByAgreement = loadManyByKey<Receipt>('receiptsByAgreement', RECEIPTS_OF_AGREEMENTS, 'agreementId');
export const repaymentById = loadByKey<Repayment>('repaymentById', REPAYMENTS_BY_ID, 'id');
export const repaymentsByAgreement = loadManyByKey<Repayment>(
  'repaymentsByAgreement',
  REPAYMENTS_OF_AGREEMENTS,
  'agreementId',
);
export const pastDueDaysByAgreement = loadManyByKey<KeptDueDay>(
  'pastDueDaysByAgreement',
  PAST_DUE_DAYS_OF_AGREEMENTS,
  'agreementId',
);
