import { loadByKey, loadManyByKey } from '../../platform/api/loader.js';
import type { LegalHold } from './legal-holds.store.js';
import { HOLDS_BY_ID, HOLDS_OF_AGREEMENTS } from './legal-holds.store.js';

export const legalHoldById = loadByKey<LegalHold>('legalHoldById', HOLDS_BY_ID, 'id');
export const holdsByAgreement = loadManyByKey<LegalHold>('holdsByAgreement', HOLDS_OF_AGREEMENTS, 'agreementId');
