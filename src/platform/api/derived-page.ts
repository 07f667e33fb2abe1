import type { CursorCipher } from '../db/cursor.service.js';
import type { Page, PageArguments } from './page.js';
import { pageWithin, windowOf } from './page.js';

type Keys = readonly string[];

interface DerivedList<Row> {
  /** Names the list, so that its cursors fit no other. */
  readonly name: string;
  /** All rows, in order. */
  readonly rows: readonly Row[];
  readonly keysOf: (row: Row) => Keys;
  readonly compare: (a: Keys, b: Keys) => number;
  /** How many keys a place has. */
  readonly width: number;
  readonly arguments: PageArguments;
}

/** A page of what was computed rather than read: the same arguments, cursors and exact flags as of a list in the database. */
export function derivedPage<Row>(cipher: CursorCipher, caller: string, list: DerivedList<Row>): Page<Row> {
  const { name, rows, keysOf, compare, width } = list;
  const scope = JSON.stringify([caller, name]);
  const { size, backwards, after, before } = windowOf(list.arguments, width, cipher, scope);
  const start = after ? rows.filter((row) => compare(keysOf(row), after as Keys) <= 0).length : 0;
  const end = before ? rows.filter((row) => compare(keysOf(row), before as Keys) < 0).length : rows.length;
  const { from, to, ...flags } = pageWithin({ size, backwards }, { start, end, length: rows.length });
  return {
    rows: rows.slice(from, to),
    ...flags,
    cursorOf: (row) => cipher.seal(scope, keysOf(row)),
    totalCount: () => Promise.resolve(rows.length),
  };
}
