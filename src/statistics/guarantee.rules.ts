import type { Epsilons } from './views.rules.js';

/**
 * The most that anybody can find out about one organization, whatever else they know: the chance of guessing right,
 * between 0.5 (a coin) and 1, for one who starts from even odds.
 */
export interface Guarantee {
  /** From the release of one quarter. */
  readonly fromOneQuarter: number;
  /** From one quarter together with the views of its year. */
  readonly withYearViews: number;
  /** From all releases about a year, and about two. */
  readonly fromOneYear: number;
  readonly fromTwoYears: number;
}

/**
 * A release with parameter epsilon makes every outcome at most e^epsilon times as probable with an organization as
 * without it (Dwork, McSherry, Nissim, Smith, "Calibrating noise to sensitivity", 2006). By Bayes' rule even odds
 * become at most e^epsilon to one, so the chance of guessing right is at most e^epsilon / (1 + e^epsilon) (Kairouz,
 * Oh, Viswanath, "The composition theorem for differential privacy", 2015). Releases about the same organization
 * compose by adding their epsilons.
 */
export function chanceOfGuessing(epsilon: number): number {
  return 1 / (1 + Math.exp(-epsilon));
}

/** Whether an organization reported at all: it adds one to one cell of a view, or nothing. */
export function guaranteeOfReporting(epsilons: Epsilons): Guarantee {
  return guarantee(epsilons, 1);
}

/**
 * What an organization reported about: another answer takes one from one cell and adds one to another, which is twice
 * the change (sensitivity 2), and so twice the epsilon.
 */
export function guaranteeOfSubject(epsilons: Epsilons): Guarantee {
  return guarantee(epsilons, 2);
}

function guarantee({ CATEGORY, KIND_BY_REGION, FUNDER }: Epsilons, sensitivity: number): Guarantee {
  const chance = (thousandths: number): number => chanceOfGuessing((sensitivity * thousandths) / 1_000);
  const year = 4 * CATEGORY + KIND_BY_REGION + FUNDER;
  return {
    fromOneQuarter: chance(CATEGORY),
    withYearViews: chance(CATEGORY + KIND_BY_REGION + FUNDER),
    fromOneYear: chance(year),
    fromTwoYears: chance(2 * year),
  };
}

/** As people say it: 59 for 0.587. */
export function percent(chance: number): number {
  return Math.round(100 * chance);
}
