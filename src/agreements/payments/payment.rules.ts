import type { Amount } from '../../platform/api/money.rules.js';
import type { DisbursementState } from './disbursement.lifecycle.js';

export const INSTALLMENT_STATES = ['SCHEDULED', 'SENT', 'RECEIVED', 'RELEASED'] as const;
export type InstallmentState = (typeof INSTALLMENT_STATES)[number];

export interface Payment {
  readonly state: DisbursementState;
  readonly amountMinor: bigint;
  /** What of it went back. */
  readonly repaidMinor: bigint;
  readonly receivedOn: string | null;
  readonly isSurplus: boolean;
}

/** Missing, returned, voided and surplus payments do not count toward what was promised. */
export function countsTowardCap({ state, isSurplus }: Payment): boolean {
  return (state === 'SENT' || state === 'RECEIVED') && !isSurplus;
}

/** What payments count toward what was promised: not what went back, which may be sent again. */
export function countedTotal(payments: readonly Payment[]): bigint {
  return payments
    .filter(countsTowardCap)
    .reduce((total, { amountMinor, repaidMinor }) => total + amountMinor - repaidMinor, 0n);
}

interface Arrival {
  readonly receivedMinor: bigint | null;
  readonly receivedCurrency: string | null;
  readonly isSurplus: boolean;
}

/** What has arrived in each currency: of what was promised, or of the surplus beside it. */
export function receivedTotals(payments: readonly Arrival[], what: 'PROMISED' | 'SURPLUS'): Amount[] {
  const totals = new Map<string, bigint>();
  for (const { receivedMinor, receivedCurrency, isSurplus } of payments) {
    if (receivedMinor === null || receivedCurrency === null || isSurplus !== (what === 'SURPLUS')) continue;
    totals.set(receivedCurrency, (totals.get(receivedCurrency) ?? 0n) + receivedMinor);
  }
  return [...totals].map(([currency, minor]) => ({ minor, currency }));
}

/** What may still be sent on an installment. */
export function leftToSend(amountMinor: bigint, payments: readonly Payment[]): bigint {
  return amountMinor - countedTotal(payments);
}

/** What may still come toward an installment; nothing toward one that was given up. */
export function leftOn(
  { state, amountMinor }: { readonly state: InstallmentState; readonly amountMinor: bigint },
  payments: readonly Payment[],
): bigint {
  return state === 'RELEASED' ? 0n : leftToSend(amountMinor, payments);
}

/**
 * The installment follows its payments: `RECEIVED` when what was *sent* with the confirmed ones covers it, so that a
 * bank's fee keeps nothing open, and less what went back.
 */
export function installmentAfter(
  amountMinor: bigint,
  payments: readonly Payment[],
): { state: InstallmentState; receivedOn: string | null } {
  const received = payments.filter(({ state, isSurplus }) => state === 'RECEIVED' && !isSurplus);
  if (countedTotal(received) >= amountMinor) {
    const days = received.filter(isNotRepaid).map(({ receivedOn }) => receivedOn!);
    return { state: 'RECEIVED', receivedOn: days.reduce((latest, day) => (day > latest ? day : latest)) };
  }
  return { state: countedTotal(payments) >= amountMinor ? 'SENT' : 'SCHEDULED', receivedOn: null };
}

const isNotRepaid = ({ amountMinor, repaidMinor }: Payment): boolean => repaidMinor < amountMinor;
