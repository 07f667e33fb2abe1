import { Injectable } from '@nestjs/common';
import { filteredId } from '../../platform/api/filtered-id.js';
import type { LoaderContext } from '../../platform/api/loader.js';
import type { ListRequest, Page } from '../../platform/api/page.js';
import { readPage } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { CursorCipher } from '../../platform/db/cursor.service.js';
import type { Installment } from '../payments/payments.store.js';
import type { InstallmentListArgs } from './installment-list.inputs.js';
import { installmentList } from './installment-lists.store.js';
import type { BelowParty, Side } from '../pages-below.loaders.js';
import { pagesBelowParties, refuseOutsiders } from '../pages-below.loaders.js';

/** What is owed, by day: what a foundation pays from, and what a grantee plans with. */
@Injectable()
export class InstallmentLists {
  private readonly loaders: BelowParty<InstallmentListArgs, Installment>;

  constructor(private readonly cipher: CursorCipher) {
    this.loaders = pagesBelowParties({ name: 'installments', alias: 'i', request: requestOf }, cipher);
  }

  list(context: RequestContext, args: InstallmentListArgs): Promise<Page<Installment>> {
    return readPage(context.reader, this.cipher, { ...requestOf(context, args), arguments: args });
  }

  below(
    side: Side,
    parentId: string,
    args: InstallmentListArgs,
    context: RequestContext,
  ): Promise<Page<Installment> | null> {
    refuseOutsiders(context.actor, 'installments');
    return context.load(this.loaders[side], { parentId, args });
  }
}

function requestOf(
  { actor, now }: LoaderContext,
  { filter, orderBy }: InstallmentListArgs,
): Omit<ListRequest, 'arguments'> {
  return installmentList({
    actor,
    now,
    descending: orderBy?.direction === 'DESC',
    states: filter?.state?.in ?? null,
    funderId: filteredId('funder', 'funder', filter?.funder),
    granteeId: filteredId('grantee', 'grantee', filter?.grantee),
    dueOn: filter?.dueOn ?? {},
    isLate: filter?.isLate ?? null,
  });
}
