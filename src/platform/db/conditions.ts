import type { Condition } from './keyset.js';

/** One of some values, as an equality when it is one: an index continues behind that. */
export function among(column: string, values: readonly string[] | null, type: 'text' | 'uuid' = 'text'): Condition[] {
  if (values === null) return [];
  if (values.length === 1) return [{ sql: (place) => `${column} = ${place}::${type}`, value: values[0] }];
  return [{ sql: (place) => `${column} = ANY (${place}::${type}[])`, value: values }];
}

/** Both ends within; an end that is not given is open. */
export function between(
  column: string,
  type: 'date' | 'timestamptz' | 'bigint',
  { gte, lte }: { readonly gte?: unknown; readonly lte?: unknown },
): Condition[] {
  return [
    ...(gte == null ? [] : [{ sql: (place: string) => `${column} >= ${place}::${type}`, value: gte }]),
    ...(lte == null ? [] : [{ sql: (place: string) => `${column} <= ${place}::${type}`, value: lte }]),
  ];
}
