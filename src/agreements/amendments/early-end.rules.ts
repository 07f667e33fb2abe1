import type { AmendableInstallment, Schedule } from './amended-schedule.rules.js';
import { sentOn } from './amended-schedule.rules.js';

/** What an early end leaves and takes, as things stand. */
export interface EarlyEnd {
  /** The day it takes effect. */
  readonly on: string;
  readonly paidMinor: bigint;
  /** Still owed by the schedule, which counts until that day. What of it is not paid by then will not come either. */
  readonly dueBeforeMinor: bigint;
  readonly notComingMinor: bigint;
}

/** While the day has not come, what is due before it is owed. On the day itself nothing is any more. */
const isOwedUntil = ({ dueOn }: AmendableInstallment, on: string, today: string): boolean => on > today && dueOn < on;

export function earlyEndOf({ installments }: Schedule, on: string, today: string): EarlyEnd {
  const live = installments.filter(({ state }) => state !== 'RELEASED');
  const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, one) => total + one, 0n);
  const open = (isOwed: boolean): bigint =>
    sum(live.filter((one) => isOwedUntil(one, on, today) === isOwed).map((one) => one.amountMinor - sentOn(one)));
  return { on, paidMinor: sum(live.map(sentOn)), dueBeforeMinor: open(true), notComingMinor: open(false) };
}

/** The schedule as it will be on that day if all is paid that is due until then. */
export function paidUntil(schedule: Schedule, on: string, today: string): Schedule {
  const installments = schedule.installments.map((one): AmendableInstallment => {
    if (one.state === 'RELEASED' || one.state === 'RECEIVED' || !isOwedUntil(one, on, today)) return one;
    return { ...one, state: 'RECEIVED', receivedOn: one.dueOn };
  });
  return { ...schedule, installments };
}
