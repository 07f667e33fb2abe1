import { loadByKey, loadManyByKey } from '../../platform/api/loader.js';
import type { Expectation } from './expectations.store.js';
import { EXPECTATIONS_BY_ID, EXPECTATIONS_OF_AGREEMENTS } from './expectations.store.js';

export const expectationById = loadByKey<Expectation>('expectationById', EXPECTATIONS_BY_ID, 'id');
export const expectationsByAgreement = loadManyByKey<Expectation>(
  'expectationsByAgreement',
  EXPECTATIONS_OF_AGREEMENTS,
  'agreementId',
);
