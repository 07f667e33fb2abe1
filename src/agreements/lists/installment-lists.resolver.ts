import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FunderType } from '../../funders/funder.type.js';
import { GranteeType } from '../../grantees/grantee.type.js';
import { Requires } from '../../platform/access/requires.js';
import type { Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { InstallmentConnection, InstallmentType } from '../payments/installment.type.js';
import type { Installment } from '../payments/payments.store.js';
import { InstallmentListArgs } from './installment-list.inputs.js';
import { InstallmentLists } from './installment-lists.service.js';

const WHAT =
  'The installments of agreements that were accepted, by the day they are due, as written: what an amendment moves by the clock is moved by a job at that instant.';

@Resolver(() => InstallmentType)
export class InstallmentsResolver {
  constructor(private readonly lists: InstallmentLists) {}

  @Requires('FUNDER', 'GRANTEE', 'STEWARD')
  @Query(() => InstallmentConnection, {
    name: 'installments',
    description: `${WHAT} A funder's and a grantee's own; to the steward all. Errors: PAGE_TOO_LARGE, INVALID_PAGE, INVALID_CURSOR, INVALID_ID.`,
  })
  list(@Args() args: InstallmentListArgs, @Context() context: RequestContext): Promise<Page<Installment>> {
    return this.lists.list(context, args);
  }
}

const BELOW = {
  nullable: true,
  description: `${WHAT} Those between it and the caller; the steward sees all. Null, with an error, for others.`,
} as const;

@Resolver(() => FunderType)
export class FunderInstallmentsResolver {
  constructor(private readonly lists: InstallmentLists) {}

  @ResolveField(() => InstallmentConnection, BELOW)
  installments(
    @Parent() { id }: { id: string },
    @Args() args: InstallmentListArgs,
    @Context() context: RequestContext,
  ): Promise<Page<Installment> | null> {
    return this.lists.below('FUNDER', id, args, context);
  }
}

@Resolver(() => GranteeType)
export class GranteeInstallmentsResolver {
  constructor(private readonly lists: InstallmentLists) {}

  @ResolveField(() => InstallmentConnection, BELOW)
  installments(
    @Parent() { id }: { id: string },
    @Args() args: InstallmentListArgs,
    @Context() context: RequestContext,
  ): Promise<Page<Installment> | null> {
    return this.lists.below('GRANTEE', id, args, context);
  }
}
