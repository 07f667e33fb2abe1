import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { FunderType } from '../../funders/funder.type.js';
import { GranteeType } from '../../grantees/grantee.type.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { CashFlow } from './cash-flow.service.js';
import type { CashFlowRow } from './cash-flow.store.js';
import { CashFlowArgs, CashFlowMonth } from './cash-flow.type.js';

const MONTHS = {
  nullable: true,
  description:
    "Money by month and currency, of the caller's own agreements with it; amounts in different currencies are never added. Null, with an error, for others. Errors: DATE_OUT_OF_RANGE.",
} as const;

@Resolver(() => FunderType)
export class FunderCashFlowResolver {
  constructor(private readonly service: CashFlow) {}

  @ResolveField(() => [CashFlowMonth], MONTHS)
  cashFlow(
    @Parent() { id }: { id: string },
    @Args() args: CashFlowArgs,
    @Context() context: RequestContext,
  ): Promise<CashFlowRow[] | null> {
    return this.service.of('FUNDER', id, args, context);
  }
}

@Resolver(() => GranteeType)
export class GranteeCashFlowResolver {
  constructor(private readonly service: CashFlow) {}

  @ResolveField(() => [CashFlowMonth], MONTHS)
  cashFlow(
    @Parent() { id }: { id: string },
    @Args() args: CashFlowArgs,
    @Context() context: RequestContext,
  ): Promise<CashFlowRow[] | null> {
    return this.service.of('GRANTEE', id, args, context);
  }
}
