import { addDays } from '../due-day.rules.js';
import type { InstallmentState, Payment } from '../payments/payment.rules.js';
import { countedTotal, installmentAfter, leftToSend } from '../payments/payment.rules.js';
import type { Terms } from '../terms/terms.rules.js';
import { DAYS_BEFORE_TERM, startedYears } from '../terms/terms.rules.js';
import type { AmendmentKind, Change, InstallmentChange } from './amendment.rules.js';

export interface AmendableInstallment {
  readonly id: string;
  readonly number: number;
  readonly dueOn: string;
  readonly amountMinor: bigint;
  readonly state: InstallmentState;
  readonly receivedOn?: string | null;
  readonly payments: readonly Payment[];
}

export interface AmendableExpectation {
  readonly id: string;
  readonly dueOn: string;
  readonly movedTo: string | null;
  readonly isMet: boolean;
  readonly isWaived: boolean;
}

/** What an amendment can change, as it stands. */
export interface Schedule {
  readonly state: 'ACTIVE' | 'RELEASED';
  readonly committedMinor: bigint;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly installments: readonly AmendableInstallment[];
  readonly expectations: readonly AmendableExpectation[];
}

/** Money that was sent, and may arrive or has: an amendment leaves its installment alone. */
export function hasLiveMoney({ payments }: AmendableInstallment): boolean {
  return payments.some(({ state }) => state === 'SENT' || state === 'RECEIVED' || state === 'MISSING');
}

/** Money of which nobody can say yet whether it arrived. */
export function hasMoneyInFlight({ installments }: Schedule): boolean {
  return installments.some(({ payments }) => payments.some(({ state }) => state === 'SENT' || state === 'MISSING'));
}

const isUntouchable = (installment: AmendableInstallment): boolean =>
  installment.state === 'RELEASED' || hasLiveMoney(installment);

/** What counts toward the promise on an installment. */
export function sentOn({ amountMinor, payments }: AmendableInstallment): bigint {
  return amountMinor - leftToSend(amountMinor, payments);
}

/**
 * The schedule once an amendment takes effect on a day. It is the same for the rows when it is written and for whoever
 * reads before that, and it never fails: what money went to in the meantime stays as it was, which is what the old
 * schedule promised. It never does the opposite of its kind, whatever was agreed in the meantime: a reduction raises
 * nothing, and what moves a payment later moves none earlier.
 */
export function amended(schedule: Schedule, kind: AmendmentKind, change: Change, today: string): Schedule {
  if (kind === 'RELEASE') return endedEarly(schedule, today);
  const wanted = new Map(change.installments.map((one) => [one.id, one]));
  const known = schedule.installments.map((one) => {
    const wish = wanted.get(one.id);
    return wish === undefined || isUntouchable(one) ? one : amendedInstallment(one, wish, kind);
  });
  const added = change.installments.filter(({ isNew }) => isNew).map(newInstallment);
  const installments = numbered([...known, ...added]);
  const wish = change.endsOn ?? schedule.endsOn;
  const isWrongWay = kind === 'SHORTEN_TERM' && wish > schedule.endsOn;
  const endsOn = lastDay(isWrongWay ? schedule.endsOn : wish, installments);
  const dropped = new Set([...change.expectationIds, ...beyondTerm({ ...schedule, endsOn }, kind)]);
  return {
    ...schedule,
    endsOn,
    installments,
    committedMinor: committedIn(installments),
    expectations: waived(schedule.expectations, ({ id }) => dropped.has(id)),
  };
}

/** A term never ends before the last payment that is promised in it. */
function lastDay(endsOn: string, installments: readonly AmendableInstallment[]): string {
  return installments.reduce((last, { dueOn, state }) => (state !== 'RELEASED' && dueOn > last ? dueOn : last), endsOn);
}

/** Of each installment what was paid stays, and the rest will not come; no report is hoped for any more. */
function endedEarly(schedule: Schedule, today: string): Schedule {
  const { startsOn, endsOn } = schedule;
  const installments = schedule.installments.map(paidPart);
  const last = today < startsOn ? startsOn : today;
  return {
    ...schedule,
    state: 'RELEASED',
    endsOn: last < endsOn ? last : endsOn,
    installments,
    committedMinor: committedIn(installments),
    expectations: waived(schedule.expectations, ({ dueOn, movedTo }) => (movedTo ?? dueOn) >= today),
  };
}

function paidPart(one: AmendableInstallment): AmendableInstallment {
  if (one.state === 'RECEIVED' || one.state === 'RELEASED') return one;
  const received = one.payments.filter(({ state }) => state === 'RECEIVED');
  const paid = countedTotal(received);
  if (paid === 0n) return { ...one, state: 'RELEASED' };
  return { ...one, amountMinor: paid, ...installmentAfter(paid, received) };
}

/**
 * The installments whose due day is over on the day other terms take effect, and which these move to a later day or
 * cancel: a duty that was missed stays missed. A day that is moved earlier is late by more, and not by less.
 */
