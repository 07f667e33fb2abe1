import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/requires.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { LegalHoldType, LiftLegalHoldPayload, PlaceLegalHoldPayload } from './legal-hold.type.js';
import { LiftLegalHoldInput, PlaceLegalHoldInput } from './legal-holds.inputs.js';
import { LegalHolds } from './legal-holds.service.js';

@Resolver(() => LegalHoldType)
export class LegalHoldsResolver {
  constructor(private readonly holds: LegalHolds) {}

  @Requires('FUNDER')
  @Mutation(() => PlaceLegalHoldPayload, {
    description:
      'Says that the law keeps an installment back, from now on; days before stay late. Errors: NOT_FOUND, ACTION_NOT_ALLOWED, ALREADY_ON_HOLD.',
  })
  placeLegalHold(@Args('input') input: PlaceLegalHoldInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.holds.place(actor, input);
  }

  @Requires('FUNDER')
  @Mutation(() => LiftLegalHoldPayload, {
    description: 'Says that the law keeps it back no more. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED.',
  })
  liftLegalHold(@Args('input') input: LiftLegalHoldInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.holds.lift(actor, input);
  }
}
