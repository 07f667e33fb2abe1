import { scalarText } from './json-value.rules.js';
import { Rejection, shown } from './rejection.rules.js';

export interface ImportedAmount {
  /** With exactly the decimals of its currency. */
  readonly amount: string;
  readonly minorUnits: bigint;
}

/** PostgreSQL's bigint, which keeps the minor units. */
const LARGEST_MINOR_UNITS = 2n ** 63n - 1n;
/** Far beyond any money, and cheap to calculate with. */
const LARGEST_EXPONENT = 40;
const MOST_CHARACTERS = 100;

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;

/** The exact amount a number in the file stands for: `15000.0`, `1e3` and `"3239.34"` are all exact decimals. */
export function readAmount(value: unknown, field: string, currency: string, decimals: number): ImportedAmount {
  if (value === null || value === undefined || value === '') throw new Rejection(field, `${field} is missing.`);
  const text = scalarText(value);
  const match = text === null || text.length > MOST_CHARACTERS ? null : NUMBER.exec(text);
  if (!match) {
    const expected = 'a plain number is expected, without currency sign or thousands separator';
    throw new Rejection(field, `${field} is ${shown(value)}; ${expected}.`);
  }
  const [, sign, whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  const digits = `${whole}${fraction}`;
  if (/^0*$/.test(digits)) return ofMinorUnits(0n, decimals);
  // A withdrawn or repaid sum is an event in the life of a grant; recorded as a grant of its own it would distort both.
  if (sign === '-') {
    throw new Rejection(
      field,
      `${field} is ${shown(value)}; a negative amount is no award. Correct the grant it belongs to.`,
    );
  }
  if (exponent > LARGEST_EXPONENT) throw tooLarge(field, value);
  // Digits after the point of the minor unit: negative ones are zeros to add, positive ones must be zeros to drop.
  const surplus = fraction.length - exponent - decimals;
  if (surplus <= 0) return checked(BigInt(digits) * 10n ** BigInt(-surplus), decimals, field, value);
  const unit = 10n ** BigInt(surplus);
  if (BigInt(digits) % unit !== 0n) {
    const unitName = decimals === 0 ? 'no decimals' : `${decimals} decimals`;
    throw new Rejection(field, `${field} is ${shown(value)}, but ${currency} has ${unitName}; round it in the source.`);
  }
  return checked(BigInt(digits) / unit, decimals, field, value);
}

function checked(minorUnits: bigint, decimals: number, field: string, value: unknown): ImportedAmount {
  if (minorUnits > LARGEST_MINOR_UNITS) throw tooLarge(field, value);
  return ofMinorUnits(minorUnits, decimals);
}

function ofMinorUnits(minorUnits: bigint, decimals: number): ImportedAmount {
  const digits = minorUnits.toString().padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  const amount = decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return { amount, minorUnits };
}

function tooLarge(field: string, value: unknown): Rejection {
  return new Rejection(field, `${field} is ${shown(value)}, more than can be recorded.`);
}
