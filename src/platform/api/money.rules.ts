/** Money inside: whole minor units of a currency, exact. */
export interface Amount {
  readonly minor: bigint;
  readonly currency: string;
}

/** 10^15 major units: far above any grant, far below what a bigint column holds at 4 decimals. */
export const MOST_MAJOR_UNITS = 1_000_000_000_000_000n;

/** "1250.5" in a currency of two decimals is 125050n; null when it has more decimals than the currency. */
export function toMinor(decimal: string, decimals: number): bigint | null {
  const [whole = '', fraction = ''] = decimal.split('.');
  if (fraction.length > decimals) return null;
  return BigInt(whole + fraction.padEnd(decimals, '0'));
}

/** 125050n in a currency of two decimals is "1250.50". */
export function toDecimal(minor: bigint, decimals: number): string {
  if (decimals === 0) return minor.toString();
  const sign = minor < 0n ? '-' : '';
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
