import { appendEvent } from '../../platform/events/append-event.js';
import type { JobHandler } from '../../platform/jobs/jobs.service.js';
import { awaitedShare } from '../shares/report-shares.store.js';

/** A gentle reminder to the funder, seen by the grantee who waits; nothing when it has answered or was unshared. */
export const remindResponseDue: JobHandler = async (tx, shareId) => {
  const share = await awaitedShare(tx, shareId);
  if (!share) return;
  const { id, funderId, granteeId } = share;
  const about = { subjectType: 'REPORT_SHARE', subjectId: id, funderId, granteeId, forSteward: false } as const;
  appendEvent(tx, { type: 'REPORT_RESPONSE_DUE', ...about });
};
