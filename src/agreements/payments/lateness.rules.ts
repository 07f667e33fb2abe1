import { addDays, dayIn, daysBetween, endOfDay } from '../due-day.rules.js';
import type { InstallmentState } from './payment.rules.js';

export interface Due {
  readonly state: InstallmentState;
  readonly dueOn: string;
  readonly lateAt: Date | null;
  readonly receivedOn: string | null;
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
