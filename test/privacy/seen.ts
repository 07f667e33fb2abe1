import type { Answer } from '../support/client.js';
import type { Difference } from './ways-out.js';

/**
 * What a caller can tell apart. The date and what is left of a rate's minute come from the machine's clock, not ours;
 * the rate is held against each other where only one twin did something hidden.
 */
export type Shown = Pick<Answer, 'status' | 'headers' | 'text'>;
type Seen = Readonly<Record<'answers' | 'headers' | 'lengths', string>>;
export function seen({ status, headers, text }: Shown): Seen {
  const timed = ['date', 'ratelimit-reset', 'ratelimit-remaining'];
  const lines = [...headers.entries()].map(([name, value]) => (timed.includes(name) ? name : `${name}: ${value}`));
  return { answers: `${status} ${text}`, headers: lines.join('\n'), lengths: `${Buffer.byteLength(text)}` };
}

const BEFORE = 60;
const SHOWN = 1_500;
export function fromWhereTheyDiffer(first: string, second: string): Pick<Difference, 'first' | 'second'> {
  let at = 0;
  while (first[at] === second[at]) at++;
  const from = Math.max(0, at - BEFORE);
  return { first: first.slice(from, from + SHOWN), second: second.slice(from, from + SHOWN) };
}
