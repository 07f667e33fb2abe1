import type { Reader } from '../db/reader.js';
import type { CursorCipher } from '../db/cursor.service.js';
import type { KeyColumn, KeysetQuery, Window } from '../db/keyset.js';
import { countStatement, keysetStatement } from '../db/keyset.js';
import { refuse } from '../errors/refusal.js';

export const DEFAULT_PAGE = 25;
export const LARGEST_PAGE = 100;
const FIRST_EPOCH = 1;

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** A connection's rows with what is known about both sides. Cursors are made only for those who ask. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly cursorOf: (row: Row) => string;
  readonly totalCount: () => Promise<number>;
}

export interface ListRequest extends KeysetQuery {
  /** Names the list, so that its cursors fit no other. */
  readonly name: string;
  readonly arguments: PageArguments;
  /** Of a feed that is read on from a cursor for years: in another epoch its cursors are refused. */
  readonly epoch?: number;
}

type PagedRow = Record<string, unknown> & { parentId: string | null; behind: boolean };

/** One page of a list that stands alone. */
export async function readPage<Row>(reader: Reader, cipher: CursorCipher, list: ListRequest): Promise<Page<Row>> {
  return (await readPages<Row>(reader, cipher, list))[0];
}

/** A page for each parent, in the parents' order, in one statement. */
export async function readPages<Row>(reader: Reader, cipher: CursorCipher, list: ListRequest): Promise<Page<Row>[]> {
  const scope = scopeOf(reader.caller, list);
  const window = windowOf(list.arguments, list.key.length, cipher, scope, list.epoch);
  const { text, values } = keysetStatement(list, window);
  const byParent = new Map<string | null, PagedRow[]>();
  for (const row of await reader.rows<PagedRow>(text, values, true)) {
    const rows = byParent.get(row.parentId);
    if (rows) rows.push(row);
    else byParent.set(row.parentId, [row]);
  }
  const unique = list.key.at(-1)!.alias;
  const cursorOf = (row: Row): string =>
    cipher.seal(scope, [...keysOf(row as PagedRow, list.key), ...markOf(list.epoch)]);
  const countBelow = (parent: string | null) => async (): Promise<number> => {
    const count = countStatement(list, parent);
    return Number((await reader.rows<{ count: bigint }>(count.text, count.values, true))[0].count);
  };
  return (list.parent?.ids ?? [null]).map((parent) => {
    const found = byParent.get(parent) ?? [];
    const { behind = false } = found[0] ?? {};
    // A parent without rows still answers one row, of nulls.
    const rows = found.filter((row) => row[unique] !== null);
    const more = rows.length > window.size;
    if (more) rows.pop();
    if (window.backwards) rows.reverse();
    // As Relay has it: in the direction of reading only what lies between the cursors counts.
    const [hasNextPage, hasPreviousPage] = window.backwards ? [behind, more] : [more, behind];
    return { rows: rows as Row[], hasNextPage, hasPreviousPage, cursorOf, totalCount: countBelow(parent) };
  });
}

/** Where a page lies among rows that are at hand: `start` and `end` enclose what lies between the cursors. */
export function pageWithin(
  { size, backwards }: Pick<Window, 'size' | 'backwards'>,
  { start, end, length }: { readonly start: number; readonly end: number; readonly length: number },
): Pick<Page<unknown>, 'hasNextPage' | 'hasPreviousPage'> & { readonly from: number; readonly to: number } {
  const last = Math.max(start, end);
  return backwards
    ? { from: Math.max(start, last - size), to: last, hasPreviousPage: last - size > start, hasNextPage: end < length }
    : { from: start, to: Math.min(last, start + size), hasPreviousPage: start > 0, hasNextPage: start + size < last };
}

/** The window that the arguments ask for; refuses what they cannot mean. A cursor of this scope holds `width` keys. */
export function windowOf(
  { first, after, last, before }: PageArguments,
  width: number,
  cipher: CursorCipher,
  scope: string,
  epoch?: number,
): Window {
  const both = first != null && last != null;
  const size = first ?? last ?? DEFAULT_PAGE;
  if (both || size < 0) throw refuse('INVALID_PAGE', { path: [both || last == null ? 'first' : 'last'] });
  if (size > LARGEST_PAGE) {
    const path = [first != null ? 'first' : 'last'];
    throw refuse('PAGE_TOO_LARGE', { path, parameters: { limit: LARGEST_PAGE, actual: size } });
  }
  const open = (cursor: string | null | undefined, argument: string): unknown[] | null => {
    if (cursor == null) return null;
    const keys = cipher.open(scope, cursor);
    const isLong = epoch !== undefined && keys?.length === width + 1;
    if (!keys || (keys.length !== width && !isLong)) throw refuse('INVALID_CURSOR', { path: [argument] });
    const isOfEpoch = epoch === undefined || (isLong ? keys[width] : FIRST_EPOCH) === epoch;
    if (!isOfEpoch) throw refuse('FEED_RESTORED', { path: [argument], parameters: { argument } });
    return keys.slice(0, width);
  };
  return { size, backwards: last != null, after: open(after, 'after'), before: open(before, 'before') };
}

/** Cursors of the first epoch are as they were before there were epochs. */
function markOf(epoch = FIRST_EPOCH): number[] {
  return epoch === FIRST_EPOCH ? [] : [epoch];
}

/** What a cursor is good for: a list of one caller, its order and its filter. Whatever key a caller has, it is that caller. */
function scopeOf(caller: string, { name, key, descending, where }: ListRequest): string {
  const filters = where
    .filter((condition) => !condition.isBeginning)
    .map((condition) => [condition.sql('?'), condition.isOfTheMoment ? null : plain(condition.value)]);
  return JSON.stringify([caller, name, key.map((column) => column.alias), descending, filters]);
}

function keysOf(row: PagedRow, key: readonly KeyColumn[]): unknown[] {
  return key.map(({ alias }) => plain(row[alias]));
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'bigint' ? value.toString() : value;
}
