import { isComplete } from '../completion/completion.rules.js';
import { dayIn } from '../due-day.rules.js';
import type { AmendableInstallment, Schedule } from './amended-schedule.rules.js';
import { amended, hasLiveMoney, hasMoneyInFlight } from './amended-schedule.rules.js';
import type { AmendmentKind, StoredChange } from './amendment.rules.js';
import { changeOf } from './amendment.rules.js';

/** Why an accepted amendment changed nothing on its day. */
export const LAPSE_REASONS = [
  'AGREEMENT_ENDED',
  'AGREEMENT_COMPLETED',
  'MONEY_SENT',
  'NOTHING_LEFT',
  'LEAVES_NOTHING',
] as const;
export type LapseReason = (typeof LAPSE_REASONS)[number];

/** One that was accepted and waits for its day. */
export interface Waiting {
  readonly id: string;
  readonly kind: AmendmentKind;
  readonly change: StoredChange;
  readonly takesEffectAt: Date | null;
  readonly decidedAt: Date | null;
}

export function isWaiting({ state, revision }: { readonly state: string; readonly revision: number | null }): boolean {
  return state === 'ACCEPTED' && revision === null;
}

/** In the order they take effect: of one day, the one that was accepted first. */
export function inOrder<W extends Waiting>(waiting: readonly W[]): W[] {
  const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...waiting].sort(
    (a, b) =>
      Number(a.takesEffectAt) - Number(b.takesEffectAt) ||
      Number(a.decidedAt) - Number(b.decidedAt) ||
      byText(a.id, b.id),
  );
}

/** What comes of one whose day has come: other terms, nothing, or that it waits on for money that is on its way. */
export type Effect =
  | { readonly is: 'DONE'; readonly after: Schedule }
  | { readonly is: 'LAPSED'; readonly because: LapseReason }
  | { readonly is: 'BLOCKED' };

export function effectOf(
  before: Schedule,
  { kind, change, takesEffectAt }: Waiting,
  timeZone: string,
  isMoneyAwaited = true,
): Effect {
  const lapsed = (because: LapseReason): Effect => ({ is: 'LAPSED', because });
  if (before.state === 'RELEASED') return lapsed('AGREEMENT_ENDED');
  const states = before.installments.map(({ state }) => state);
  if (isComplete({ endsOn: before.endsOn, timeZone }, states, takesEffectAt!)) return lapsed('AGREEMENT_COMPLETED');
  if (isMoneyAwaited && kind === 'RELEASE' && hasMoneyInFlight(before)) return { is: 'BLOCKED' };
  const after = amended(before, kind, changeOf(change), dayIn(timeZone, takesEffectAt!));
  if (after.committedMinor === 0n && kind !== 'RELEASE') return lapsed('LEAVES_NOTHING');
  if (!isSame(before, after)) return { is: 'DONE', after };
  const wanted = new Set(change.installments.map(({ id }) => id));
  const hasMoney = before.installments.some((one) => wanted.has(one.id) && hasLiveMoney(one));
  return lapsed(hasMoney ? 'MONEY_SENT' : 'NOTHING_LEFT');
}

function isSame(before: Schedule, after: Schedule): boolean {
  if (before.state !== after.state || before.endsOn !== after.endsOn) return false;
  const said = ({ dueOn, amountMinor, state }: AmendableInstallment): string =>
    [dueOn, amountMinor.toString(), state].join(' ');
  const known = new Map(before.installments.map((one) => [one.id, said(one)]));
  return (
    before.installments.length === after.installments.length &&
    after.installments.every((one) => known.get(one.id) === said(one)) &&
    after.expectations.every(({ isWaived }, i) => isWaived === before.expectations[i].isWaived)
  );
}

export interface Step<W> {
  readonly amendment: W;
  readonly before: Schedule;
  readonly after: Schedule;
  /** Null when it took effect. */
  readonly lapsedBecause: LapseReason | null;
}

/**
 * What becomes of a schedule until an instant, step by step. One that is blocked holds up those after it. After an early
 * end the others have nothing left, also those of later days.
 */
export function stepsUntil<W extends Waiting>(
  schedule: Schedule,
  waiting: readonly W[],
  instant: Date,
  timeZone: string,
  { isMoneyAwaited }: { readonly isMoneyAwaited: boolean },
): Step<W>[] {
  const steps: Step<W>[] = [];
  let before = schedule;
  for (const amendment of inOrder(waiting)) {
    if (before.state !== 'RELEASED' && amendment.takesEffectAt! > instant) break;
    const effect = effectOf(before, amendment, timeZone, isMoneyAwaited);
    if (effect.is === 'BLOCKED') break;
    const after = effect.is === 'DONE' ? effect.after : before;
    steps.push({ amendment, before, after, lapsedBecause: effect.is === 'LAPSED' ? effect.because : null });
    before = after;
  }
  return steps;
}

interface OfDay {
  readonly effectiveOn: string | null;
}

/**
 * Whether a proposal that is open started from the terms that one agreed earlier makes: it is for that day or a later
 * one. What is for an earlier day, or takes effect at acceptance, started from the terms before.
 */
export function startsFrom(proposal: OfDay, waiting: OfDay): boolean {
  return proposal.effectiveOn !== null && waiting.effectiveOn !== null && proposal.effectiveOn >= waiting.effectiveOn;
}
