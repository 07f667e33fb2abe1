import { loadByKey } from '../../platform/api/loader.js';
import type { ReportRatingRow } from './report-talk.entity.js';
import { LATEST_RATINGS } from './report-responses.store.js';

/** By the share. Whoever has the answer may see it: the two parties. */
export const ratingByShare = loadByKey<ReportRatingRow>('ratingByShare', LATEST_RATINGS, 'shareId');
