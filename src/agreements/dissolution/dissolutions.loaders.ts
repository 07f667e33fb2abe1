import { loadByKey, loadManyByKey } from '../../platform/api/loader.js';
import type { Dissolution } from './dissolutions.store.js';
import { DISSOLUTIONS_BY_ID, DISSOLUTIONS_OF_AGREEMENTS } from './dissolutions.store.js';

export const dissolutionById = loadByKey<Dissolution>('dissolutionById', DISSOLUTIONS_BY_ID, 'id');
export const dissolutionsByAgreement = loadManyByKey<Dissolution>(
  'dissolutionsByAgreement',
  DISSOLUTIONS_OF_AGREEMENTS,
  'agreementId',
);
