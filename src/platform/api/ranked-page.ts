import type { CursorCipher } from '../db/cursor.service.js';
import type { Page, PageArguments } from './page.js';
import { pageWithin, windowOf } from './page.js';

/** Something found, with how well it fits: the best first, and of those alike the greater id. */
interface Ranked {
  readonly id: string;
  readonly rank: bigint;
}

/** A page of what a search found, whose cursors are places in that order, so that they hold while more is found. */
export async function rankedPage<Hit extends Ranked, Row extends Ranked>(
  cipher: CursorCipher,
  scope: string,
  hits: readonly Hit[],
  page: PageArguments,
  load: (hits: readonly Hit[]) => Promise<Row[]>,
): Promise<Page<Row>> {
  const { size, backwards, after, before } = windowOf(page, 2, cipher, scope);
  const start = after ? hits.filter((hit) => !comesAfter(hit, after)).length : 0;
  const end = before ? hits.filter((hit) => comesBefore(hit, before)).length : hits.length;
  const { from, to, ...flags } = pageWithin({ size, backwards }, { start, end, length: hits.length });
  return {
    rows: await load(hits.slice(from, to)),
    ...flags,
    cursorOf: ({ rank, id }) => cipher.seal(scope, [rank.toString(), id]),
    totalCount: () => Promise.resolve(hits.length),
  };
}

function comesAfter({ rank, id }: Ranked, [than, thanId]: readonly unknown[]): boolean {
  const other = BigInt(than as string);
  return rank < other || (rank === other && id < (thanId as string));
}

function comesBefore({ rank, id }: Ranked, [than, thanId]: readonly unknown[]): boolean {
  const other = BigInt(than as string);
  return rank > other || (rank === other && id > (thanId as string));
}
