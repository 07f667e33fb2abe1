import { daysAfter } from './days.js';

export interface Plan {
  readonly currency: string;
  /** Decimal amounts of the installments; the commitment is their sum. */
  readonly parts: readonly string[];
  readonly startsOn: string;
  readonly days: number;
  /** Days from the start to the first installment, and from one to the next. */
  readonly firstAfter?: number;
  readonly every?: number;
  /** Days from the start on which a report is hoped for. */
  readonly reportsAfter?: readonly number[];
  readonly note?: string;
}

/** The terms that a plan in plain numbers stands for. */
export function termsOf(plan: Plan): object {
  const { currency, parts, startsOn, days, firstAfter = 0, every = 180, reportsAfter = [], note = null } = plan;
  const money = (amount: string): object => ({ amount, currency });
  return {
    committed: money(String(parts.reduce((sum, part) => sum + Number(part), 0))),
    startsOn,
    endsOn: daysAfter(startsOn, days),
    installments: parts.map((part, i) => ({ dueOn: daysAfter(startsOn, firstAfter + i * every), amount: money(part) })),
    expectations: reportsAfter.map((after) => ({ dueOn: daysAfter(startsOn, after) })),
    note,
  };
}
