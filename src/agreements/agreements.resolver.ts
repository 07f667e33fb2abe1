import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FunderType } from '../funders/funder.type.js';
import { GranteeType } from '../grantees/grantee.type.js';
import { Requires } from '../platform/access/requires.js';
import { loadById } from '../platform/api/loader.js';
import type { Page } from '../platform/api/page.js';
import type { RequestContext } from '../platform/api/request-context.js';
import { AgreementListArgs } from './lists/agreement-list.inputs.js';
import { AgreementLists } from './lists/agreement-lists.service.js';
import { AgreementConnection, GrantAgreement } from './agreement.type.js';
import { agreementById } from './agreements.loaders.js';
import type { Agreement } from './agreements.store.js';

@Resolver(() => GrantAgreement)
export class AgreementsResolver {
  constructor(private readonly lists: AgreementLists) {}

  @Requires('FUNDER', 'GRANTEE', 'STEWARD')
  @Query(() => GrantAgreement, {
    nullable: true,
    description:
      'Null when there is none, or it is not yours; also for a text that is no id of an agreement (`agr_…`).',
  })
  agreement(@Args('id', { type: () => ID }) id: string, @Context() context: RequestContext): Promise<Agreement | null> {
    return loadById(context, agreementById, 'agreement', id);
  }

  @Requires('FUNDER', 'GRANTEE', 'STEWARD')
  @Query(() => AgreementConnection, {
    name: 'agreements',
    description:
      "A funder's own, drafts included; a grantee's from the first offer on; to the steward all that were offered or recorded. Errors: PAGE_TOO_LARGE, INVALID_PAGE, INVALID_CURSOR, INVALID_ID, RANGES_DO_NOT_COMBINE, ORDER_DOES_NOT_FIT, ORDER_NEEDS_CURRENCY, UNKNOWN_CURRENCY, MONEY_TOO_PRECISE, MONEY_OUT_OF_RANGE.",
  })
  list(@Args() args: AgreementListArgs, @Context() context: RequestContext): Promise<Page<Agreement>> {
    return this.lists.list(context, args);
  }
}

const BELOW = {
  nullable: true,
  description:
    'Those between it and the caller; the steward sees all that were offered. Null, with an error, for others.',
} as const;

@Resolver(() => FunderType)
export class FunderAgreementsResolver {
  constructor(private readonly lists: AgreementLists) {}

  @ResolveField(() => AgreementConnection, BELOW)
  agreements(
    @Parent() { id }: { id: string },
    @Args() args: AgreementListArgs,
    @Context() context: RequestContext,
  ): Promise<Page<Agreement> | null> {
    return this.lists.below('FUNDER', id, args, context);
  }
}

@Resolver(() => GranteeType)
export class GranteeAgreementsResolver {
  constructor(private readonly lists: AgreementLists) {}

  @ResolveField(() => AgreementConnection, BELOW)
  agreements(
    @Parent() { id }: { id: string },
    @Args() args: AgreementListArgs,
    @Context() context: RequestContext,
  ): Promise<Page<Agreement> | null> {
    return this.lists.below('GRANTEE', id, args, context);
  }
}
