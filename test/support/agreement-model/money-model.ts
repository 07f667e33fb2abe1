/** A promise and its payments, told a second time and as plainly as possible: what the service is compared with. */

/** Days since 1970. */
export type Day = number;

export interface ModelPayment {
  /** Told by the service when it is recorded. */
  id: string;
  version: number;
  state: 'SENT' | 'RECEIVED' | 'MISSING' | 'RETURNED' | 'VOIDED';
  amount: number;
  sentOn: Day;
  receivedOn: Day | null;
  isSurplus: boolean;
  repayments: { amount: number; on: Day; coveredFrom: Day | null }[];
}

export interface ModelInstallment {
  id: string;
  dueOn: Day;
  /** Of an agreement: what was due before it was accepted is owed from then on. */
  owedFrom: Day;
  amount: number;
  isReleased: boolean;
  /** When it was received, once the agreement is released: what goes back then opens nothing. */
  closedOn: Day | null;
  payments: ModelPayment[];
  holds: { id: string; version: number; from: Day; to: Day | null }[];
  /** Due days that were over when another was agreed to, with the day of that. */
  past: { dueOn: Day; until: Day; amount: number }[];
}

const total = (amounts: number[]): number => amounts.reduce((sum, one) => sum + one, 0);

export const repaid = (payment: ModelPayment): number => total(payment.repayments.map(({ amount }) => amount));
const kept = (payment: ModelPayment): number => payment.amount - repaid(payment);

const receivedOf = ({ payments }: ModelInstallment): ModelPayment[] =>
  payments.filter(({ state, isSurplus }) => state === 'RECEIVED' && !isSurplus);
const sentOf = ({ payments }: ModelInstallment): ModelPayment[] => payments.filter(({ state }) => state === 'SENT');

/** What binds the promise: under way or arrived, less what went back. */
export const bound = (one: ModelInstallment, except?: ModelPayment): number =>
  total([...receivedOf(one), ...sentOf(one)].filter((payment) => payment !== except).map(kept));

export const left = (one: ModelInstallment): number => (one.isReleased ? 0 : one.amount - bound(one));

const isCovered = (one: ModelInstallment): boolean => total(receivedOf(one).map(kept)) >= one.amount;

export function stateOf(one: ModelInstallment): 'SCHEDULED' | 'SENT' | 'RECEIVED' | 'RELEASED' {
  if (one.isReleased) return 'RELEASED';
  if (isCovered(one) || one.closedOn !== null) return 'RECEIVED';
  return bound(one) >= one.amount ? 'SENT' : 'SCHEDULED';
}

export function receivedOn(one: ModelInstallment): Day | null {
  if (one.isReleased) return null;
  if (!isCovered(one)) return one.closedOn;
  return Math.max(...receivedOf(one).flatMap((payment) => (kept(payment) > 0 ? [payment.receivedOn!] : [])));
}

const IN_FLIGHT = ['SENT', 'MISSING'];
export const isInFlight = ({ state }: ModelPayment): boolean => IN_FLIGHT.includes(state);
export const hasLiveMoney = ({ payments }: ModelInstallment): boolean =>
  payments.some((payment) => isInFlight(payment) || payment.state === 'RECEIVED');

export const openHold = ({ holds }: ModelInstallment): ModelInstallment['holds'][number] | undefined =>
  holds.find(({ to }) => to === null);

/** Day by day: each day from a due day until the money was there or another day counted, but those on which law or grantee kept it away. */
export function daysLate(one: ModelInstallment, today: Day): number {
  const arrived = receivedOn(one) ?? Infinity;
  const past = one.past.flatMap(({ dueOn, until, amount }) =>
    // Only all that was due can have come before another day counted.
    awaited(one, dueOn, one.amount >= amount ? Math.min(until, arrived) : until),
  );
  return new Set([...past, ...lateByPresentDay(one, today)]).size;
}

/** Of a day that was missed before, nothing is late now. */
export const isLate = (one: ModelInstallment, today: Day): boolean => lateByPresentDay(one, today).length > 0;

function lateByPresentDay(one: ModelInstallment, today: Day): Day[] {
  return one.isReleased ? [] : awaited(one, one.dueOn, receivedOn(one) ?? today);
}

function awaited(one: ModelInstallment, since: Day, until: Day): Day[] {
  const pauses = [
    ...one.holds.map(({ from, to }) => [from, to ?? Infinity]),
    ...one.payments.flatMap(({ repayments }) =>
      repayments.flatMap(({ on, coveredFrom }) => (coveredFrom === null ? [] : [[coveredFrom, on]])),
    ),
  ];
  const first = Math.max(since, one.owedFrom);
  const days = Array.from({ length: Math.max(0, until - first) }, (_, i) => first + i);
  return days.filter((day) => !pauses.some(([from, to]) => from <= day && day < to));
}

/** Other terms count from this day on: a due day that is over by then stays missed, unless the new one is no later. */
export function keepDueDay(one: ModelInstallment, day: Day, dueOn: Day | null): void {
  const isOpen = ['SCHEDULED', 'SENT'].includes(stateOf(one));
  if (isOpen && one.dueOn < day && (dueOn === null || dueOn > one.dueOn))
    one.past.push({ dueOn: one.dueOn, until: day, amount: one.amount });
}
