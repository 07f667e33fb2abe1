import { loadByKey } from '../../platform/api/loader.js';
import type { PracticeChange } from './practice-changes.store.js';
import { PRACTICE_CHANGES_BY_ID } from './practice-changes.store.js';

export const practiceChangeById = loadByKey<PracticeChange>('practiceChangeById', PRACTICE_CHANGES_BY_ID, 'id');
