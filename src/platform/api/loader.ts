import type { IdKind } from './ids.js';
import { parseId } from './ids.js';
import type { Actor } from '../access/actor.js';
import type { Reader } from '../db/reader.js';
import type { Locale } from '../errors/codes.js';

/** What reading fields may use of a request. */
export interface LoaderContext {
  readonly actor: Actor;
  readonly reader: Reader;
  readonly now: Date;
  readonly locale: Locale;
  load<K, V>(definition: LoaderDefinition<K, V>, key: K): Promise<V | null>;
}

/** How many things of one kind are read in one statement. Answers in the order of the keys, null for what is not there. */
export interface LoaderDefinition<K, V> {
  readonly name: string;
  /** Distinguishes keys that are objects. */
  readonly keyOf?: (key: K) => string;
  readonly load: (context: LoaderContext, keys: readonly K[]) => Promise<readonly (V | null)[]>;
}

/** Reads rows by their id with one statement that takes a uuid array as `$1`. */
export function loadByKey<Row extends object>(
  name: string,
  sql: string,
  key: keyof Row & string,
): LoaderDefinition<string, Row> {
  return {
    name,
    load: async ({ reader }, ids) => {
      const rows = await reader.rows<Row>(sql, [ids]);
      const byKey = new Map(rows.map((row) => [row[key] as string, row]));
      return ids.map((id) => byKey.get(id) ?? null);
    },
  };
}

/** Reads all rows that belong to each parent: short lists whose length the model bounds. */
export function loadManyByKey<Row extends object>(
  name: string,
  sql: string,
  parent: keyof Row & string,
): LoaderDefinition<string, Row[]> {
  return {
    name,
    load: async ({ reader }, ids) => {
      const byParent = new Map<string, Row[]>(ids.map((id) => [id, []]));
      for (const row of await reader.rows<Row>(sql, [ids])) byParent.get(row[parent] as string)?.push(row);
      return ids.map((id) => byParent.get(id)!);
    },
  };
}

/** For a query by public id: an id of another kind, or malformed, finds nothing. */
export async function loadById<V>(
  context: LoaderContext,
  loader: LoaderDefinition<string, V>,
  kind: IdKind,
  id: string,
): Promise<V | null> {
  const uuid = parseId(kind, id);
  return uuid === null ? null : context.load(loader, uuid);
}
