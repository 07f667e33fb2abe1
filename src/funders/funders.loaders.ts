import { loadByKey } from '../platform/api/loader.js';
import type { Funder } from './funders.store.js';
import { FUNDERS_BY_ID } from './funders.store.js';

/** By the organization's UUID, which is also the funder's. */
export const funderById = loadByKey<Funder>('funderById', FUNDERS_BY_ID, 'id');
