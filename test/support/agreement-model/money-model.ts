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
  amount: number;
  isReleased: boolean;
  /** When it was received, once the agreement is released: what goes back then opens nothing. */
  closedOn: Day | null;
  payments: ModelPayment[];
  holds: { id: string; version: number; from: Day; to: Day | null }[];
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

/** Day by day: each day from the due day until the money was there, but those on which law or grantee kept it away. */
export function daysLate(one: ModelInstallment, today: Day): number {
  if (one.isReleased) return 0;
  const until = receivedOn(one) ?? today;
  const pauses = [
    ...one.holds.map(({ from, to }) => [from, to ?? Infinity]),
    ...one.payments.flatMap(({ repayments }) =>
      repayments.flatMap(({ on, coveredFrom }) => (coveredFrom === null ? [] : [[coveredFrom, on]])),
    ),
  ];
  let days = 0;
  for (let day = one.dueOn; day < until; day++) {
    if (!pauses.some(([from, to]) => from <= day && day < to)) days++;
  }
  return days;
}
