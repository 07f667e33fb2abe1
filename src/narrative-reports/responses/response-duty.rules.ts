import { addDays, dayIn, endOfDay } from '../../agreements/due-day.rules.js';

/** When a funder owes its answer: fixed at sharing from the agreement as it is then. */
export interface ResponseDuty {
  /** The last day, where the agreement lives. */
  readonly respondBy: string;
  /** The end of that day, as an instant. */
  readonly respondByAt: Date;
}

const DAY = 86_400_000;
const REMINDED_DAYS_BEFORE = 3;

export function responseDuty(
  { timeZone, responseDays }: { readonly timeZone: string; readonly responseDays: number },
  now: Date,
): ResponseDuty {
  const respondBy = addDays(dayIn(timeZone, now), responseDays);
  return { respondBy, respondByAt: endOfDay(respondBy, timeZone) };
}

/** Funders are reminded three days before, or at once when fewer are given. */
export function reminderAt({ respondByAt }: Pick<ResponseDuty, 'respondByAt'>, now: Date): Date {
  return new Date(Math.max(respondByAt.getTime() - REMINDED_DAYS_BEFORE * DAY, now.getTime()));
}

/** Of which duties, by their ends, the funder should have been reminded by now. */
export function remindedUntil(now: Date): Date {
  return new Date(now.getTime() + REMINDED_DAYS_BEFORE * DAY);
}

export function isOverdue(
  share: { readonly state: string; readonly respondByAt: Date; readonly unsharedAt?: Date | null },
  now: Date,
): boolean {
  return share.state === 'AWAITING_RESPONSE' && !share.unsharedAt && share.respondByAt <= now;
}
