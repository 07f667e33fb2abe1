import type { AgreementModel } from './agreement-model.js';
import { NOTICE_DAYS, shareOf } from './agreement-model.js';
import type { Command, Kind } from './commands.js';
import type { Day, ModelInstallment } from './money-model.js';
import { bound, hasLiveMoney, keepDueDay, receivedOn, stateOf } from './money-model.js';

/** What one amendment wants, in the words of a person: this installment, so much or that day; or this last day. */
export interface Wish {
  /** Null for a new one. */
  installment: ModelInstallment | null;
  dueOn: Day | null;
  amount: number | null;
  endsOn: Day | null;
}
export interface AmendmentModel {
  id: string;
  kind: Kind;
  by: 'funder' | 'grantee';
  state: 'PROPOSED' | 'ACCEPTED' | 'DECLINED' | 'WITHDRAWN' | 'LAPSED';
  lapsedBecause: string | null;
  isStale: boolean;
  isDone: boolean;
  /** In which order they were accepted. */
  place: number;
  effectiveOn: Day | null;
  noticeUntil: Day | null;
  isWaived: boolean;
  wish: Wish;
}

const ADVERSE: readonly Kind[] = ['REDUCE_FUNDS', 'MOVE_PAYMENT_LATER', 'SHORTEN_TERM', 'RELEASE'];
export const isAdverse = (kind: Kind): boolean => ADVERSE.includes(kind);
type Proposing = Command & { do: 'propose' };
type Answering = Command & { do: 'answer' };

/** The same picks mean the same wish for the model and for the input that is sent. */
export function wishOf(model: AgreementModel, { kind, installment, percent, days }: Proposing): Wish {
  const one = model.installments[installment % model.installments.length];
  const nothing = { installment: one, dueOn: null, amount: null, endsOn: null };
  switch (kind) {
    case 'ADD_FUNDS':
      if (percent === 0) return { ...nothing, installment: null, dueOn: model.startsOn + days, amount: 777 };
      return { ...nothing, amount: shareOf(one.amount, percent) };
    case 'REDUCE_FUNDS':
      return { ...nothing, amount: percent === 0 ? null : shareOf(one.amount, percent) };
    case 'MOVE_PAYMENT_EARLIER':
      return { ...nothing, dueOn: one.dueOn - days };
    case 'MOVE_PAYMENT_LATER':
      return { ...nothing, dueOn: one.dueOn + days };
    case 'EXTEND_TERM':
      return { ...nothing, endsOn: model.endsOn + days };
    case 'SHORTEN_TERM':
      return { ...nothing, endsOn: model.endsOn - days };
    case 'DROP_REPORT':
    case 'RELEASE':
      return nothing;
  }
}

export function amendmentProblem(model: AgreementModel, command: Proposing | Answering, today: Day): string | null {
  return command.do === 'propose' ? propose(model, command, today) : answer(model, command, today);
}

function propose(model: AgreementModel, command: Proposing, today: Day): string | null {
  const refused = model.stranger({ ...command, isStale: false }, 'either');
  if (refused !== null) return refused;
  if (model.state !== 'ACTIVE') return 'ACTION_NOT_ALLOWED';
  if (command.isStale) return 'REVISION_MISMATCH';
  const { kind } = command;
  const by = command.by as 'funder' | 'grantee';
  const wish = wishOf(model, command);
  const effectiveOn = isAdverse(kind) ? today + command.notice : null;
  const unfit = problemOn(model, kind, wish, effectiveOn, today);
  if (unfit !== null) return unfit;
  if (effectiveOn !== null && command.notice < NOTICE_DAYS && !command.waives) return 'NOTICE_TOO_SHORT';
  const proposal: AmendmentModel = {
    ...{ id: '', kind, by, wish, effectiveOn, isStale: false, isDone: false, lapsedBecause: null, place: 0 },
    ...{ state: 'PROPOSED', noticeUntil: today + NOTICE_DAYS, isWaived: by === 'grantee' && command.waives },
  };
  if (by === 'funder' && !isAdverse(kind)) {
    // What is open stands beside it: agreed for a later day, or proposed for terms that are no more.
    amendedBy(model, proposal, today);
    makeStale(model, () => true);
    return null;
  }
  if (model.amendments.some(isOpen)) return 'AMENDMENT_OPEN';
  model.amendments.push(proposal);
  return null;
}

