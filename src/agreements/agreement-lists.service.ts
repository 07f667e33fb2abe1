import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/access/actor.js';
import type { IdKind } from '../platform/api/ids.js';
import { ID_PREFIXES, parseId } from '../platform/api/ids.js';
import type { LoaderDefinition } from '../platform/api/loader.js';
import type { ListRequest, Page } from '../platform/api/page.js';
import { readPage, readPages } from '../platform/api/page.js';
import type { RequestContext } from '../platform/api/request-context.js';
import { CursorCipher } from '../platform/db/cursor.service.js';
import { refuse } from '../platform/errors/refusal.js';
import type { AgreementListArgs } from './agreement-list.inputs.js';
import { agreementList, parentColumn } from './agreement-lists.store.js';
import type { Agreement } from './agreements.store.js';

interface Below {
  readonly parentId: string;
  readonly args: AgreementListArgs;
}
type Side = 'FUNDER' | 'GRANTEE';

@Injectable()
export class AgreementLists {
  private readonly ofFunders = this.loaderBelow('FUNDER');
  private readonly ofGrantees = this.loaderBelow('GRANTEE');

  constructor(private readonly cipher: CursorCipher) {}

  list({ actor, reader }: RequestContext, args: AgreementListArgs): Promise<Page<Agreement>> {
    return readPage(reader, this.cipher, requestOf(actor, args));
  }

  /** The agreements below a funder or a grantee, as far as they are the caller's own. */
  below(
    side: Side,
    parentId: string,
    args: AgreementListArgs,
    context: RequestContext,
  ): Promise<Page<Agreement> | null> {
    const { role } = context.actor;
    if (role === 'ANALYST') throw refuse('FORBIDDEN', { parameters: { role, operation: 'agreements' } });
    if (role === 'PUBLIC') throw refuse('UNAUTHENTICATED');
    return context.load(side === 'FUNDER' ? this.ofFunders : this.ofGrantees, { parentId, args });
  }

  /** One statement for all parents of a level that ask for the same page. */
  private loaderBelow(side: Side): LoaderDefinition<Below, Page<Agreement>> {
    return {
      name: `agreementsBelow${side}`,
      keyOf: (key) => JSON.stringify(key),
      load: async ({ actor, reader }, keys) => {
        const pages = new Map<Below, Page<Agreement>>();
        for (const alike of byArguments(keys)) {
          const request = requestOf(actor, alike[0].args);
          const column = parentColumn(side, actor);
          const parent = { column, ids: alike.map(({ parentId }) => parentId) };
          const name = `${request.name} below ${side}`;
          const found = await readPages<Agreement>(reader, this.cipher, { ...request, name, parent });
          alike.forEach((key, i) => pages.set(key, found[i]));
        }
        return keys.map((key) => pages.get(key)!);
      },
    };
  }
}

/** The keys that ask for the same page below different parents. */
function byArguments(keys: readonly Below[]): Below[][] {
  const groups = new Map<string, Below[]>();
  for (const key of keys) {
    const name = JSON.stringify(key.args);
    groups.set(name, [...(groups.get(name) ?? []), key]);
  }
  return [...groups.values()];
}

function requestOf(actor: Actor, { filter, orderBy, first, after, last, before }: AgreementListArgs): ListRequest {
  const query = {
    actor,
    states: filter?.state?.in ?? null,
    funderId: idOf('funder', filter?.funder),
    granteeId: idOf('grantee', filter?.grantee),
    byUpdate: orderBy?.field === 'UPDATED_AT',
    descending: orderBy?.direction !== 'ASC',
  };
  return { ...agreementList(query), arguments: { first, after, last, before } };
}

function idOf(kind: IdKind & ('funder' | 'grantee'), id: string | null | undefined): string | null {
  if (id == null) return null;
  const uuid = parseId(kind, id);
  if (uuid === null) {
    throw refuse('INVALID_ID', { path: ['filter', kind], parameters: { expected: `${ID_PREFIXES[kind]}_…` } });
  }
  return uuid;
}
