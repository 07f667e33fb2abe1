import { loadByKey } from '../platform/api/loader.js';
import type { ApiKey } from './api-key.entity.js';
import { API_KEYS_BY_ID } from './api-keys.store.js';

export const apiKeyById = loadByKey<ApiKey>('apiKeyById', API_KEYS_BY_ID, 'id');
