import type { Variables } from './formula.js';

export interface LongList {
  readonly path: readonly string[];
  readonly length: number;
}

export interface ListBounds {
  /** Of one list. */
  readonly items: number;
  /** Of all lists and objects together, however they lie in each other. */
  readonly values: number;
}

/**
 * A list with more items than allowed, wherever it lies, or how many values there are when all of them together are too
 * many; without recursion, because a megabyte of brackets is deep. It looks at no more values than are allowed.
 */
export function excessOfVariables(variables: Variables, { items, values }: ListBounds): LongList | number | undefined {
  const waiting: Place[] = [{ value: variables }];
  let count = 0;
  for (let place = waiting.pop(); place; place = waiting.pop()) {
    const { value } = place;
    if (Array.isArray(value) && value.length > items) return { path: pathTo(place), length: value.length };
    if (typeof value !== 'object' || value === null) continue;
    for (const step in value) {
      if (++count > values) return count;
      const inner: unknown = (value as Record<string, unknown>)[step];
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