const isOpen = ({ state, isStale }: AmendmentModel): boolean => state === 'PROPOSED' && !isStale;
const isWaiting = ({ state, isDone }: AmendmentModel): boolean => state === 'ACCEPTED' && !isDone;
/** Counted from the one that was proposed last. */
export const picked = ({ amendments }: AgreementModel, { which }: Answering): AmendmentModel | undefined =>
  amendments[amendments.length - 1 - (which % Math.max(1, amendments.length))];

function makeStale(model: AgreementModel, isOf: (proposal: AmendmentModel) => boolean): void {
  for (const one of model.amendments) if (isOpen(one) && isOf(one)) one.isStale = true;
}
/** What is proposed for the day of one that waits, or a later day, starts from the terms that it makes. */
const startsFrom = (proposal: AmendmentModel, waiting: AmendmentModel): boolean =>
  proposal.effectiveOn !== null && proposal.effectiveOn >= waiting.effectiveOn!;

/** It was agreed, and will not be. */
function end(model: AgreementModel, waiting: AmendmentModel, state: 'WITHDRAWN' | 'LAPSED', because?: string): null {
  waiting.state = state;
  waiting.lapsedBecause = because ?? null;
  makeStale(model, (one) => startsFrom(one, waiting));
  return null;
}

const waitingIn = ({ amendments }: AgreementModel): AmendmentModel[] =>
  amendments.filter(isWaiting).sort((a, b) => a.effectiveOn! - b.effectiveOn! || a.place - b.place);

/** Each agreed change takes effect on its day, one after the other; an early end, and what comes after it, waits for money. */
export function passDays(model: AgreementModel, today: Day): void {
  for (const waiting of waitingIn(model)) {
    const day = waiting.effectiveOn!;
    if (model.state === 'RELEASED') {
      end(model, waiting, 'LAPSED', 'AGREEMENT_ENDED');
      continue;
    }
    if (day > today) return;
    if (model.state === 'COMPLETED' || model.isOver(day)) {
      end(model, waiting, 'LAPSED', 'AGREEMENT_COMPLETED');
      continue;
    }
    if (waiting.kind === 'RELEASE' && model.hasMoneyInFlight) return;
    takeEffectOrLapse(model, waiting);
  }
}

function takeEffectOrLapse(model: AgreementModel, waiting: AmendmentModel): void {
  const { kind, wish } = waiting;
  const [trial, same] = model.copyWith(waiting);
  amendedBy(trial, same, waiting.effectiveOn!);
  if (kind !== 'RELEASE' && trial.committed === 0) return void end(model, waiting, 'LAPSED', 'LEAVES_NOTHING');
  if (saidBy(trial) === saidBy(model)) {
    const hasMoney = kind !== 'SHORTEN_TERM' && wish.installment !== null && hasLiveMoney(wish.installment);
    return void end(model, waiting, 'LAPSED', hasMoney ? 'MONEY_SENT' : 'NOTHING_LEFT');
  }
  amendedBy(model, waiting, waiting.effectiveOn!);
  makeStale(model, (one) => (model.state as string) === 'RELEASED' || !startsFrom(one, waiting));
}

const saidBy = ({ state, endsOn, installments, expectation }: AgreementModel): string =>
  JSON.stringify([
    ...[state, endsOn, expectation.isWaived],
    ...installments.map(({ dueOn, amount, isReleased }) => [dueOn, amount, isReleased]),
  ]);

