import { dayIn, daysBetween } from '../due-day.rules.js';
import type { DisbursementState } from './disbursement.lifecycle.js';

export const INSTALLMENT_STATES = ['SCHEDULED', 'SENT', 'RECEIVED', 'RELEASED'] as const;
export type InstallmentState = (typeof INSTALLMENT_STATES)[number];

export interface Payment {
  readonly state: DisbursementState;
  readonly amountMinor: bigint;
  readonly receivedOn: string | null;
  readonly isSurplus: boolean;
}

/** Missing, returned, voided and surplus payments do not count toward what was promised. */
export function countsTowardCap({ state, isSurplus }: Payment): boolean {
  return (state === 'SENT' || state === 'RECEIVED') && !isSurplus;
}

const sum = (payments: readonly Payment[]): bigint =>
  payments.reduce((total, { amountMinor }) => total + amountMinor, 0n);

/** What may still be sent on an installment. */
export function leftToSend(amountMinor: bigint, payments: readonly Payment[]): bigint {
  return amountMinor - sum(payments.filter(countsTowardCap));
}

/**
 * The installment follows its payments: `RECEIVED` when what was *sent* with the confirmed ones covers it, so that a
 * bank's fee keeps nothing open.
 */
export function installmentAfter(
  amountMinor: bigint,
  payments: readonly Payment[],
): { state: InstallmentState; receivedOn: string | null } {
  const counted = payments.filter(countsTowardCap);
  const received = counted.filter(({ state }) => state === 'RECEIVED');
  if (sum(received) >= amountMinor) {
    const days = received.map(({ receivedOn }) => receivedOn!);
    return { state: 'RECEIVED', receivedOn: days.reduce((latest, day) => (day > latest ? day : latest)) };
  }
  return { state: sum(counted) >= amountMinor ? 'SENT' : 'SCHEDULED', receivedOn: null };
}

interface Due {
  readonly state: InstallmentState;
  readonly dueOn: string;
  readonly lateAt: Date | null;
  readonly receivedOn: string | null;
}

const isOpen = ({ state }: Due): boolean => state === 'SCHEDULED' || state === 'SENT';

/** Whether the money should have arrived and has not. */
export function isLate(installment: Due, now: Date): boolean {
  return isOpen(installment) && installment.lateAt !== null && installment.lateAt <= now;
}

/** Days from the due day to receipt, or to today while it is still awaited; what was late stays late. */
export function daysLate(installment: Due, timeZone: string | null, now: Date): number {
  const { dueOn, receivedOn } = installment;
  if (receivedOn !== null) return Math.max(0, daysBetween(dueOn, receivedOn));
  return isLate(installment, now) && timeZone !== null ? daysBetween(dueOn, dayIn(timeZone, now)) : 0;
}
