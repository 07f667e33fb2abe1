import { addYears } from '../due-day.rules.js';
import { DAYS_BEFORE_TERM, LONGEST_TERM_YEARS } from '../terms/terms.rules.js';
import type { AmendableInstallment, Schedule } from './amended-schedule.rules.js';
import { amended, earliestDue, hasLiveMoney, sentOn } from './amended-schedule.rules.js';
import type { AmendmentKind, AmendmentProblem, Change, InstallmentChange } from './amendment.rules.js';

const MOST_INSTALLMENTS = 120;
type Write = (minor: bigint) => string;

/** Why this cannot be done to this schedule; asked when it is proposed, and again of the schedule when it is accepted. */
export function checkChange(schedule: Schedule, kind: AmendmentKind, change: Change, write: Write): AmendmentProblem[] {
  const problems = [
    ...checkTerm(schedule, kind, change),
    ...change.installments.flatMap((_, i) => checkInstallment(schedule, kind, change, i, write)),
    ...checkReports(schedule, change),
  ];
  if (problems.length > 0) return problems;
  const after = amended(schedule, kind, change, schedule.endsOn);
  if (after.installments.length > MOST_INSTALLMENTS) {
    const parameters = { limit: MOST_INSTALLMENTS, actual: after.installments.length };
    return [{ code: 'TOO_MANY_ITEMS', path: ['installments'], parameters }];
  }
  return after.committedMinor > 0n || kind === 'RELEASE'
    ? []
    : [{ code: 'AMENDMENT_LEAVES_NOTHING', path: ['installments'] }];
}

function checkTerm(schedule: Schedule, kind: AmendmentKind, { endsOn }: Change): AmendmentProblem[] {
  if (endsOn === null) return [];
  const path = ['endsOn'];
  if (endsOn < schedule.startsOn || endsOn >= addYears(schedule.startsOn, LONGEST_TERM_YEARS)) {
    return [{ code: 'TERM_INVALID', path, parameters: { years: LONGEST_TERM_YEARS } }];
  }
  if (kind === 'EXTEND_TERM' ? endsOn <= schedule.endsOn : endsOn >= schedule.endsOn) return [wrongWay(kind, path)];
  const isOutside = schedule.installments.some(({ dueOn, state }) => dueOn > endsOn && state !== 'RELEASED');
  return isOutside ? [{ code: 'INSTALLMENT_OUTSIDE_TERM', path, parameters: { days: DAYS_BEFORE_TERM } }] : [];
}

function checkInstallment(
  schedule: Schedule,
  kind: AmendmentKind,
  change: Change,
  i: number,
  write: Write,
): AmendmentProblem[] {
  const wish = change.installments[i];
  const path = (...field: string[]): string[] => ['installments', String(i), ...field];
  const needsDay = wish.isNew || kind === 'MOVE_PAYMENT_EARLIER' || kind === 'MOVE_PAYMENT_LATER';
  const needsAmount = kind === 'ADD_FUNDS';
  if (needsDay !== (wish.dueOn !== null)) return [form(kind, path('dueOn'), needsDay)];
  if (needsAmount && wish.amountMinor === null) return [form(kind, path('amount'), true)];
  if (kind.startsWith('MOVE') && wish.amountMinor !== null) return [form(kind, path('amount'), false)];
  if (wish.isNew && !needsAmount) return [form(kind, path('installmentId'), true)];
  if (wish.dueOn !== null && (wish.dueOn < earliestDue(schedule.startsOn) || wish.dueOn > schedule.endsOn)) {
    return [{ code: 'INSTALLMENT_OUTSIDE_TERM', path: path('dueOn'), parameters: { days: DAYS_BEFORE_TERM } }];
  }
  if (wish.isNew) return [];
  if (change.installments.findIndex(({ id }) => id === wish.id) < i) return [form(kind, path('installmentId'), false)];
  const known = schedule.installments.find(({ id }) => id === wish.id);
  if (!known) return [{ code: 'NOT_FOUND', path: path('installmentId') }];
  return checkKnown(known, kind, wish, path, write);
}

function checkKnown(
  known: AmendableInstallment,
  kind: AmendmentKind,
  { dueOn, amountMinor }: InstallmentChange,
  path: (...field: string[]) => string[],
  write: Write,
): AmendmentProblem[] {
  const { number, state } = known;
  if (state === 'RELEASED') {
    return [{ code: 'ACTION_NOT_ALLOWED', path: path('installmentId'), parameters: { action: kind, state } }];
  }
  const sent = sentOn(known);
  if (kind === 'REDUCE_FUNDS' && (amountMinor ?? 0n) < sent) {
    return [{ code: 'BELOW_SENT', path: path('amount'), parameters: { number, sent: write(sent) } }];
  }
  if (hasLiveMoney(known))
    return [{ code: 'INSTALLMENT_HAS_MONEY', path: path('installmentId'), parameters: { number } }];
  const isWrong: Partial<Record<AmendmentKind, boolean>> = {
    ADD_FUNDS: amountMinor !== null && amountMinor <= known.amountMinor,
    REDUCE_FUNDS: amountMinor !== null && amountMinor >= known.amountMinor,
    MOVE_PAYMENT_EARLIER: dueOn !== null && dueOn >= known.dueOn,
    MOVE_PAYMENT_LATER: dueOn !== null && dueOn <= known.dueOn,
  };
  return isWrong[kind] ? [wrongWay(kind, path(dueOn === null ? 'amount' : 'dueOn'))] : [];
}

function checkReports({ expectations }: Schedule, { expectationIds }: Change): AmendmentProblem[] {
  return expectationIds.flatMap((id, i): AmendmentProblem[] => {
    const path = ['expectationIds', String(i)];
    const known = expectations.find((one) => one.id === id);
    if (!known) return [{ code: 'NOT_FOUND', path }];
    if (known.isMet) return [{ code: 'EXPECTATION_ALREADY_MET', path }];
    return known.isWaived ? [{ code: 'EXPECTATION_WAIVED', path }] : [];
  });
}

const wrongWay = (kind: AmendmentKind, path: readonly string[]): AmendmentProblem => ({
  code: 'AMENDMENT_WRONG_WAY',
  path,
  parameters: { kind },
});

const form = (kind: AmendmentKind, path: readonly string[], isNeeded: boolean): AmendmentProblem => ({
  code: isNeeded ? 'AMENDMENT_FIELD_NEEDED' : 'AMENDMENT_FIELD_UNFIT',
  path,
  parameters: { kind, field: path[path.length - 1] },
});
