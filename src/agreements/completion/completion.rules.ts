import type { AgreementState } from '../agreement.lifecycle.js';
import { dayIn } from '../due-day.rules.js';
import type { InstallmentState } from '../payments/payment.rules.js';

export interface Course {
  readonly endsOn: string | null;
  readonly timeZone: string | null;
}

/**
 * Whether nothing is left of an agreement: its last day is over where it lives, and every installment was received or
 * released. The one place that says so, for the daily job and for what reopens.
 */
export function isComplete(
  { endsOn, timeZone }: Course,
  installments: readonly InstallmentState[],
  now: Date,
): boolean {
  if (endsOn === null || timeZone === null) return false;
  return endsOn < dayIn(timeZone, now) && installments.every((state) => state === 'RECEIVED' || state === 'RELEASED');
}

/**
 * The state of an agreement by the rule, whether or not the job has written it. `nextDueOn` tells whether anything is
 * awaited, without reading the installments.
 */
export function stateAt(
  { state, nextDueOn, ...course }: Course & { readonly state: AgreementState; readonly nextDueOn: string | null },
  now: Date,
): AgreementState {
  const isOver = state === 'ACTIVE' && nextDueOn === null && isComplete(course, [], now);
  return isOver ? 'COMPLETED' : state;
}
