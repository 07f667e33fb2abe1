import { lawOfSum, thresholdOf } from './noise-law.rules.js';
import type { Term } from './published/figure.rules.js';

/** A figure that was published: its signed value, and whether it counts as created by funders. */
export interface ShareFigure extends Term {
  readonly kind: string;
}

/** Between 0 and 1, with the 95 % interval that the noise leaves. */
export interface Share {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** Of the standard normal distribution: the noise of several cells together is close to it. */
const Z_95 = 1.96;

/** The part of all first causes that funders created, out of signed figures. */
export function funderShare(figures: readonly ShareFigure[]): Share | null {
  return shareOf(
    figures.filter(({ kind }) => kind === 'FUNDER'),
    figures,
  );
}

/**
 * The share of some figures in all of them. The
 * interval is Fieller's ("Some problems in interval estimation", 1954): all shares p for which the part's sum less p times
 * the whole sum is no further from zero than noise explains, which is a quadratic in p. Null where the whole could be
 * noise alone, or nothing is excluded.
 */
export function shareOf(part: readonly Term[], whole: readonly Term[]): Share | null {
  const [some, all] = [part, whole].map((terms) => sum(terms.map(({ value }) => value)));
  if (whole.length === 0 || all < thresholdOf(lawOfSum(whole.map(({ epsilon }) => epsilon)))) return null;
  const spread = (of: readonly Term[]): number => Z_95 ** 2 * sum(of.map(({ epsilon }) => varianceOf(epsilon)));
  const a = all ** 2 - spread(whole);
  if (a <= 0) return null;
  const b = -2 * (some * all - spread(part));
  const c = some ** 2 - spread(part);
  const root = Math.sqrt(Math.max(0, b ** 2 - 4 * a * c));
  return {
    value: within(some / all),
    lower: within((-b - root) / (2 * a)),
    upper: within((-b + root) / (2 * a)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** Of two-sided geometric noise: 2a / (1 - a)^2 with a = e^-epsilon. */
function varianceOf(epsilon: number): number {
  const a = Math.exp(-epsilon / 1_000);
  return (2 * a) / (1 - a) ** 2;
}