export function pastDueIn(before: Schedule, after: Schedule, today: string): AmendableInstallment[] {
  const now = new Map(after.installments.map((one) => [one.id, one]));
  return before.installments.filter(({ id, state, dueOn }) => {
    const isOver = (state === 'SCHEDULED' || state === 'SENT') && dueOn < today;
    const { state: stateNow, dueOn: dueNow } = now.get(id)!;
    const isClosed = stateNow === 'RELEASED' || stateNow === 'RECEIVED';
    return isOver && (isClosed || dueNow > dueOn);
  });
}

function amendedInstallment(
  installment: AmendableInstallment,
  { dueOn, amountMinor }: InstallmentChange,
  kind: AmendmentKind,
): AmendableInstallment {
  if (kind === 'REDUCE_FUNDS' && amountMinor === null) return { ...installment, state: 'RELEASED' };
  if (kind === 'REDUCE_FUNDS' && amountMinor! >= installment.amountMinor) return installment;
  if (kind === 'MOVE_PAYMENT_LATER' && dueOn! <= installment.dueOn) return installment;
  return { ...installment, dueOn: dueOn ?? installment.dueOn, amountMinor: amountMinor ?? installment.amountMinor };
}

function newInstallment({ id, dueOn, amountMinor }: InstallmentChange): AmendableInstallment {
  return {
    id,
    number: Number.MAX_SAFE_INTEGER,
    dueOn: dueOn!,
    amountMinor: amountMinor!,
    state: 'SCHEDULED',
    payments: [],
  };
}

/** In the order they are due, counted from 1. */
function numbered(installments: readonly AmendableInstallment[]): AmendableInstallment[] {
  return [...installments]
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.number - b.number))
    .map((one, i) => ({ ...one, number: i + 1 }));
}

function committedIn(installments: readonly AmendableInstallment[]): bigint {
  return installments.reduce((sum, one) => (one.state === 'RELEASED' ? sum : sum + one.amountMinor), 0n);
}

const isOpen = ({ isMet, isWaived }: AmendableExpectation): boolean => !isMet && !isWaived;

function waived(
  expectations: readonly AmendableExpectation[],
  isDropped: (one: AmendableExpectation) => boolean,
): AmendableExpectation[] {
  return expectations.map((one) => (isOpen(one) && isDropped(one) ? { ...one, isWaived: true } : one));
}

/** A shorter term has fewer years, and at most one report is expected for each: the last ones go. */
function beyondTerm({ startsOn, endsOn, expectations }: Schedule, kind: AmendmentKind): string[] {
  if (kind !== 'SHORTEN_TERM') return [];
  const standing = expectations.filter(({ isWaived }) => !isWaived);
  return standing.slice(startedYears(startsOn, endsOn)).map(({ id }) => id);
}

interface Rows {
  readonly installments: readonly Omit<AmendableInstallment, 'payments'>[];
  readonly disbursements: readonly (Payment & { readonly installmentId: string })[];
  readonly expectations: readonly {
    readonly id: string;
    readonly dueOn: string;
    readonly movedTo: string | null;
    readonly metByShareId: string | null;
    readonly waivedAt: Date | null;
  }[];
}
type Head = Pick<Schedule, 'committedMinor'> & { readonly startsOn: string | null; readonly endsOn: string | null };

/** The schedule of an active agreement, whose days are known. */
export function scheduleOf({ committedMinor, startsOn, endsOn }: Head, rows: Rows): Schedule {
  return {
    state: 'ACTIVE',
    committedMinor,
    startsOn: startsOn!,
    endsOn: endsOn!,
    installments: rows.installments.map((one) => ({
      ...one,
      payments: rows.disbursements.filter(({ installmentId }) => installmentId === one.id),
    })),
    expectations: rows.expectations.map((one) => ({
      ...one,
      isMet: one.metByShareId !== null,
      isWaived: one.waivedAt !== null,
    })),
  };
}

/** The document of the terms after an amendment: what was given up is not in it. */
export function amendedTerms(
  terms: Terms,
  before: Schedule,
  after: Schedule,
  { fiscalSponsor }: Pick<Change, 'fiscalSponsor'>,
): Terms {
  const dropped = before.expectations
    .filter(({ isWaived }, i) => !isWaived && after.expectations[i].isWaived)
    .map(({ dueOn }) => dueOn);
  const expectations = [...terms.expectations];
  for (const day of dropped) if (expectations.includes(day)) expectations.splice(expectations.indexOf(day), 1);
  const installments = after.installments
    .filter(({ state }) => state !== 'RELEASED')
    .map(({ dueOn, amountMinor }) => ({ dueOn, amountMinor }));
  return {
    ...terms,
    fiscalSponsor: fiscalSponsor ?? terms.fiscalSponsor,
    committedMinor: after.committedMinor,
    endsOn: after.endsOn,
    expectations,
    installments,
  };
}

/** The earliest day money may be due in a term. */
export function earliestDue(startsOn: string): string {
  return addDays(startsOn, -DAYS_BEFORE_TERM);
}
