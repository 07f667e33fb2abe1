import type { Actor } from '../platform/access/actor.js';
import type { LoaderDefinition } from '../platform/api/loader.js';
import type { ListRequest, Page, PageArguments } from '../platform/api/page.js';
import { readPages } from '../platform/api/page.js';
import type { CursorCipher } from '../platform/db/cursor.service.js';

export interface Below<Args> {
  readonly parentId: string;
  readonly args: Args;
}

interface NestedList<Args> {
  readonly name: string;
  readonly request: (actor: Actor, args: Args) => Omit<ListRequest, 'arguments'>;
  /** Names the parent, in the table of the list. */
  readonly column: (actor: Actor) => string;
}

/** A list below other rows: one statement for all parents of a level that ask for the same page. */
export function pagesBelow<Args extends PageArguments, Row>(
  { name, request, column }: NestedList<Args>,
  cipher: CursorCipher,
): LoaderDefinition<Below<Args>, Page<Row>> {
  return {
    name,
    keyOf: (key) => JSON.stringify(key),
    load: async ({ actor, reader }, keys) => {
      const pages = new Map<Below<Args>, Page<Row>>();
      for (const alike of byArguments(keys)) {
        const { args } = alike[0];
        const parent = { column: column(actor), ids: alike.map(({ parentId }) => parentId) };
        const list = { ...request(actor, args), name, parent, arguments: args };
        const found = await readPages<Row>(reader, cipher, list);
        alike.forEach((key, i) => pages.set(key, found[i]));
      }
      return keys.map((key) => pages.get(key)!);
    },
  };
}

function byArguments<Args>(keys: readonly Below<Args>[]): Below<Args>[][] {
  const groups = new Map<string, Below<Args>[]>();
  for (const key of keys) {
    const name = JSON.stringify(key.args);
    groups.set(name, [...(groups.get(name) ?? []), key]);
  }
  return [...groups.values()];
}
