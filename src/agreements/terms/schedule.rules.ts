import { addMonths } from '../due-day.rules.js';
import type { Terms } from './terms.rules.js';

/** Installments told by a rule: how many, how far apart, from when on, and perhaps another amount for the first. */
export interface Schedule {
  readonly parts: number;
  readonly everyMonths: number;
  readonly firstDueOn: string;
  readonly firstMinor: bigint | null;
}

/**
 * Equal parts that sum exactly to the commitment: what does not divide goes to the first of them. A first amount of
 * its own stays as it is, and the others are equal. Null when a part would have nothing.
 */
export function scheduled(committedMinor: bigint, schedule: Schedule): Terms['installments'] | null {
  const { parts, everyMonths, firstDueOn, firstMinor } = schedule;
  const own = firstMinor === null ? [] : [firstMinor];
  const rest = equalParts(committedMinor - (firstMinor ?? 0n), parts - own.length);
  if (rest === null) return null;
  return [...own, ...rest].map((amountMinor, i) => ({ dueOn: addMonths(firstDueOn, i * everyMonths), amountMinor }));
}

function equalParts(amount: bigint, parts: number): bigint[] | null {
  if (parts === 0) return amount === 0n ? [] : null;
  const part = amount / BigInt(parts);
  if (part < 1n) return null;
  return Array.from({ length: parts }, (_, i) => (i === 0 ? amount - part * BigInt(parts - 1) : part));
}
