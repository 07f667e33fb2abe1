import { addDays, dayIn, daysBetween, endOfDay } from '../due-day.rules.js';
import type { InstallmentState } from './payment.rules.js';

export interface Due {
  readonly state: InstallmentState;
  readonly dueOn: string;
  readonly lateAt: Date | null;
  readonly receivedOn: string | null;
}

/**
 * The duty as it is counted. Nothing is owed before an agreement is accepted: what was due before that is owed on the day of
 * acceptance, with whose end it is late (`lateAt`).
 */
export function asOwed<T extends Pick<Due, 'dueOn' | 'lateAt'>>(due: T, timeZone: string | null): T {
  if (due.lateAt === null || timeZone === null) return due;
  const owedOn = dayIn(timeZone, new Date(due.lateAt.getTime() - 1));
  return owedOn > due.dueOn ? { ...due, dueOn: owedOn } : due;
}

/**
 * Days that do not count as late: those under a legal hold, and those on which money that later went back was
 * there. The day it begins on counts still, since a hold is never backdated; the day it ends on does not. Open when `to` is null.
 */
export interface Pause {
  readonly from: string;
  readonly to: string | null;
}

export function pausesOf(
  holds: readonly { readonly placedOn: string; readonly liftedOn: string | null }[],
  repayments: readonly { readonly coveredFrom: string | null; readonly repaidOn: string }[],
): Pause[] {
  const covered = repayments.flatMap(({ coveredFrom, repaidOn }) =>
    coveredFrom === null ? [] : [{ from: coveredFrom, to: repaidOn }],
  );
  return [...holds.map(({ placedOn, liftedOn }) => ({ from: placedOn, to: liftedOn })), ...covered];
}

const isOpen = ({ state }: Pick<Due, 'state'>): boolean => state === 'SCHEDULED' || state === 'SENT';
const isAwaitedAfterItsDay = (due: Due, now: Date): boolean => isOpen(due) && due.lateAt !== null && due.lateAt <= now;

/** Whether the time zone and the pauses can matter at all; most installments are in time. */
export function mayBeLate(due: Due, now: Date): boolean {
  return due.receivedOn === null ? isAwaitedAfterItsDay(due, now) : due.receivedOn > due.dueOn;
}

/** Whether the money should have arrived and has not; not while a hold keeps it. */
export function isLate(due: Due, pauses: readonly Pause[], timeZone: string | null, now: Date): boolean {
  if (!isAwaitedAfterItsDay(due, now) || pauses.some(({ to }) => to === null)) return false;
  return pauses.length === 0 || daysLate(due, pauses, timeZone, now) > 0;
}

/** Days from the due day to receipt, or to today while it is still awaited, less pauses; what was late stays late. */
export function daysLate(due: Due, pauses: readonly Pause[], timeZone: string | null, now: Date): number {
  const { dueOn, receivedOn } = due;
  if (!mayBeLate(due, now)) return 0;
  if (receivedOn === null && timeZone === null) return 0;
  const until = receivedOn ?? dayIn(timeZone!, now);
  return daysBetween(dueOn, until) - daysPaused(pauses, dueOn, until);
}

/** A due day that was over when other terms took effect, on the day `until`: consent replaced the day, and not that it was missed. */
export interface PastDueDay {
  readonly dueOn: string;
  readonly lateAt: Date | null;
  readonly amountMinor: bigint;
  readonly until: string;
}
/** What came of an installment in the end. */
export interface Arrived {
  readonly amountMinor: bigint;
  readonly receivedOn: string | null;
}

/**
 * Days late by a due day of before: until other terms took effect, or until receipt if all that was due by that day came
 * earlier.
 */
export function daysLateBefore(
  { dueOn, amountMinor, until }: PastDueDay,
  pauses: readonly Pause[],
  arrived: Arrived,
): number {
  const isAllThere = arrived.receivedOn !== null && arrived.amountMinor >= amountMinor;
  const last = isAllThere ? earlier(arrived.receivedOn, until) : until;
  return last <= dueOn ? 0 : daysBetween(dueOn, last) - daysPaused(pauses, dueOn, last);
}

/** Days late by every due day an installment had, the past ones in order; a day counts once, whichever of them it missed. */
export function daysLateInAll(
  due: Due & Arrived,
  past: readonly PastDueDay[],
  pauses: readonly Pause[],
  timeZone: string | null,
  now: Date,
): number {
  let days = 0;
  let counted = '';
  for (const one of past) {
    days += daysLateBefore({ ...one, dueOn: later(one.dueOn, counted) }, pauses, due);
    counted = later(one.until, counted);
  }
  return days + daysLate({ ...due, dueOn: later(due.dueOn, counted) }, pauses, timeZone, now);
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

/**
 * The instant from which `isLate` holds if nothing more happens: what lists compare with the clock. Null when it is not
 * awaited, nobody owes it yet, or a hold keeps it.
 */
export function lateFrom(due: Due, pauses: readonly Pause[], timeZone: string | null): Date | null {
  const { dueOn, lateAt } = due;
  if (!isOpen(due) || lateAt === null || timeZone === null) return null;
  if (pauses.some(({ to }) => to === null)) return null;
  let day = addDays(dueOn, 1);
  while (daysPaused(pauses, dueOn, day) === daysBetween(dueOn, day)) day = addDays(day, 1);
  return day === addDays(dueOn, 1) ? lateAt : endOfDay(addDays(day, -1), timeZone);
}

/** The earliest day of what is awaited, under an agreement that was accepted. */
export function nextDueOn(installments: readonly Pick<Due, 'state' | 'dueOn'>[]): string | null {
  const days = installments.filter(isOpen).map(({ dueOn }) => dueOn);
  return days.sort()[0] ?? null;
}

/** Days after `since` until `until` that lie in at least one pause: where two overlap, a day counts once. */
function daysPaused(pauses: readonly Pause[], since: string, until: string): number {
  let days = 0;
  let reached = since;
  for (const { from, to } of [...pauses].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const start = from > reached ? from : reached;
    const end = to === null || to > until ? until : to;
    if (end <= start) continue;
    days += daysBetween(start, end);
    reached = end;
  }
  return days;
}
