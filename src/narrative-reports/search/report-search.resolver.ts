import { Args, Context, Extensions, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { FunderType } from '../../funders/funder.type.js';
import { GranteeType } from '../../grantees/grantee.type.js';
import type { Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { ReportSearchArgs } from './report-search.inputs.js';
import type { ReportFound, ShareFound } from './report-search.service.js';
import { ReportSearch } from './report-search.service.js';
import { NarrativeReportHitConnection, ReportShareHitConnection } from './report-search.type.js';

interface Parented {
  readonly id: string;
}

/** `Funder.searchReports`: in the copies that were shared with it. */
@Resolver(() => FunderType)
export class FunderReportSearchResolver {
  constructor(private readonly search: ReportSearch) {}

  @Extensions({ isSearch: true })
  @ResolveField(() => ReportShareHitConnection, {
    nullable: true,
    description:
      'Searches what was shared with you, the best first, at most the 1,000 best. Only what you can see is looked through. Null for all but the funder itself.',
  })
  searchReports(
    @Parent() { id }: Parented,
    @Args() args: ReportSearchArgs,
    @Context() context: RequestContext,
  ): Promise<Page<ShareFound> | null> {
    return this.search.shares(context, id, args);
  }
}

/** `Grantee.searchReports`: in its own reports. */
@Resolver(() => GranteeType)
export class GranteeReportSearchResolver {
  constructor(private readonly search: ReportSearch) {}

  @Extensions({ isSearch: true })
  @ResolveField(() => NarrativeReportHitConnection, {
    nullable: true,
    description:
      'Searches your own reports, drafts and hidden sections too, in their newest text; the best first, at most the 1,000 best. Null for all but the grantee itself.',
  })
  searchReports(
    @Parent() { id }: Parented,
    @Args() args: ReportSearchArgs,
    @Context() context: RequestContext,
  ): Promise<Page<ReportFound> | null> {
    return this.search.reports(context, id, args);
  }
}
