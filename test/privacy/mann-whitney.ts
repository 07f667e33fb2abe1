/**
 * The Mann-Whitney test of two samples: are those of the one larger or smaller than those of the other? It looks at ranks
 * alone, so that a machine which stands still for a moment now and then decides nothing.
 */
export interface Comparison {
  /** How likely ranks so far apart are, two-sided, when both samples come from one distribution. */
  readonly p: number;
  /** By how much a value of the second is larger than one of the first: the median of all differences (Hodges and Lehmann). */
  readonly shift: number;
  /** Where that lies with a confidence of 99.9 %. */
  readonly interval: readonly [from: number, to: number];
}

/** Of the normal distribution, two-sided, at 0.1 %. */
const Z = 3.2905;

export function mannWhitney(first: readonly number[], second: readonly number[]): Comparison {
  const [n, m] = [first.length, second.length];
  const all = [...first.map((value) => ({ value, own: true })), ...second.map((value) => ({ value, own: false }))];
  all.sort((a, b) => a.value - b.value);
  let [rankSum, ties] = [0, 0];
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to].value === all[from].value) to++;
    // Equal values share the mean of their ranks.
    const rank = (from + 1 + to) / 2;
    for (const { own } of all.slice(from, to)) if (own) rankSum += rank;
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  const u = rankSum - (n * (n + 1)) / 2;
  const total = n + m;
  const variance = ((n * m) / 12) * (total + 1 - ties / (total * (total - 1)));
  const z = variance === 0 ? 0 : Math.max(0, Math.abs(u - (n * m) / 2) - 0.5) / Math.sqrt(variance);
  const differences = first.flatMap((a) => second.map((b) => b - a)).sort((a, b) => a - b);
  const outside = Math.max(0, Math.floor((n * m) / 2 - Z * Math.sqrt((n * m * (total + 1)) / 12)));
  const interval = [differences[outside], differences[differences.length - 1 - outside]] as const;
  return { p: 2 * upperTail(z), shift: median(differences), interval };
}

function median(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Of the normal distribution, by the fraction of Abramowitz and Stegun, 26.2.17: off by 7.5e-8 at most. */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
}
