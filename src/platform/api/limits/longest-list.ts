import type { Variables } from './formula.js';

export interface LongList {
  readonly path: readonly string[];
  readonly length: number;
}

/** A list with more items than allowed, wherever it lies; without recursion, because a megabyte of brackets is deep. */
export function overlongList(variables: Variables, most: number): LongList | undefined {
  const waiting: Place[] = [{ value: variables }];
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    const { value } = place;
    if (Array.isArray(value) && value.length > most) return { path: pathTo(place), length: value.length };
    if (typeof value !== 'object' || value === null) continue;
    for (const [step, inner] of Object.entries(value)) {
      if (typeof inner === 'object' && inner !== null) waiting.push({ value: inner, step, within: place });
    }
  }
  return undefined;
}

interface Place {
  readonly value: unknown;
  readonly step?: string;
  readonly within?: Place;
}

function pathTo(place: Place): string[] {
  const path: string[] = [];
  for (let at: Place | undefined = place; at?.step !== undefined; at = at.within) path.unshift(at.step);
  return path;
}
