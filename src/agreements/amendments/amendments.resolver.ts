import { Args, Context, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/requires.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { GrantAgreement } from '../agreement.type.js';
import { agreementById } from '../agreements.loaders.js';
import type { Agreement } from '../agreements.store.js';
import type { TermsChange } from '../terms/terms-comparison.rules.js';
import { RevisionChange } from '../terms/terms-comparison.type.js';
import { compareRevisions } from '../terms/revisions.loaders.js';
import {
  AcceptAmendmentPayload,
  DeclineAmendmentPayload,
  ProposeAmendmentPayload,
  WithdrawAmendmentPayload,
} from './amendment-payloads.type.js';
import { AmendmentType } from './amendment.type.js';
import {
  AcceptAmendmentInput,
  DeclineAmendmentInput,
  ProposeAmendmentInput,
  WithdrawAmendmentInput,
} from './amendments.inputs.js';
import { amendmentsByAgreement } from './amendments.loaders.js';
import { AmendmentAnswers } from './amendment-answers.service.js';
import { Amendments } from './amendments.service.js';
import type { Amendment } from './amendments.store.js';

const FIT =
  'INSTALLMENT_HAS_MONEY, BELOW_SENT, INSTALLMENT_OUTSIDE_TERM, TERM_INVALID, AMENDMENT_WRONG_WAY, AMENDMENT_LEAVES_NOTHING, EXPECTATION_ALREADY_MET, EXPECTATION_WAIVED, TOO_MANY_ITEMS';
const COMMON = 'NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED';

@Resolver(() => AmendmentType)
export class AmendmentsResolver {
  constructor(
    private readonly amendments: Amendments,
    private readonly answers: AmendmentAnswers,
  ) {}

  @Requires('FUNDER', 'GRANTEE')
  @Mutation(() => ProposeAmendmentPayload, {
    description: `Proposes to change an active agreement. What is good for the grantee takes effect at once when the funder does it, also beside an open proposal, which is then stale; all else waits for the other party, one at a time. It starts from the terms as they will be on \`effectiveOn\`, with what was agreed for days until then; what takes effect at once starts from those of now. Errors: NOT_FOUND, ACTION_NOT_ALLOWED, FOR_ANOTHER_PARTY, NOT_SPONSORED, NEW_SPONSOR_UNFIT, REVISION_MISMATCH, AMENDMENT_OPEN, AMENDMENT_FIELD_NEEDED, AMENDMENT_FIELD_UNFIT, NOTICE_TOO_SHORT, ${FIT}, UNKNOWN_CURRENCY, CURRENCY_MISMATCH, MONEY_TOO_PRECISE, MONEY_OUT_OF_RANGE.`,
  })
  proposeAmendment(@Args('input') input: ProposeAmendmentInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.amendments.propose(actor, input);
  }

  @Requires('FUNDER', 'GRANTEE')
  @Mutation(() => AcceptAmendmentPayload, {
    description: `Agrees to what the other party proposed. Once all have agreed whose consent it takes (\`stillNeeded\`), it takes effect on its day, or now if that is past; until then the old schedule counts, and the funder can withdraw it. On its day it changes what is left to change; when that is nothing, it is \`LAPSED\`. Errors: ${COMMON}, ALREADY_AGREED, NEW_SPONSOR_FIRST, AMENDMENT_STALE, NOTICE_TOO_SHORT, MONEY_IN_FLIGHT, ${FIT}.`,
  })
  acceptAmendment(@Args('input') input: AcceptAmendmentInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.answers.accept(actor, input);
  }

  @Requires('FUNDER', 'GRANTEE')
  @Mutation(() => DeclineAmendmentPayload, {
    description: `Says no to what the other party proposed. Errors: ${COMMON}.`,
  })
  declineAmendment(@Args('input') input: DeclineAmendmentInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.answers.decline(actor, input);
  }

  @Requires('FUNDER', 'GRANTEE')
  @Mutation(() => WithdrawAmendmentPayload, {
    description: `Takes one's own proposal back; as the funder also what was accepted, whoever proposed it, until its day begins. What was agreed for later days stays agreed; a proposal that started from it becomes stale. Errors: ${COMMON}.`,
  })
  withdrawAmendment(
    @Args('input') input: WithdrawAmendmentInput,
    @Context() { actor }: RequestContext,
  ): Promise<Answer> {
    return this.answers.withdraw(actor, input);
  }

  @ResolveField(() => GrantAgreement, { nullable: true })
  agreement(@Parent() { agreementId }: Amendment, @Context() context: RequestContext): Promise<Agreement | null> {
    return context.load(agreementById, agreementId);
  }
}

@Resolver(() => GrantAgreement)
export class AgreementAmendmentsResolver {
  @ResolveField(() => [AmendmentType], { description: 'All that was proposed, in order.' })
  amendments(@Parent() { id }: Agreement, @Context() context: RequestContext): Promise<Amendment[] | null> {
    return context.load(amendmentsByAgreement, id);
  }

  @ResolveField(() => [RevisionChange], {
    description:
      'In what two revisions differ, as far as the caller may see both. Errors: NOT_FOUND for one that is not there.',
  })
  compareRevisions(
    @Parent() { id }: Agreement,
    @Args('from', { type: () => Int }) from: number,
    @Args('to', { type: () => Int }) to: number,
    @Context() context: RequestContext,
  ): Promise<TermsChange[]> {
    return compareRevisions(id, from, to, context);
  }
}
