import type { AmendmentKind } from '../../agreements/amendments/amendment.rules.js';
import { isAdverse, isNoticeKept } from '../../agreements/amendments/amendment.rules.js';
import { dayIn } from '../../agreements/due-day.rules.js';
import type { Due, PastDueDay, Pause } from '../../agreements/payments/lateness.rules.js';
import { asOwed, daysLate, daysLateBefore, pausesOf } from '../../agreements/payments/lateness.rules.js';
import { transferCost } from '../../agreements/payments/transfer-cost.rules.js';
import { isOverdue as isShareOverdue } from '../../narrative-reports/responses/response-duty.rules.js';
import type { Amount } from '../../platform/api/money.rules.js';
import { isOverdue as isObstacleOverdue } from '../obstacle.rules.js';

/** Money that comes a few days late is a bank's doing as often as a funder's. */
export const LATE_ENOUGH_DAYS = 7;

/** The codes that facts of this service can speak for; the reference table says of these that they can be suggested. */
export const SUGGESTION_CODES = [
  'DISBURSEMENT_DELAY',
  'COMMITMENT_REDUCED_OR_WITHDRAWN',
  'INSUFFICIENT_NOTICE',
  'PAYMENT_HELD',
  'NO_RESPONSE',
  'TRANSFER_COST_SHIFTED',
] as const;
export type SuggestionCode = (typeof SUGGESTION_CODES)[number];

/** Of every fact: whose it is, where, and the instant it is listed by. */
interface Grounds {
  readonly id: string;
  readonly at: Date;
  readonly funderId: string;
  /** Null only for an obstacle that was shared about a funder and no agreement. */
  readonly agreementId: string | null;
  /** Of the agreement. Imported history gives no suggestion: no duty follows from it. */
  readonly origin: 'LIVE' | 'IMPORTED' | null;
  readonly timeZone: string;
}
/** Of an installment, whichever of its due days the fact is about. */
interface Excused extends Grounds {
  readonly installmentId: string;
  readonly number: number;
  readonly holds: readonly { readonly placedOn: string; readonly liftedOn: string | null }[];
  readonly repayments: readonly { readonly coveredFrom: string | null; readonly repaidOn: string }[];
}
interface LateInstallment extends Excused, Due {
  readonly kind: 'installment';
}
/** Missed before other terms took effect. */
interface PastDueDayFact extends Excused, PastDueDay {
  readonly kind: 'pastDueDay';
  /** What the installment came to be, and when it was received. */
  readonly installmentMinor: bigint;
  readonly receivedOn: string | null;
}
interface AcceptedAmendment extends Grounds {
  readonly kind: 'amendment';
  readonly amends: AmendmentKind;
  readonly state: string;
  readonly effectiveOn: string | null;
  readonly noticeUntil: string | null;
  readonly noticeWaived: boolean;
}
interface PlacedHold extends Grounds {
  readonly kind: 'legalHold';
  readonly number: number;
  readonly placedOn: string;
}
interface AwaitedShare extends Grounds {
  readonly kind: 'share';
  readonly state: string;
  readonly respondBy: string;
  readonly respondByAt: Date;
  readonly unsharedAt: Date | null;
}
interface AwaitedObstacle extends Grounds {
  readonly kind: 'obstacle';
  readonly state: string;
  readonly respondBy: string;
  readonly respondByAt: Date;
}
interface ConfirmedPayment extends Grounds {
  readonly kind: 'disbursement';
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly receivedMinor: bigint | null;
  readonly receivedCurrency: string | null;
  readonly receivedOn: string;
}
export type Fact =
  LateInstallment | PastDueDayFact | AcceptedAmendment | PlacedHold | AwaitedShare | AwaitedObstacle | ConfirmedPayment;
export type FactKind = Fact['kind'];

/** Something that happened and that its code may fit; what it means the grantee says. */
export interface Suggestion {
  readonly code: SuggestionCode;
  readonly fact: Fact;
  /** The day it happened, or should have. */
  readonly day: string;
  readonly delayDays: number | null;
  readonly cost: Amount | null;
}

type Found = Partial<Pick<Suggestion, 'delayDays' | 'cost'>> & Pick<Suggestion, 'day'>;

/** What one fact suggests for a code now, or null. */
export function suggest(code: SuggestionCode, fact: Fact, now: Date): Suggestion | null {
  if (fact.origin === 'IMPORTED') return null;
  const found = DERIVED[code](fact, now);
  return found && { code, fact, delayDays: null, cost: null, ...found };
}

const DERIVED: Readonly<Record<SuggestionCode, (fact: Fact, now: Date) => Found | null>> = {
  DISBURSEMENT_DELAY: (fact, now) => {
    if (fact.kind !== 'installment' && fact.kind !== 'pastDueDay') return null;
    const pauses: Pause[] = pausesOf(fact.holds, fact.repayments);
    const delayDays =
      fact.kind === 'installment'
        ? daysLate(asOwed(fact, fact.timeZone), pauses, fact.timeZone, now)
        : daysLateBefore(asOwed(fact, fact.timeZone), pauses, {
            amountMinor: fact.installmentMinor,
            receivedOn: fact.receivedOn,
          });
    return delayDays >= LATE_ENOUGH_DAYS ? { day: fact.dueOn, delayDays } : null;
  },
  COMMITMENT_REDUCED_OR_WITHDRAWN: (fact) => adverse(fact),
  INSUFFICIENT_NOTICE: (fact) => {
    const found = adverse(fact);
    if (!found || fact.kind !== 'amendment' || fact.effectiveOn === null || fact.noticeUntil === null) return null;
    const { effectiveOn, noticeUntil, noticeWaived } = fact;
    return noticeWaived || !isNoticeKept({ effectiveOn, noticeUntil, isWaived: false }) ? found : null;
  },
  PAYMENT_HELD: (fact) => (fact.kind === 'legalHold' ? { day: fact.placedOn } : null),
  NO_RESPONSE: (fact, now) => {
    const isOwed =
      (fact.kind === 'share' && isShareOverdue(fact, now)) ||
      (fact.kind === 'obstacle' && isObstacleOverdue(fact, now));
    return isOwed ? { day: fact.respondBy } : null;
  },
  TRANSFER_COST_SHIFTED: (fact) => {
    const cost = fact.kind === 'disbursement' ? transferCost(fact) : null;
    return cost && cost.minor > 0n ? { day: (fact as ConfirmedPayment).receivedOn, cost } : null;
  },
};

/** Agreed to is not the same as wished for: what the grantee accepted to its disadvantage counts, whoever proposed it. */
function adverse(fact: Fact): Found | null {
  if (fact.kind !== 'amendment' || fact.state !== 'ACCEPTED' || !isAdverse(fact.amends)) return null;
  return { day: dayIn(fact.timeZone, fact.at) };
}

/** Where it stands in a list, the newest first; facts of one instant by their ids, so that the order never changes. */
export function placeOf({ code, fact }: Suggestion): [at: string, id: string, code: string] {
  return [fact.at.toISOString(), fact.id, code];
}

/** Orders places: instants backwards, ids and codes forwards. */
export function comparePlaces(a: readonly string[], b: readonly string[]): number {
  return compare(b[0], a[0]) || compare(a[1], b[1]) || compare(a[2], b[2]);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
