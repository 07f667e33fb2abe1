import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/requires.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { MoveExpectationPayload, ReportingExpectationType, WaiveExpectationPayload } from './expectation.type.js';
import { MoveExpectationInput, WaiveExpectationInput } from './expectations.inputs.js';
import { Expectations } from './expectations.service.js';

@Resolver(() => ReportingExpectationType)
export class ExpectationsResolver {
  constructor(private readonly expectations: Expectations) {}

  @Requires('GRANTEE')
  @Mutation(() => MoveExpectationPayload, {
    description:
      'Moves a report later, without asking, by up to 90 days in all; the original day stays. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED, EXPECTATION_MOVED_TOO_FAR, EXPECTATION_ALREADY_MET, EXPECTATION_WAIVED.',
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
