import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { partyTo } from '../../agreements/agreement.lifecycle.js';
import { GrantAgreement } from '../../agreements/agreement.type.js';
import type { AgreementRow } from '../../agreements/agreement.entity.js';
import { ReportingExpectationType } from '../../agreements/expectations/expectation.type.js';
import { FunderType } from '../../funders/funder.type.js';
import { GranteeType } from '../../grantees/grantee.type.js';
import { Requires } from '../../platform/access/requires.js';
import { loadById } from '../../platform/api/loader.js';
import type { Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import { NarrativeReportType } from '../reports/narrative-report.type.js';
import { ReportShareConnection, ReportShareType, UnshareReportPayload } from './report-share.type.js';
import { ReportSharesArgs, UnshareReportInput } from './report-shares.inputs.js';
import { shareById } from './report-shares.loaders.js';
import { ReportShares } from './report-shares.service.js';
import type { ReportShare } from './report-share.entity.js';

interface Parented {
  readonly id: string;
}
type Shares = Promise<Page<ReportShare> | null>;

@Resolver(() => ReportShareType)
export class ReportSharesResolver {
  constructor(private readonly shares: ReportShares) {}

  @Requires('FUNDER', 'GRANTEE')
  @Query(() => ReportShareType, { nullable: true, description: 'A share of which you are the funder or the grantee.' })
  reportShare(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: RequestContext,
  ): Promise<ReportShare | null> {
    return loadById(context, shareById, 'share', id);
  }

  @Requires('FUNDER', 'GRANTEE')
  @Query(() => ReportShareConnection, {
    name: 'reportShares',
    description: 'For a funder what grantees share with it, for a grantee what it shares; newest first.',
  })
  list(@Args() list: ReportSharesArgs, @Context() context: RequestContext): Promise<Page<ReportShare>> {
    return this.shares.list(context, list);
  }

  @Requires('GRANTEE')
  @Mutation(() => UnshareReportPayload, {
    description:
      'Stops sharing; the expectation it met is open again. Only until the funder has answered. Errors: NOT_FOUND, SHARE_ALREADY_ANSWERED, ACTION_NOT_ALLOWED.',
  })
  unshareReport(@Args('input') input: UnshareReportInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.shares.unshare(actor, input);
  }
}

/** `NarrativeReport.shares`: where its grantee has shared it. */
@Resolver(() => NarrativeReportType)
export class SharesOfReportResolver {
  constructor(private readonly service: ReportShares) {}

  @ResolveField(() => ReportShareConnection, { nullable: true, description: 'Where it is shared, newest first.' })
  shares(@Parent() { id }: Parented, @Args() list: ReportSharesArgs, @Context() context: RequestContext): Shares {
    return this.service.pageBelow(context, 'report', id, list);
  }
}

/** `GrantAgreement.reports`: what was told under an agreement. */
@Resolver(() => GrantAgreement)
export class SharesOfAgreementResolver {
  constructor(private readonly service: ReportShares) {}

  @ResolveField(() => ReportShareConnection, {
    nullable: true,
    description:
      'What the grantee shared under this agreement, newest first; its fiscal sponsor reads it too. Null for all but these.',
  })
  reports(
    @Parent() agreement: AgreementRow,
    @Args() list: ReportSharesArgs,
    @Context() context: RequestContext,
  ): Shares {
    const isSponsor = partyTo(agreement, context.actor) === 'SPONSOR';
    return this.service.pageBelow(context, isSponsor ? 'sponsored' : 'agreement', agreement.id, list);
  }
}

/** `Funder.reportShares`: with a funder's key its own, with a grantee's key what it shared with this funder. */
@Resolver(() => FunderType)
export class SharesOfFunderResolver {
  constructor(private readonly service: ReportShares) {}

  @ResolveField(() => ReportShareConnection, {
    nullable: true,
    description: 'What was shared with this funder and is yours to see, newest first. Null without a part in reports.',
  })
  reportShares(@Parent() { id }: Parented, @Args() list: ReportSharesArgs, @Context() context: RequestContext): Shares {
    return this.service.pageBelow(context, 'funder', id, list);
  }
}

/** `Grantee.reportShares`: with a grantee's key its own, with a funder's key what this grantee shared with it. */
@Resolver(() => GranteeType)
export class SharesOfGranteeResolver {
  constructor(private readonly service: ReportShares) {}

  @ResolveField(() => ReportShareConnection, {
    nullable: true,
    description: 'What this grantee shared and is yours to see, newest first. Null without a part in reports.',
  })
  reportShares(@Parent() { id }: Parented, @Args() list: ReportSharesArgs, @Context() context: RequestContext): Shares {
    return this.service.pageBelow(context, 'grantee', id, list);
  }
}

/** `ReportingExpectation.metBy`: the share that met it. */
@Resolver(() => ReportingExpectationType)
export class ShareOfExpectationResolver {
  @ResolveField(() => ReportShareType, { nullable: true, description: 'The share that met it; for its two parties.' })
  metBy(
    @Parent() { metByShareId }: { readonly metByShareId: string | null },
    @Context() context: RequestContext,
  ): Promise<ReportShare | null> | null {
    return metByShareId === null ? null : context.load(shareById, metByShareId);
  }
}