/** Why it cannot be done on that day, with all in effect that is agreed for days until then. */
function problemOn(model: AgreementModel, kind: Kind, wish: Wish, day: Day | null, today: Day): string | null {
  if (day === null || day <= today) return problemOf(model, kind, wish);
  const [then, same] = model.copyWith(wish);
  // Money that is on its way today will have come by then, or not.
  for (const waiting of waitingIn(then)) {
    if (then.state !== 'ACTIVE' || waiting.effectiveOn! > day) break;
    if (then.isOver(waiting.effectiveOn!)) continue;
    takeEffectOrLapse(then, waiting);
  }
  return then.state === 'ACTIVE' ? problemOf(then, kind, same) : 'ACTION_NOT_ALLOWED';
}

function answer(model: AgreementModel, command: Answering, today: Day): string | null {
  const amendment = picked(model, command);
  if (!amendment) return 'NOTHING';
  const refused = model.stranger(command, 'either');
  if (refused !== null) return refused;
  if (isWaiting(amendment)) {
    const isTimely = command.by === 'funder' && command.how === 'withdraw' && amendment.effectiveOn! > today;
    return isTimely ? end(model, amendment, 'WITHDRAWN') : 'ACTION_NOT_ALLOWED';
  }
  const isProposer = command.by === amendment.by;
  if (amendment.state !== 'PROPOSED' || isProposer !== (command.how === 'withdraw')) return 'ACTION_NOT_ALLOWED';
  if (command.how !== 'accept') {
    amendment.state = command.how === 'decline' ? 'DECLINED' : 'WITHDRAWN';
    return null;
  }
  if (amendment.isStale) return 'AMENDMENT_STALE';
  if (model.state !== 'ACTIVE') return 'ACTION_NOT_ALLOWED';
  const { effectiveOn, noticeUntil, kind } = amendment;
  const isWaived = amendment.isWaived || (command.by === 'grantee' && command.waives);
  if (effectiveOn !== null && effectiveOn < noticeUntil! && !isWaived) return 'NOTICE_TOO_SHORT';
  const unfit = problemOn(model, kind, amendment.wish, effectiveOn, today);
  if (unfit !== null) return unfit;
  const isDue = effectiveOn === null || effectiveOn <= today;
  if (isDue && kind === 'RELEASE' && model.hasMoneyInFlight) return 'MONEY_IN_FLIGHT';
  amendment.state = 'ACCEPTED';
  amendment.place = model.amendments.filter(({ state }) => state !== 'PROPOSED').length;
  if (isDue) {
    amendedBy(model, amendment, today);
    makeStale(model, () => true);
  }
  return null;
}

/** Why it cannot be done to the agreement as it stands. */
function problemOf(
  model: AgreementModel,
  kind: Kind,
  { installment: one, dueOn, amount, endsOn }: Wish,
): string | null {
  const { installments, startsOn } = model;
  if (endsOn !== null) {
    if (endsOn < startsOn || endsOn >= startsOn + 7305) return 'TERM_INVALID';
    if (kind === 'EXTEND_TERM' ? endsOn <= model.endsOn : endsOn >= model.endsOn) return 'AMENDMENT_WRONG_WAY';
    return installments.some((each) => !each.isReleased && each.dueOn > endsOn) ? 'INSTALLMENT_OUTSIDE_TERM' : null;
  }
  if (kind === 'DROP_REPORT') return model.expectation.isWaived ? 'EXPECTATION_WAIVED' : null;
  if (kind === 'RELEASE') return null;
  if (dueOn !== null && (dueOn < startsOn - 30 || dueOn > model.endsOn)) return 'INSTALLMENT_OUTSIDE_TERM';
  if (one === null) return null;
  if (one.isReleased) return 'ACTION_NOT_ALLOWED';
  if (kind === 'REDUCE_FUNDS' && (amount ?? 0) < bound(one)) return 'BELOW_SENT';
  if (hasLiveMoney(one)) return 'INSTALLMENT_HAS_MONEY';
  if (kind === 'ADD_FUNDS' && amount! <= one.amount) return 'AMENDMENT_WRONG_WAY';
  if (kind === 'REDUCE_FUNDS' && amount !== null && amount >= one.amount) return 'AMENDMENT_WRONG_WAY';
  if (kind === 'MOVE_PAYMENT_EARLIER' && dueOn! >= one.dueOn) return 'AMENDMENT_WRONG_WAY';
  if (kind === 'MOVE_PAYMENT_LATER' && dueOn! <= one.dueOn) return 'AMENDMENT_WRONG_WAY';
  const rest = installments.reduce(
    (sum, each) => (each.isReleased || each === one ? sum : sum + each.amount),
    amount ?? 0,
  );
  return kind === 'REDUCE_FUNDS' && rest === 0 ? 'AMENDMENT_LEAVES_NOTHING' : null;
}

