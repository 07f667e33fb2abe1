import type { Schedule } from '../amendments/amended-schedule.rules.js';
import { amended } from '../amendments/amended-schedule.rules.js';
import { addDays } from '../due-day.rules.js';

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

/** As after a release, but for the term: nobody agreed to other terms. */
export function dissolved(schedule: Schedule, today: string): Schedule {
  const nothing = { installments: [], endsOn: null, expectationIds: [], fiscalSponsor: null };
  return { ...amended(schedule, 'RELEASE', nothing, today), endsOn: schedule.endsOn };
}
