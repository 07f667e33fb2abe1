import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { GranteeType } from '../../grantees/grantee.type.js';
import { Requires } from '../../platform/access/requires.js';
import type { Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { AgreementConnection } from '../agreement.type.js';
import type { Agreement } from '../agreements.store.js';
import type { AgreementRevision } from '../terms/revisions.store.js';
import { AgreementRevisionType } from '../terms/terms.type.js';
import { SponsoredAgreementsArgs } from './sponsored-agreements.inputs.js';
import { SponsoredAgreements } from './sponsored-agreements.service.js';

/** `Grantee.sponsoredAgreements`: under `viewer.asGrantee` those whose fiscal sponsor the caller is. */
@Resolver(() => GranteeType)
export class SponsoredAgreementsResolver {
  constructor(private readonly sponsored: SponsoredAgreements) {}

  @ResolveField(() => AgreementConnection, {
    nullable: true,
    description:
      'Agreements of the projects it sponsors, newest first: its own to itself, those with it to a funder, all to the steward. Null, with an error, for others.',
  })
  sponsoredAgreements(
    @Parent() { id }: { id: string },
    @Args() args: SponsoredAgreementsArgs,
    @Context() context: RequestContext,
  ): Promise<Page<Agreement> | null> {
    return this.sponsored.below(id, args, context);
  }

  @Requires('FUNDER', 'GRANTEE', 'STEWARD')
  @Query(() => AgreementRevisionType, {
    nullable: true,
    description:
      'One revision of an agreement, to whom it was shown: also to a fiscal sponsor that agreed to it and is the sponsor no more. Null when there is none.',
  })
  agreementRevision(
    @Args('agreementId', { type: () => ID }) agreementId: string,
    @Args('number', { type: () => Int }) number: number,
    @Context() context: RequestContext,
  ): Promise<AgreementRevision | null> {
    return this.sponsored.revision(agreementId, number, context);
  }
}
