import { addDays, dayIn } from '../due-day.rules.js';
import { expectationState } from '../expectations/expectation.rules.js';
import type { InstallmentState } from '../payments/payment.rules.js';

export type ReminderType =
  'INSTALLMENT_DUE_SOON' | 'INSTALLMENT_LATE' | 'EXPECTATION_DUE_SOON' | 'EXPECTATION_OVERDUE' | 'AGREEMENT_ENDING';

/** What to remind of, and the day it is about: another day is another fact. */
export interface Reminder {
  readonly type: ReminderType;
  readonly day: string;
}

/** Long enough before a payment or a report to do something about it, and before an end to talk about what comes next. */
export const DAYS_BEFORE_DUE = 14;
export const DAYS_BEFORE_END = 60;

interface Installment {
  readonly state: InstallmentState;
  readonly dueOn: string;
  readonly lateFrom: Date | null;
}

/** None while a hold keeps it, which is when `lateFrom` is null; what was sent in time is not asked for again. */
export function installmentReminder(
  { state, dueOn, lateFrom }: Installment,
  timeZone: string,
  now: Date,
): Reminder | null {
  if (lateFrom === null) return null;
  if (lateFrom <= now) return { type: 'INSTALLMENT_LATE', day: dueOn };
  const isSoon = state === 'SCHEDULED' && isWithin(dueOn, DAYS_BEFORE_DUE, dayIn(timeZone, now));
  return isSoon ? { type: 'INSTALLMENT_DUE_SOON', day: dueOn } : null;
}

interface Expectation {
  readonly dueOn: string;
  readonly movedTo: string | null;
  readonly metByShareId: string | null;
  readonly waivedAt: Date | null;
  readonly overdueAt: Date | null;
}

export function expectationReminder(expectation: Expectation, timeZone: string, now: Date): Reminder | null {
  const day = expectation.movedTo ?? expectation.dueOn;
  const state = expectationState(expectation, now);
  if (state === 'OVERDUE') return { type: 'EXPECTATION_OVERDUE', day };
  const isSoon = state === 'UPCOMING' && isWithin(day, DAYS_BEFORE_DUE, dayIn(timeZone, now));
  return isSoon ? { type: 'EXPECTATION_DUE_SOON', day } : null;
}

export function endReminder(endsOn: string, timeZone: string, now: Date): Reminder | null {
  return isWithin(endsOn, DAYS_BEFORE_END, dayIn(timeZone, now)) ? { type: 'AGREEMENT_ENDING', day: endsOn } : null;
}

/** Today or at most so many days ahead; what is over is not coming. */
const isWithin = (day: string, days: number, today: string): boolean => day >= today && day <= addDays(today, days);
