import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { Currencies } from '../../platform/api/currencies.service.js';
import { filteredId } from '../../platform/api/filtered-id.js';
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
import type { BelowParty, Side } from '../pages-below.loaders.js';
import { pagesBelowParties, refuseOutsiders } from '../pages-below.loaders.js';

@Injectable()
export class AgreementLists {
  private readonly loaders: BelowParty<AgreementListArgs, Agreement>;

  constructor(
    private readonly cipher: CursorCipher,
    private readonly currencies: Currencies,
  ) {
    const request = (actor: Actor, args: AgreementListArgs, now: Date): Omit<ListRequest, 'arguments'> =>
      this.requestOf(actor, args, now);
    this.loaders = pagesBelowParties({ name: 'agreements', alias: 'a', request }, cipher);
  }

  list({ actor, reader, now }: RequestContext, args: AgreementListArgs): Promise<Page<Agreement>> {
    return readPage(reader, this.cipher, { ...this.requestOf(actor, args, now), arguments: args });
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

  private requestOf(actor: Actor, { filter, orderBy }: AgreementListArgs, now: Date): Omit<ListRequest, 'arguments'> {
    const order = orderOf(filter ?? {}, orderBy ?? null);
    if ('code' in order) throw new Refusal([order]);
    return agreementList({
      actor,
      now,
      order,
      states: filter?.state?.in ?? null,
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
