import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/requires.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { GrantAgreement } from '../agreement.type.js';
import { Drafts } from './drafts.service.js';
import {
  AcceptAgreementInput,
  DeclineAgreementInput,
  DiscardAgreementInput,
  DraftAgreementInput,
  OfferAgreementInput,
  RenewAgreementInput,
  RequestAgreementChangesInput,
  ReviseAgreementInput,
  WithdrawAgreementInput,
} from './negotiation.inputs.js';
import {
  AcceptAgreementPayload,
  DeclineAgreementPayload,
  DiscardAgreementPayload,
  DraftAgreementPayload,
  OfferAgreementPayload,
  RenewAgreementPayload,
  RequestAgreementChangesPayload,
  ReviseAgreementPayload,
  WithdrawAgreementPayload,
} from './negotiation.type.js';
import { Offers } from './offers.service.js';

const COMMON = 'NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED, FOR_ANOTHER_PARTY';

@Resolver(() => GrantAgreement)
export class DraftsResolver {
  constructor(private readonly drafts: Drafts) {}

  @Requires('FUNDER')
  @Mutation(() => DraftAgreementPayload, {
    description:
      'Writes an agreement that only the funder sees. A draft may be unfinished: whether installments lie within the term and sum to the amount is asked by `offerAgreement`. Errors: NOT_FOUND, SAME_PARTIES, SPONSOR_IS_FUNDER, TERM_INVALID, LOBBYING_REASON_NEEDED, UNKNOWN_CURRENCY, CURRENCY_MISMATCH, MONEY_TOO_PRECISE, MONEY_OUT_OF_RANGE. Notices: DUE_BEFORE_ACCEPTANCE.',
  })
  draftAgreement(@Args('input') input: DraftAgreementInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.drafts.draft(actor, input);
  }

  @Requires('FUNDER')
  @Mutation(() => ReviseAgreementPayload, {
    description: `Replaces the terms of a draft; after the grantee requested changes, writes the next revision, unseen until it is offered. Errors: ${COMMON}, and those of \`draftAgreement\`. Notices: DUE_BEFORE_ACCEPTANCE.`,
  })
  reviseAgreement(@Args('input') input: ReviseAgreementInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.drafts.revise(actor, input);
  }

  @Requires('FUNDER')
  @Mutation(() => DiscardAgreementPayload, { description: `Removes what was never offered. Errors: ${COMMON}.` })
  discardAgreement(@Args('input') input: DiscardAgreementInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.drafts.discard(actor, input);
  }

  @Requires('FUNDER')
  @Mutation(() => RenewAgreementPayload, {
    description:
      'Copies the terms of an agreement, also an imported one, into a new draft with later days. Errors: NOT_FOUND, ACTION_NOT_ALLOWED, SAME_PARTIES, SPONSOR_IS_FUNDER. Notices: DUE_BEFORE_ACCEPTANCE.',
  })
  renewAgreement(@Args('input') input: RenewAgreementInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.drafts.renew(actor, input);
  }
}

@Resolver(() => GrantAgreement)
export class OffersResolver {
  constructor(private readonly offers: Offers) {}

  @Requires('FUNDER')
  @Mutation(() => OfferAgreementPayload, {
    description: `Shows the newest terms to the grantee; from now on each sees the other's contact. Errors: ${COMMON}, INSTALLMENTS_DO_NOT_SUM, INSTALLMENT_OUTSIDE_TERM, TOO_MANY_EXPECTATIONS, DATE_OUT_OF_RANGE. Notices: DUE_BEFORE_ACCEPTANCE.`,
  })
  offerAgreement(@Args('input') input: OfferAgreementInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.offers.offer(actor, input);
  }

  @Requires('FUNDER')
  @Mutation(() => WithdrawAgreementPayload, {
    description: `Takes an offer back before it is accepted. Errors: ${COMMON}.`,
  })
  withdrawAgreement(
    @Args('input') input: WithdrawAgreementInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.offers.withdraw(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => AcceptAgreementPayload, {
    description: `Agrees to the revision it names. A sponsored project is ACTIVE once group and sponsor both have; until then either can still decline. Time zone and deadlines are fixed by the last. Errors: ${COMMON}, REVISION_MISMATCH, ALREADY_AGREED.`,
  })
  acceptAgreement(@Args('input') input: AcceptAgreementInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.offers.accept(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => DeclineAgreementPayload, { description: `Says no. Errors: ${COMMON}.` })
  declineAgreement(@Args('input') input: DeclineAgreementInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.offers.decline(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => RequestAgreementChangesPayload, {
    description: `Says what it would rather have; the funder can offer again. Errors: ${COMMON}.`,
  })
  requestAgreementChanges(
    @Args('input') input: RequestAgreementChangesInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.offers.requestChanges(actor, input);
  }
}
