import { addDays, dayIn, endOfDay } from '../../agreements/due-day.rules.js';

/** When a funder owes its answer: fixed at sharing from the agreement as it is then. */
export interface ResponseDuty {
  /** The last day, where the agreement lives. */
  readonly respondBy: string;
  /** The end of that day, as an instant. */
  readonly respondByAt: Date;
}
interface ResponseTerms {
  readonly timeZone: string;
  readonly responseDays: number;
}

export function responseDuty({ timeZone, responseDays }: ResponseTerms, now: Date): ResponseDuty {
  const respondBy = addDays(dayIn(timeZone, now), responseDays);
  return { respondBy, respondByAt: endOfDay(respondBy, timeZone) };
}

/** A week before the last day there is time to read and to write; the last day is the last chance. */
export const REMINDERS = ['DUE_SOON', 'DUE'] as const;
export type Reminder = (typeof REMINDERS)[number];
const DAYS_BEFORE: Readonly<Record<Reminder, number>> = { DUE_SOON: 7, DUE: 0 };

/** When those days begin. One that has begun already is left out: the funder was just told of the report itself. */
export function reminderTimes(
  { respondBy }: Pick<ResponseDuty, 'respondBy'>,
  { timeZone }: Pick<ResponseTerms, 'timeZone'>,
  now: Date,
): Date[] {
  return REMINDERS.map((reminder) => endOfDay(addDays(respondBy, -DAYS_BEFORE[reminder] - 1), timeZone)).filter(
    (begins) => begins > now,
  );
}

/** The day on which clocks go back has 25 hours. */
const LONGEST_DAY = 25 * 3_600_000;

/** Which one it is that comes now, on time or late. */
export function reminderAt({ respondByAt }: Pick<ResponseDuty, 'respondByAt'>, now: Date): Reminder {
  return respondByAt.getTime() - now.getTime() > LONGEST_DAY ? 'DUE_SOON' : 'DUE';
}

const DAY = 86_400_000;
/** For what is told of once, such as an obstacle that waits for its answer. */
const REMINDED_DAYS_BEFORE = 3;

/** Of which duties, by their ends, the funder should have been reminded by now. */
export function remindedUntil(now: Date): Date {
  return new Date(now.getTime() + REMINDED_DAYS_BEFORE * DAY);
}

export function isOverdue(
  share: {
    readonly state: string;
    readonly respondByAt: Date;
    readonly unsharedAt?: Date | null;
    readonly replacedBy?: string | null;
  },
  now: Date,
): boolean {
  const isGone = Boolean(share.unsharedAt ?? share.replacedBy);
  return share.state === 'AWAITING_RESPONSE' && !isGone && share.respondByAt <= now;
}
