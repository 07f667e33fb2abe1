import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/access/actor.js';
import { ID_PREFIXES, parseId } from '../platform/api/ids.js';
import type { LoaderDefinition } from '../platform/api/loader.js';
import type { ListRequest, Page } from '../platform/api/page.js';
import { readPage } from '../platform/api/page.js';
import type { RequestContext } from '../platform/api/request-context.js';
import { CursorCipher } from '../platform/db/cursor.service.js';
import { refuse } from '../platform/errors/refusal.js';
import type { AgreementListArgs } from './agreement-list.inputs.js';
import { agreementList, parentColumn } from './agreement-lists.store.js';
import type { Agreement } from './agreements.store.js';
import type { Below } from './pages-below.loaders.js';
import { pagesBelow } from './pages-below.loaders.js';

type Side = 'FUNDER' | 'GRANTEE';

@Injectable()
export class AgreementLists {
  private readonly loaders: Record<Side, LoaderDefinition<Below<AgreementListArgs>, Page<Agreement>>>;

  constructor(private readonly cipher: CursorCipher) {
    const below = (side: Side): LoaderDefinition<Below<AgreementListArgs>, Page<Agreement>> => {
      const column = (actor: Actor): string => parentColumn(side, actor);
      return pagesBelow({ name: `agreements below ${side}`, request: requestOf, column }, cipher);
    };
    this.loaders = { FUNDER: below('FUNDER'), GRANTEE: below('GRANTEE') };
  }

  list({ actor, reader }: RequestContext, args: AgreementListArgs): Promise<Page<Agreement>> {
    return readPage(reader, this.cipher, { ...requestOf(actor, args), arguments: args });
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
    return context.load(this.loaders[side], { parentId, args });
  }
}

function requestOf(actor: Actor, { filter, orderBy }: AgreementListArgs): Omit<ListRequest, 'arguments'> {
  return agreementList({
    actor,
    states: filter?.state?.in ?? null,
    funderId: idOf('funder', filter?.funder),
    granteeId: idOf('grantee', filter?.grantee),
    byUpdate: orderBy?.field === 'UPDATED_AT',
    descending: orderBy?.direction !== 'ASC',
  });
}

function idOf(kind: 'funder' | 'grantee', id: string | null | undefined): string | null {
  if (id == null) return null;
  const uuid = parseId(kind, id);
  if (uuid === null) {
    throw refuse('INVALID_ID', { path: ['filter', kind], parameters: { expected: `${ID_PREFIXES[kind]}_…` } });
  }
  return uuid;
}