/**
 * The next revision. What money went to is left as the old schedule promised it, and nothing goes the other way than was
 * agreed: a reduction raises nothing.
 */
export function amendedBy(model: AgreementModel, amendment: AmendmentModel, day: Day): void {
  const { kind, wish } = amendment;
  model.revision++;
  amendment.isDone = true;
  if (kind === 'RELEASE') return release(model, day);
  const { expectation } = model;
  const one = wish.installment;
  if (kind === 'DROP_REPORT') expectation.isWaived = true;
  if (one === null) {
    const { dueOn, amount } = wish;
    const added = {
      id: '',
      dueOn: dueOn!,
      owedFrom: model.acceptedOn,
      amount: amount!,
      isReleased: false,
      closedOn: null,
      payments: [],
      holds: [],
      past: [],
    };
    model.installments.push(added);
  } else if (model.isUntouched(one) && !isWrongWay(kind, one, wish)) {
    if (kind === 'REDUCE_FUNDS' && wish.amount === null) {
      keepDueDay(one, day, null);
      one.isReleased = true;
    } else keepDueDay(one, day, wish.dueOn ?? one.dueOn);
    one.dueOn = wish.dueOn ?? one.dueOn;
    one.amount = wish.amount ?? one.amount;
  }
  model.installments = model.installments
    .map((each, i) => ({ each, i }))
    .sort((a, b) => a.each.dueOn - b.each.dueOn || a.i - b.i)
    .map(({ each }) => each);
  const promised = model.installments.filter(({ isReleased }) => !isReleased);
  model.committed = promised.reduce((sum, { amount }) => sum + amount, 0);
  const last = kind === 'SHORTEN_TERM' ? Math.min(wish.endsOn!, model.endsOn) : (wish.endsOn ?? model.endsOn);
  model.endsOn = Math.max(last, ...promised.map(({ dueOn }) => dueOn));
}

const isWrongWay = (kind: Kind, one: ModelInstallment, { amount, dueOn }: Wish): boolean =>
  (kind === 'REDUCE_FUNDS' && amount !== null && amount >= one.amount) ||
  (kind === 'MOVE_PAYMENT_LATER' && dueOn! <= one.dueOn);

function release(model: AgreementModel, day: Day): void {
  model.state = 'RELEASED';
  model.endsOn = Math.min(model.endsOn, Math.max(day, model.startsOn));
  for (const one of model.installments) {
    keepDueDay(one, day, null);
    if (!one.isReleased && stateOf(one) !== 'RECEIVED') {
      one.isReleased = bound(one) === 0;
      if (!one.isReleased) one.amount = bound(one);
    }
    one.closedOn = receivedOn(one);
  }
  const kept = model.installments.filter(({ isReleased }) => !isReleased);
  model.committed = kept.reduce((sum, { amount }) => sum + amount, 0);
  const { expectation } = model;
  if ((expectation.movedTo ?? expectation.dueOn) >= day) expectation.isWaived = true;
}
