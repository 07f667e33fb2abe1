import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/requires.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { GrantAgreement } from '../agreement.type.js';
import type { Agreement } from '../agreements.store.js';
import {
  AnnounceDissolutionPayload,
  DissolutionType,
  RecordDissolutionPayload,
  WithdrawDissolutionPayload,
} from './dissolution.type.js';
import { AnnounceDissolutionInput, RecordDissolutionInput, WithdrawDissolutionInput } from './dissolutions.inputs.js';
import { dissolutionsByAgreement } from './dissolutions.loaders.js';
import { Dissolutions } from './dissolutions.service.js';
import type { Dissolution } from './dissolutions.store.js';

@Resolver(() => DissolutionType)
export class DissolutionsResolver {
  constructor(private readonly dissolutions: Dissolutions) {}

  @Requires('STEWARD')
  @Mutation(() => AnnounceDissolutionPayload, {
    description:
      'Gives both parties of an active agreement notice that one of them no longer exists. Nothing else changes until it is recorded. Errors: NOT_FOUND, ACTION_NOT_ALLOWED, DISSOLUTION_ANNOUNCED, TEXT_TOO_SHORT.',
  })
  announceDissolution(
    @Args('input') input: AnnounceDissolutionInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.dissolutions.announce(actor, input);
  }

  @Requires('STEWARD')
  @Mutation(() => RecordDissolutionPayload, {
    description:
      'Ends the agreement, 60 days after the notice at the earliest: of each installment what was received stays and the rest will not come, what is committed becomes what was received, and no report is hoped for any more. A missing payment that arrives later is surplus. Waits for a payment on its way. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED, DISSOLUTION_TOO_EARLY, MONEY_IN_FLIGHT.',
  })
  recordDissolution(
    @Args('input') input: RecordDissolutionInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.dissolutions.record(actor, input);
  }

  @Requires('STEWARD')
  @Mutation(() => WithdrawDissolutionPayload, {
    description: 'Takes the notice back. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED.',
  })
  withdrawDissolution(
    @Args('input') input: WithdrawDissolutionInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.dissolutions.withdraw(actor, input);
  }
}

/** `GrantAgreement.dissolutions`. */
@Resolver(() => GrantAgreement)
export class AgreementDissolutionsResolver {
  @ResolveField(() => [DissolutionType], { description: 'Notices that a party no longer exists, in order.' })
  dissolutions(@Parent() { id }: Agreement, @Context() context: RequestContext): Promise<Dissolution[] | null> {
    return context.load(dissolutionsByAgreement, id);
  }
}
