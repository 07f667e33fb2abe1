import type { Actor } from '../platform/access/actor.js';
import { forbidden, refusePublic } from '../platform/access/closed.js';
import type { LoaderContext, LoaderDefinition } from '../platform/api/loader.js';
import type { ListRequest, Page, PageArguments } from '../platform/api/page.js';
import { readPages } from '../platform/api/page.js';
import type { CursorCipher } from '../platform/db/cursor.service.js';

export interface Below<Args> {
  readonly parentId: string;
  readonly args: Args;
}
export type Side = 'FUNDER' | 'GRANTEE';
export type BelowParty<Args, Row> = Readonly<Record<Side, LoaderDefinition<Below<Args>, Page<Row>>>>;

type ListOf = Omit<ListRequest, 'arguments'>;

interface NestedList<Args> {
  readonly name: string;
  readonly request: (context: LoaderContext, args: Args) => ListOf | Promise<ListOf>;
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
    load: async (context, keys) => {
      const { actor, reader } = context;
      const pages = new Map<Below<Args>, Page<Row>>();
      for (const alike of byArguments(keys)) {
        const { args } = alike[0];
        const parent = { column: column(actor), ids: alike.map(({ parentId }) => parentId) };
        const list = { ...(await request(context, args)), name, parent, arguments: args };
        const found = await readPages<Row>(reader, cipher, list);
        alike.forEach((key, i) => pages.set(key, found[i]));
      }
      return keys.map((key) => pages.get(key)!);
    },
  };
}

/** A list of agreements or of their parts below a funder, and below a grantee. */
export function pagesBelowParties<Args extends PageArguments, Row>(
  { name, alias, request }: Omit<NestedList<Args>, 'column'> & { readonly alias: string },
  cipher: CursorCipher,
): BelowParty<Args, Row> {
  const below = (side: Side): LoaderDefinition<Below<Args>, Page<Row>> =>
    pagesBelow({ name: `${name} below ${side}`, request, column: (actor) => partyColumn(side, actor, alias) }, cipher);
  return { FUNDER: below('FUNDER'), GRANTEE: below('GRANTEE') };
}

/** To all but the funder a grantee is who it was offered to, so that their statements never touch a draft. */
function partyColumn(side: Side, actor: Actor, alias: string): string {
  if (side === 'FUNDER') return `${alias}.funder_id`;
  return actor.role === 'FUNDER' ? `${alias}.grantee_id` : `${alias}.offered_to`;
}

/** What hangs below a party of the directory is for the parties and the steward alone. */
export function refuseOutsiders(actor: Actor, operation: string): void {
  if (actor.role === 'ANALYST') throw forbidden(actor, operation, ['FUNDER', 'GRANTEE', 'STEWARD']);
  refusePublic(actor);
}

function byArguments<Args>(keys: readonly Below<Args>[]): Below<Args>[][] {
  const groups = new Map<string, Below<Args>[]>();
  for (const key of keys) {
    const name = JSON.stringify(key.args);
    groups.set(name, [...(groups.get(name) ?? []), key]);
  }
  return [...groups.values()];
}
