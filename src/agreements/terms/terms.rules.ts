import type { ErrorCode } from '../../platform/errors/codes.js';
import { addDays, addYears, shiftDays } from '../due-day.rules.js';

export const RESTRICTIONS = ['UNRESTRICTED', 'SPONSORED_PROJECT', 'UNSTATED', 'PROGRAM', 'RESTRICTED'] as const;
export type Restriction = (typeof RESTRICTIONS)[number];
export const LOBBYING_CLAUSES = ['NONE', 'NOT_EARMARKED', 'PROHIBITED'] as const;
export type LobbyingClause = (typeof LOBBYING_CLAUSES)[number];

/** The fiscal sponsor of a sponsored project, under the name it had when the terms were written. */
export interface Sponsor {
  readonly id: string;
  readonly name: string;
}

/** What the parties agree on. There is no field that restricts the use of the money, and there must not be one. */
export interface Terms {
  readonly restriction: Restriction;
  readonly fiscalSponsor: Sponsor | null;
  readonly committedMinor: bigint;
  readonly currency: string;
  readonly awardedOn: string | null;
  readonly startsOn: string;
  readonly endsOn: string;
  /** In the order they are due. */
  readonly installments: readonly { readonly dueOn: string; readonly amountMinor: bigint }[];
  /** The days reports are expected on, in order. */
  readonly expectations: readonly string[];
  readonly noticeDays: number;
  readonly responseDays: number;
  readonly lobbyingClause: LobbyingClause;
  readonly lobbyingReason: string | null;
  readonly note: string | null;
}

/** Terms as JSON: minor units as texts, because a JSON number loses digits. */
export type StoredTerms = Omit<Terms, 'committedMinor' | 'installments' | 'fiscalSponsor'> & {
  /** Absent in terms from before there were sponsored projects. */
  readonly fiscalSponsor?: Sponsor | null;
  readonly committedMinor: string;
  readonly installments: readonly { readonly dueOn: string; readonly amountMinor: string }[];
};

export function storedTerms(terms: Terms): StoredTerms {
  const installments = terms.installments.map(({ dueOn, amountMinor }) => ({
    dueOn,
    amountMinor: amountMinor.toString(),
  }));
  return { ...terms, committedMinor: terms.committedMinor.toString(), installments };
}

export function termsOf(stored: StoredTerms): Terms {
  const installments = stored.installments.map(({ dueOn, amountMinor }) => ({
    dueOn,
    amountMinor: BigInt(amountMinor),
  }));
  const { fiscalSponsor = null } = stored;
  return { ...stored, fiscalSponsor, committedMinor: BigInt(stored.committedMinor), installments };
}

export interface TermsProblem {
  readonly code: ErrorCode;
  readonly path: readonly string[];
  readonly parameters?: Readonly<Record<string, string | number>>;
}

export const LONGEST_TERM_YEARS = 20;
/** Money may come before the work begins. */
export const DAYS_BEFORE_TERM = 30;
/** A last report may come after the work has ended. */
const REPORT_DAYS_AFTER_TERM = 366;

/** How many years of the term have begun by its end: a term of a year and a day has two. */
export function startedYears(startsOn: string, endsOn: string): number {
  let years = 1;
  while (addYears(startsOn, years) <= endsOn) years++;
  return years;
}

/** What even a draft must satisfy. */
export function checkDraft({ startsOn, endsOn, lobbyingClause, lobbyingReason }: Terms): TermsProblem[] {
  const problems: TermsProblem[] = [];
  if (endsOn < startsOn || endsOn >= addYears(startsOn, LONGEST_TERM_YEARS)) {
    problems.push({ code: 'TERM_INVALID', path: ['terms', 'endsOn'], parameters: { years: LONGEST_TERM_YEARS } });
  }
  if (lobbyingClause !== 'NONE' && lobbyingReason === null) {
    problems.push({ code: 'LOBBYING_REASON_NEEDED', path: ['terms', 'lobbyingReason'] });
  }
  return problems;
}

