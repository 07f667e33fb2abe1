import { loadByKey, loadManyByKey } from '../../platform/api/loader.js';
import type { Disbursement, Installment } from './payments.store.js';
import {
  DISBURSEMENTS_BY_ID,
  DISBURSEMENTS_OF_AGREEMENTS,
  INSTALLMENTS_BY_ID,
  INSTALLMENTS_OF_AGREEMENTS,
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
