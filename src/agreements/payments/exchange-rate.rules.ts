import type { Amount } from '../../platform/api/money.rules.js';

const DIGITS = 6;

/**
 * What was received for one unit of what was sent, to six significant digits, halves rounded up: "27150.3", "0.0000368720".
 * Null in one currency, where the difference is a cost and not a rate.
 */
export function impliedRate(sent: Amount, received: Amount, decimalsOf: (currency: string) => number): string | null {
  if (sent.currency === received.currency || sent.minor <= 0n || received.minor <= 0n) return null;
  const numerator = received.minor * 10n ** BigInt(decimalsOf(sent.currency));
  const denominator = sent.minor * 10n ** BigInt(decimalsOf(received.currency));
  const decimals = DIGITS - 1 - magnitude(numerator, denominator);
  const rounded = roundedQuotient(numerator, denominator, decimals);
  // 999999.5 rounds to 1000000: a digit more than asked for.
  return rounded >= 10n ** BigInt(DIGITS)
    ? write(roundedQuotient(numerator, denominator, decimals - 1), decimals - 1)
    : write(rounded, decimals);
}

/** The power of ten a quotient begins with: 0 for 1 to 9.99, -1 for 0.1 to 0.99. */
function magnitude(numerator: bigint, denominator: bigint): number {
  const guess = numerator.toString().length - denominator.toString().length;
  const reaches =
    guess >= 0 ? numerator >= denominator * 10n ** BigInt(guess) : numerator * 10n ** BigInt(-guess) >= denominator;
  return reaches ? guess : guess - 1;
}

/** The quotient times 10^decimals, where decimals may be below zero. */
function roundedQuotient(numerator: bigint, denominator: bigint, decimals: number): bigint {
  const [over, under] =
    decimals >= 0
      ? [numerator * 10n ** BigInt(decimals), denominator]
      : [numerator, denominator * 10n ** BigInt(-decimals)];
  return (over * 2n + under) / (under * 2n);
}

function write(digits: bigint, decimals: number): string {
  if (decimals <= 0) return (digits * 10n ** BigInt(-decimals)).toString();
  const text = digits.toString().padStart(decimals + 1, '0');
  return `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}