/** What terms must satisfy before a grantee sees them. Amounts are told in minor units; the caller writes them out. */
export function checkOffer(terms: Terms, write: (minor: bigint) => string): TermsProblem[] {
  const problems = checkDraft(terms);
  const { startsOn, endsOn, installments, expectations, committedMinor } = terms;
  const sum = installments.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  if (sum !== committedMinor) {
    const parameters = { sum: write(sum), committed: write(committedMinor) };
    problems.push({ code: 'INSTALLMENTS_DO_NOT_SUM', path: ['terms', 'installments'], parameters });
  }
  const earliest = addDays(startsOn, -DAYS_BEFORE_TERM);
  installments.forEach(({ dueOn }, i) => {
    if (dueOn >= earliest && dueOn <= endsOn) return;
    const path = ['terms', 'installments', String(i), 'dueOn'];
    problems.push({ code: 'INSTALLMENT_OUTSIDE_TERM', path, parameters: { days: DAYS_BEFORE_TERM } });
  });
  const limit = startedYears(startsOn, endsOn);
  if (expectations.length > limit) {
    problems.push({ code: 'TOO_MANY_EXPECTATIONS', path: ['terms', 'expectations'], parameters: { limit } });
  }
  const latest = addDays(endsOn, REPORT_DAYS_AFTER_TERM);
  expectations.forEach((dueOn, i) => {
    if (dueOn >= startsOn && dueOn <= latest) return;
    const path = ['terms', 'expectations', String(i), 'dueOn'];
    problems.push({ code: 'DATE_OUT_OF_RANGE', path, parameters: { least: startsOn, most: latest } });
  });
  return problems;
}

/** The restriction follows from the sponsor: money for a sponsored project is for that project, and otherwise unrestricted. */
export function sponsored(fiscalSponsor: Sponsor | null): Pick<Terms, 'restriction' | 'fiscalSponsor'> {
  return { restriction: fiscalSponsor === null ? 'UNRESTRICTED' : 'SPONSORED_PROJECT', fiscalSponsor };
}

/** Old terms moved to a new start, so that a renewal is a draft that could be offered as it is. */
export function renewedTerms(old: Terms, startsOn: string): Terms {
  const shift = shiftDays(old.startsOn, startsOn);
  const installments = old.installments.map(({ dueOn, amountMinor }) => ({ dueOn: shift(dueOn), amountMinor }));
  const expectations = old.expectations.map(shift);
  return {
    ...old,
    ...sponsored(old.fiscalSponsor),
    awardedOn: null,
    startsOn,
    endsOn: shift(old.endsOn),
    installments,
    expectations,
  };
}

/** What a recorded grant of the past says, as terms: one payment and no report, since nothing more is known. */
export function recordedTerms(
  grant: Pick<Terms, 'committedMinor' | 'currency'> & { startsOn: string | null; endsOn: string | null },
  duties: Pick<Terms, 'noticeDays' | 'responseDays'>,
  today: string,
): Terms {
  const { committedMinor, currency } = grant;
  const startsOn = grant.startsOn ?? today;
  const isKnown = grant.endsOn !== null && grant.endsOn >= startsOn;
  return {
    ...sponsored(null),
    committedMinor,
    currency,
    awardedOn: null,
    startsOn,
    endsOn: isKnown ? grant.endsOn! : addDays(addYears(startsOn, 1), -1),
    installments: [{ dueOn: startsOn, amountMinor: committedMinor }],
    expectations: [],
    noticeDays: duties.noticeDays,
    responseDays: duties.responseDays,
    lobbyingClause: 'NONE',
    lobbyingReason: null,
    note: null,
  };
}

/** The part of the terms that stands on the agreement itself. */
export function headOf(terms: Terms): Omit<Terms, 'installments' | 'expectations' | 'fiscalSponsor'> {
  const { installments: _installments, expectations: _expectations, fiscalSponsor: _fiscalSponsor, ...head } = terms;
  return head;
}
