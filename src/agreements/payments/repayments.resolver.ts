import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/requires.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { RecordRepaymentPayload, RepaymentType } from './repayment.type.js';
import { RecordRepaymentInput } from './repayments.inputs.js';
import { Repayments } from './repayments.service.js';

@Resolver(() => RepaymentType)
export class RepaymentsResolver {
  constructor(private readonly repayments: Repayments) {}

  @Requires('GRANTEE')
  @Mutation(() => RecordRepaymentPayload, {
    description:
      'Says that received money went back. Its installment is open again as far as it is no longer covered, and a completed agreement with it. Errors: NOT_FOUND, ACTION_NOT_ALLOWED, FOR_ANOTHER_PARTY, CURRENCY_MISMATCH, REPAYMENT_ABOVE_PAYMENT, DATE_OUT_OF_RANGE.',
  })
  recordRepayment(@Args('input') input: RecordRepaymentInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.repayments.record(actor, input);
  }
}
