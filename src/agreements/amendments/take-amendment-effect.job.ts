import { addJob } from '../../platform/jobs/add-job.js';
import type { JobHandler } from '../../platform/jobs/jobs.service.js';
import { lockAgreement } from '../agreements.store.js';
import type { AmendmentEffects } from './amendment-effects.service.js';

const HOUR = 3_600_000;

/**
 * Writes what has been in force since the day came, so that lists and the event stream say it too. A release that waits
 * for money in flight is looked at again later.
 */
export function takeAmendmentEffect(effects: AmendmentEffects): JobHandler {
  return async (tx, agreementId) => {
    const agreement = await lockAgreement(tx, agreementId);
    if (!agreement) return;
    const { amendsAt } = await effects.bringUpToDate(tx, agreement);
    if (amendsAt === null) return;
    const retry = new Date(tx.now.getTime() + HOUR);
    addJob(tx, 'take_amendment_effect', agreementId, amendsAt > retry ? amendsAt : retry);
  };
}
