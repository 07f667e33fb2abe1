import type { ErrorCode } from '../../platform/errors/codes.js';
import { addDays, endOfDay } from '../due-day.rules.js';
import type { Sponsor } from '../terms/terms.rules.js';

export const AMENDMENT_KINDS = [
  'ADD_FUNDS',
  'MOVE_PAYMENT_EARLIER',
  'EXTEND_TERM',
  'DROP_REPORT',
  'REDUCE_FUNDS',
  'MOVE_PAYMENT_LATER',
  'SHORTEN_TERM',
  'RELEASE',
  'CHANGE_SPONSOR',
] as const;
export type AmendmentKind = (typeof AMENDMENT_KINDS)[number];
export type AmendmentParty = 'FUNDER' | 'GRANTEE';

const ADVERSE: readonly AmendmentKind[] = ['REDUCE_FUNDS', 'MOVE_PAYMENT_LATER', 'SHORTEN_TERM', 'RELEASE'];

/** To the grantee's disadvantage: it needs notice, and the grantee's consent if the funder asks for it. */
export function isAdverse(kind: AmendmentKind): boolean {
  return ADVERSE.includes(kind);
}

/** What is good for the grantee the funder may simply do. Another sponsor is neither good nor adverse by its kind. */
export function takesEffectAtOnce(kind: AmendmentKind, proposedBy: AmendmentParty): boolean {
  return proposedBy === 'FUNDER' && !isAdverse(kind) && kind !== 'CHANGE_SPONSOR';
}

/** Money of which nobody can say yet whether it arrived, and at whose account, is settled first. */
export function waitsForMoney(kind: AmendmentKind): boolean {
  return kind === 'RELEASE' || kind === 'CHANGE_SPONSOR';
}

/** An installment as it shall be. What is left out of a known one stays; without an amount a reduced one is given up. */
export interface InstallmentChange {
  readonly id: string;
  readonly isNew: boolean;
  readonly dueOn: string | null;
  readonly amountMinor: bigint | null;
}

export interface Change {
  readonly installments: readonly InstallmentChange[];
  readonly endsOn: string | null;
  readonly expectationIds: readonly string[];
  /** The new one, for `CHANGE_SPONSOR`. */
  readonly fiscalSponsor: Sponsor | null;
}

/** As JSON: minor units as texts, because a JSON number loses digits. */
export type StoredChange = Omit<Change, 'installments' | 'fiscalSponsor'> & {
  readonly fiscalSponsor?: Sponsor | null;
  readonly installments: readonly (Omit<InstallmentChange, 'amountMinor'> & { readonly amountMinor: string | null })[];
};

export function storedChange(change: Change): StoredChange {
  const installments = change.installments.map((one) => ({ ...one, amountMinor: one.amountMinor?.toString() ?? null }));
  return { ...change, installments };
}

export function changeOf(stored: StoredChange): Change {
  const installments = stored.installments.map((one) => ({
    ...one,
    amountMinor: one.amountMinor === null ? null : BigInt(one.amountMinor),
  }));
  return { ...stored, installments, fiscalSponsor: stored.fiscalSponsor ?? null };
}

export interface AmendmentProblem {
  readonly code: ErrorCode;
  readonly path: readonly string[];
  readonly parameters?: Readonly<Record<string, string | number>>;
}

/** What each kind needs to be told, and nothing else. */
const NEEDS: Readonly<Record<AmendmentKind, readonly string[]>> = {
  ADD_FUNDS: ['installments'],
  MOVE_PAYMENT_EARLIER: ['installments'],
  EXTEND_TERM: ['endsOn'],
  DROP_REPORT: ['expectationIds'],
  REDUCE_FUNDS: ['installments'],
  MOVE_PAYMENT_LATER: ['installments'],
  SHORTEN_TERM: ['endsOn'],
  RELEASE: [],
  CHANGE_SPONSOR: ['fiscalSponsorId'],
};

/** What is missing from a proposal, or has no meaning in it. */
export function checkForm(kind: AmendmentKind, change: Change, effectiveOn: string | null): AmendmentProblem[] {
  const given: Record<string, boolean> = {
    installments: change.installments.length > 0,
    endsOn: change.endsOn !== null,
    expectationIds: change.expectationIds.length > 0,
    fiscalSponsorId: change.fiscalSponsor !== null,
    effectiveOn: effectiveOn !== null,
  };
  const needs = [...NEEDS[kind], ...(isAdverse(kind) ? ['effectiveOn'] : [])];
  return Object.entries(given).flatMap(([field, isGiven]): AmendmentProblem[] => {
    if (isGiven === needs.includes(field)) return [];
    return [
      {
        code: isGiven ? 'AMENDMENT_FIELD_UNFIT' : 'AMENDMENT_FIELD_NEEDED',
        path: [field],
        parameters: { kind, field },
      },
    ];
  });
}

interface Notice {
  readonly effectiveOn: string;
  /** The first day it may take effect on without a waiver. */
  readonly noticeUntil: string;
  readonly isWaived: boolean;
}

export function noticeUntil(proposedOn: string, noticeDays: number): string {
  return addDays(proposedOn, noticeDays);
}

/** Whether the notice is long enough, or waived. Only the grantee can waive it; a funder can ask it to. */
export function isNoticeKept({ effectiveOn, noticeUntil, isWaived }: Notice): boolean {
  return isWaived || effectiveOn >= noticeUntil;
}

/** The first instant of a day: what was agreed for it counts from then on, and the old schedule until then. */
export function startOfDay(day: string, timeZone: string): Date {
  return endOfDay(addDays(day, -1), timeZone);
}
