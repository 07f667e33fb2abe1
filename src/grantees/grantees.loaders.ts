import { loadByKey } from '../platform/api/loader.js';
import type { Grantee } from './grantees.store.js';
import { GRANTEES_BY_ID } from './grantees.store.js';

/** By the organization's UUID, which is also the grantee's. */
export const granteeById = loadByKey<Grantee>('granteeById', GRANTEES_BY_ID, 'id');
