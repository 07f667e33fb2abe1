import { loadByKey } from '../../platform/api/loader.js';
import type { ObstacleCodeRow } from './obstacle-code.entity.js';
import { CODES_BY_NAME } from './obstacle-codes.store.js';

export const codeByName = loadByKey<ObstacleCodeRow>('codeByName', CODES_BY_NAME, 'code');
