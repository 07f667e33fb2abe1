import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/requires.js';
import { ConnectionArgs } from '../../platform/api/connection.js';
import { loadById } from '../../platform/api/loader.js';
import type { Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { NarrativeReport, ReportVersion } from './narrative-report.entity.js';
import {
  NarrativeReportConnection,
  NarrativeReportType,
  NarrativeReportVersionConnection,
} from './narrative-report.type.js';
import { NarrativeReportsArgs } from './narrative-reports.inputs.js';
import { reportById } from './narrative-reports.loaders.js';
import { NarrativeReports } from './narrative-reports.service.js';

@Resolver(() => NarrativeReportType)
export class NarrativeReportsResolver {
  constructor(private readonly reports: NarrativeReports) {}

  @Requires('GRANTEE')
  @Query(() => NarrativeReportType, {
    nullable: true,
    description: 'One of your own reports. A funder reads what was shared with it: see `reportShare`.',
  })
  narrativeReport(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: RequestContext,
  ): Promise<NarrativeReport | null> {
    return loadById(context, reportById, 'report', id);
  }

  @Requires('GRANTEE')
  @Query(() => NarrativeReportConnection, {
    name: 'narrativeReports',
    description: 'Your own reports, newest first. A funder reads what was shared with it: see `reportShares`.',
  })
  list(
    @Args() list: NarrativeReportsArgs,
    @Context() { actor, reader }: RequestContext,
  ): Promise<Page<NarrativeReport>> {
    return this.reports.list(actor, reader, list);
  }

  @ResolveField(() => NarrativeReportVersionConnection, {
    description: 'Every text it was submitted or corrected to, the newest first; none for a draft.',
  })
  versions(
    @Parent() { id }: NarrativeReport,
    @Args() page: ConnectionArgs,
    @Context() context: RequestContext,
  ): Promise<Page<ReportVersion> | null> {
    return this.reports.versions(context, id, page);
  }
}
