/** A whole number from 0 to bound - 1, each equally likely. */
export type UniformBelow = (bound: number) => number;

const WORDS = 1_024;
const RANGE = 2 ** 32;

/**
 * Uniform whole numbers out of random bytes, by rejection, so that none is favored. Bytes are asked for by the
 * kilobyte, and how many are used depends on the bytes alone, never on what they are for.
 */
export function uniformFrom(bytes: (size: number) => Uint8Array): UniformBelow {
  let words = new Uint32Array(0);
  let next = 0;
  const word = (): number => {
    if (next === words.length) {
      words = new Uint32Array(new Uint8Array(bytes(4 * WORDS)).buffer);
      next = 0;
    }
    return words[next++];
  };
  return (bound) => {
    const fair = RANGE - (RANGE % bound);
    for (;;) {
      const drawn = word();
      if (drawn < fair) return drawn % bound;
    }
  };
}

/**
 * True with probability exactly e^-(numerator/denominator), for a fraction from 0 to 1: Canonne, Kamath, Steinke,
 * "The Discrete Gaussian for Differential Privacy" (2020), algorithm 1. Draws Bernoulli(fraction / k) for k = 1, 2, ...
 * until one fails; e^-x is the probability that the failing k is odd. Whole numbers only: a floating-point sampler
 * has gaps and so tells apart what it should hide (Mironov, 2012).
 */
function happensWithExpMinus(numerator: number, denominator: number, below: UniformBelow): boolean {
  let k = 1;
  while (below(denominator * k) < numerator) k++;
  return k % 2 === 1;
}

/**
 * Two-sided geometric noise, P(X = x) proportional to e^-(epsilon |x|), drawn exactly; epsilon in thousandths.
 * The same paper, algorithm 2, for the scale t/s = 1000/epsilon: a geometric number is built from its rest modulo t
 * and its multiple of t, divided by s, and given a sign; minus zero is drawn again, or zero would come twice.
 */
export function drawNoise(epsilon: number, below: UniformBelow): number {
  const divisor = greatestCommonDivisor(epsilon, 1_000);
  const [s, t] = [epsilon / divisor, 1_000 / divisor];
  for (;;) {
    const rest = below(t);
    if (!happensWithExpMinus(rest, t, below)) continue;
    let multiple = 0;
    while (happensWithExpMinus(1, 1, below)) multiple++;
    const size = Math.floor((rest + t * multiple) / s);
    const isNegative = below(2) === 1;
    if (isNegative && size === 0) continue;
    return isNegative ? -size : size;
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
