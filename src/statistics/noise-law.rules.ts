/**
 * The law of the noise, for those who read figures: how far off one may be, and below what it says nothing. Here
 * floating point is right; drawing noise is in noise.rules.ts and uses none.
 *
 * Two-sided geometric (Ghosh, Roughgarden, Sundararajan, "Universally utility-maximizing privacy mechanisms", 2009):
 * P(X = x) = (1 - a) / (1 + a) * a^|x| with a = e^-epsilon.
 */
export interface NoiseLaw {
  /** P(X = x) for x = -reach..reach; beyond it less than 1e-12 is left. */
  readonly weights: readonly number[];
  readonly reach: number;
}

/** A figure below the threshold could well be noise alone: this seldom. */
const NOISE_ALONE = 0.001;
const CONFIDENCE = 0.95;
const NEGLIGIBLE = 1e-12;

/** Of one cell, with epsilon in thousandths. */
export function noiseLaw(epsilon: number): NoiseLaw {
  const a = Math.exp(-epsilon / 1_000);
  const reach = Math.ceil(Math.log(NEGLIGIBLE) / Math.log(a));
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => ((1 - a) / (1 + a)) * a ** Math.abs(i - reach));
  return { weights, reach };
}

/** Of a sum of figures whose noise was drawn independently. */
export function convolve(one: NoiseLaw, other: NoiseLaw): NoiseLaw {
  const reach = one.reach + other.reach;
  const weights = new Array<number>(2 * reach + 1).fill(0);
  one.weights.forEach((p, i) => other.weights.forEach((q, j) => (weights[i + j] += p * q)));
  return trim({ weights, reach });
}

/** Of a sum of cells, each with its own epsilon in thousandths. */
export function lawOfSum(epsilons: readonly number[]): NoiseLaw {
  const counts = new Map<number, number>();
  for (const epsilon of epsilons) counts.set(epsilon, (counts.get(epsilon) ?? 0) + 1);
  return [...counts].map(([epsilon, count]) => lawOfEqual(epsilon, count)).reduce(convolve);
}

const known = new Map<string, NoiseLaw>();

/** By halves, and remembered: a page asks for the same few sums again and again. */
function lawOfEqual(epsilon: number, count: number): NoiseLaw {
  if (count === 1) return noiseLaw(epsilon);
  const name = `${count} x ${epsilon}`;
  let law = known.get(name);
  if (!law) {
    const half = count >> 1;
    law = convolve(lawOfEqual(epsilon, half), lawOfEqual(epsilon, count - half));
    if (known.size < 1_000) known.set(name, law);
  }
  return law;
}

/** The smallest k with P(|X| <= k) >= confidence: a value v stands for v - k to v + k. */
export function marginOf({ weights, reach }: NoiseLaw, confidence = CONFIDENCE): number {
  let inside = weights[reach];
  let k = 0;
  while (inside < confidence && k < reach) {
    k++;
    inside += weights[reach - k] + weights[reach + k];
  }
  return k;
}

/**
 * T, the smallest t that noise alone reaches in at most one of a thousand figures: P(X >= t) <= 0.001. For one cell
 * that is a^t / (1 + a), the sum of the geometric series; 19 at epsilon 0.35.
 */
export function thresholdOf({ weights, reach }: NoiseLaw): number {
  let above = 0;
  let t = reach + 1;
  while (t > 0 && above + weights[reach + t - 1] <= NOISE_ALONE) {
    t--;
    above += weights[reach + t];
  }
  return t;
}

function trim({ weights, reach }: NoiseLaw): NoiseLaw {
  let cut = 0;
  while (cut < reach && weights[cut] < NEGLIGIBLE * 1e-3) cut++;
  return { weights: weights.slice(cut, weights.length - cut), reach: reach - cut };
}
