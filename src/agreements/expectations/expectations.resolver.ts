import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { GranteeType } from '../../grantees/grantee.type.js';
import { Requires } from '../../platform/access/requires.js';
import type { Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import {
  MoveExpectationPayload,
  ReportingExpectationConnection,
  ReportingExpectationType,
  WaiveExpectationPayload,
} from './expectation.type.js';
import { ExpectationsArgs, MoveExpectationInput, WaiveExpectationInput } from './expectations.inputs.js';
import { Expectations } from './expectations.service.js';
import type { Expectation } from './expectations.store.js';

@Resolver(() => ReportingExpectationType)
export class ExpectationsResolver {
  constructor(private readonly expectations: Expectations) {}

  @Requires('GRANTEE')
  @Mutation(() => MoveExpectationPayload, {
    description:
      'Moves the day of a report, without asking, by up to 90 days in all, earlier or later; the original day stays. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED, EXPECTATION_MOVED_TOO_FAR, EXPECTATION_ALREADY_MET, EXPECTATION_WAIVED.',
  })
  moveExpectation(@Args('input') input: MoveExpectationInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.expectations.move(actor, input);
  }

  @Requires('FUNDER')
  @Mutation(() => WaiveExpectationPayload, {
    description:
      'Gives up an expected report. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED, EXPECTATION_ALREADY_MET, EXPECTATION_WAIVED.',
  })
  waiveExpectation(@Args('input') input: WaiveExpectationInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.expectations.waive(actor, input);
  }
}

@Resolver(() => GranteeType)
export class GranteeExpectationsResolver {
  constructor(private readonly service: Expectations) {}

  @ResolveField(() => ReportingExpectationConnection, {
    nullable: true,
    description:
      'The reports that are hoped for under all agreements it accepted, by the day they are expected; a funder sees those of its own agreements. Null, with an error, for others.',
  })
  expectations(
    @Parent() { id }: { id: string },
    @Args() list: ExpectationsArgs,
    @Context() context: RequestContext,
  ): Promise<Page<Expectation> | null> {
    return this.service.ofGrantee(id, list, context);
  }
}
