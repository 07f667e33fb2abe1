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

/**
 * Spreadsheets calculate in binary and write 41133.77 as 41133.770000000004. What is within this part of a minor unit of a
 * whole one is that one; a half penny stays wrong.
 */
const RESIDUE_PARTS = 1_000_000n;

interface PlainNumber {
  readonly digits: string;
  /** How many of the digits stand after the point; negative: zeros to add. */
  readonly places: number;
}

/** The exact amount a number in the file stands for: `15000.0`, `1e3` and `"3239.34"` are all exact decimals. */
export function readAmount(value: unknown, field: string, currency: string, decimals: number): ImportedAmount {
  const { digits, places } = readPlainNumber(value, field);
  // Digits after the point of the minor unit: negative ones are zeros to add, positive ones must be next to nothing.
  const surplus = places - decimals;
  if (surplus <= 0) return checked(BigInt(digits) * 10n ** BigInt(-surplus), decimals, field, value);
  const unit = 10n ** BigInt(surplus);
  const rest = BigInt(digits) % unit;
  const isMoreThanHalf = rest * 2n > unit;
  const distance = isMoreThanHalf ? unit - rest : rest;
  if (distance * RESIDUE_PARTS > unit) {
    throw new Rejection(field, 'AMOUNT_TOO_PRECISE', { shown: shown(value), currency, decimals });
  }
  return checked(BigInt(digits) / unit + (isMoreThanHalf ? 1n : 0n), decimals, field, value);
}

/** What can be told of an amount whatever its currency: it is a number, and not below zero. */
export function readPlainNumber(value: unknown, field: string): PlainNumber {
  if (value === null || value === undefined || value === '') throw new Rejection(field, 'MISSING');
  const text = scalarText(value);
  const match = text === null || text.length > MOST_CHARACTERS ? null : NUMBER.exec(text);
  if (!match) throw new Rejection(field, 'AMOUNT_NOT_A_NUMBER', { shown: shown(value) });
  const [, sign, whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  const digits = `${whole}${fraction}`;
  if (/^0*$/.test(digits)) return { digits: '0', places: 0 };
  // A withdrawn or repaid sum is an event in the life of a grant; recorded as a grant of its own it would distort both.
  if (sign === '-') throw new Rejection(field, 'AMOUNT_NEGATIVE', { shown: shown(value) });
  if (exponent > LARGEST_EXPONENT) throw tooLarge(field, value);
  return { digits, places: fraction.length - exponent };
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
  return new Rejection(field, 'AMOUNT_TOO_LARGE', { shown: shown(value) });
}
