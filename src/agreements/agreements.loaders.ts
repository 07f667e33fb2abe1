import { loadByKey } from '../platform/api/loader.js';
import type { Agreement, AgreementDetails } from './agreements.store.js';
import { AGREEMENTS_BY_ID, AGREEMENT_DETAILS } from './agreements.store.js';

/** As the caller: a funder its own, a grantee those offered to it, the steward those offered or recorded. */
export const agreementById = loadByKey<Agreement>('agreementById', AGREEMENTS_BY_ID, 'id');
export const agreementDetails = loadByKey<AgreementDetails>('agreementDetails', AGREEMENT_DETAILS, 'id');
