import { Injectable } from '@nestjs/common';
import { Currencies } from '../../platform/api/currencies.service.js';
import { filteredId } from '../../platform/api/filtered-id.js';
import type { LoaderContext } from '../../platform/api/loader.js';
import type { ListRequest, Page } from '../../platform/api/page.js';
import { readPage } from '../../platform/api/page.js';
import type { MoneyRange } from '../../platform/api/ranges.inputs.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { CursorCipher } from '../../platform/db/cursor.service.js';
import { Refusal } from '../../platform/errors/refusal.js';
import type { Agreement } from '../agreements.store.js';
import type { AgreementListArgs } from './agreement-list.inputs.js';
import type { AgreementListQuery } from './agreement-lists.store.js';
import { agreementList } from './agreement-lists.store.js';
import { orderOf } from './agreement-order.rules.js';
import { loadStateCorrections } from './states-behind.loaders.js';
import type { BelowParty, Side } from '../pages-below.loaders.js';
import { pagesBelowParties, refuseOutsiders } from '../pages-below.loaders.js';

type ListOf = Omit<ListRequest, 'arguments'>;

@Injectable()
export class AgreementLists {
  private readonly loaders: BelowParty<AgreementListArgs, Agreement>;

  constructor(
    private readonly cipher: CursorCipher,
    private readonly currencies: Currencies,
  ) {
    const request = (context: LoaderContext, args: AgreementListArgs): Promise<ListOf> => this.requestOf(context, args);
    this.loaders = pagesBelowParties({ name: 'agreements', alias: 'a', request }, cipher);
  }

  async list(context: RequestContext, args: AgreementListArgs): Promise<Page<Agreement>> {
    return readPage(context.reader, this.cipher, { ...(await this.requestOf(context, args)), arguments: args });
  }

  /** The agreements below a funder or a grantee, as far as they are the caller's own. */
  below(
    side: Side,
    parentId: string,
    args: AgreementListArgs,
    context: RequestContext,
  ): Promise<Page<Agreement> | null> {
    refuseOutsiders(context.actor, 'agreements');
    return context.load(this.loaders[side], { parentId, args });
  }

  private async requestOf(context: LoaderContext, { filter, orderBy }: AgreementListArgs): Promise<ListOf> {
    const order = orderOf(filter ?? {}, orderBy ?? null);
    if ('code' in order) throw new Refusal([order]);
    const states = filter?.state?.in ?? null;
    return agreementList({
      actor: context.actor,
      now: context.now,
      order,
      states,
      corrections: await loadStateCorrections(states, context),
      funderId: filteredId('funder', 'funder', filter?.funder),
      granteeId: filteredId('grantee', 'grantee', filter?.grantee),
      countries: filter?.granteeCountry?.in ?? null,
      nextDueOn: filter?.nextDueOn ?? {},
      endsOn: filter?.endsOn ?? {},
      updatedAt: filter?.updatedAt ?? {},
      isLate: filter?.isLate ?? null,
      committed: filter?.committed ? this.amounts(filter.committed) : null,
    });
  }

  private amounts({ currency, gte, lte }: MoneyRange): AgreementListQuery['committed'] {
    const path = ['filter', 'committed'];
    const read = (end: 'gte' | 'lte', amount: string): bigint =>
      this.currencies.readAt({ amount, currency }, { currency: [...path, 'currency'], amount: [...path, end] }, 0n)
        .minor;
    return { currency, gte: gte == null ? null : read('gte', gte), lte: lte == null ? null : read('lte', lte) };
  }
}
