import { appendEvent } from '../../platform/events/append-event.js';
import type { JobHandler } from '../../platform/jobs/jobs.service.js';
import { awaitedShare, noteReminder } from './report-responses.store.js';
import { reminderAt } from './response-duty.rules.js';

const EVENTS = { DUE_SOON: 'REPORT_RESPONSE_DUE_SOON', DUE: 'REPORT_RESPONSE_DUE' } as const;

/** A gentle reminder to the funder, seen by the grantee who waits; nothing when it has answered or was unshared. */
export const remindResponseDue: JobHandler = async (tx, shareId) => {
  const share = await awaitedShare(tx, shareId);
  if (!share) return;
  const reminder = reminderAt(share, tx.now);
  if (!(await noteReminder(tx, shareId, reminder))) return;
  const { id, funderId, granteeId } = share;
  const about = { subjectType: 'REPORT_SHARE', subjectId: id, funderId, granteeId, forSteward: false } as const;
  appendEvent(tx, { type: EVENTS[reminder], ...about });
};
