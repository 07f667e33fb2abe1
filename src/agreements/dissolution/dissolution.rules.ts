import type { Schedule } from '../amendments/amended-schedule.rules.js';
import { amended } from '../amendments/amended-schedule.rules.js';
import { addDays, dayIn } from '../due-day.rules.js';

export const NOTICE_DAYS = 60;

/** The first day it can end the agreement: both parties had the notice for this long. */
export function earliestDay(announcedOn: string): string {
  return addDays(announcedOn, NOTICE_DAYS);
}

/**
 * Money that was sent, and of which nobody has said yet whether it arrived. A missing payment does not wait: of a party
 * that is no more nobody could say what became of it.
 */
export function hasUnansweredMoney({ installments }: Schedule): boolean {
  return installments.some(({ payments }) => payments.some(({ state }) => state === 'SENT'));
}

/** Whether it can end the agreement now: its day has come where the agreement lives, which still goes on, and no payment is on its way. */
export function isRecordable(
  earliestOn: string,
  { state, timeZone }: { readonly state: string; readonly timeZone: string | null },
  payments: readonly { readonly state: string }[],
  now: Date,
): boolean {
  if (state !== 'ACTIVE' || timeZone === null || dayIn(timeZone, now) < earliestOn) return false;
  return !payments.some((payment) => payment.state === 'SENT');
}

/** As after an early end, but for the term: nobody agreed to other terms. */
export function dissolved(schedule: Schedule, today: string): Schedule {
  const nothing = { installments: [], endsOn: null, expectationIds: [], fiscalSponsor: null };
  return { ...amended(schedule, 'RELEASE', nothing, today), endsOn: schedule.endsOn };
}
