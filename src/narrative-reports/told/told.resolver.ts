import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ReportingExpectationType } from '../../agreements/expectations/expectation.type.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { NarrativeReport } from '../reports/narrative-report.entity.js';
import { NarrativeReportType } from '../reports/narrative-report.type.js';
import type { Expected } from './told.loaders.js';
import { reportsTold } from './told.loaders.js';

/** `ReportingExpectation.alreadyTold`: one story is written once. */
@Resolver(() => ReportingExpectationType)
export class AlreadyToldResolver {
  @ResolveField(() => [NarrativeReportType], {
    nullable: true,
    description:
      'Your submitted reports that tell this story already and would meet it if you shared them: those whose period has its middle in the year up to `expectedOn`, and that are not shared with this agreement. At most five, the latest period first; none once it is met or waived. Null for all but the grantee.',
  })
  alreadyTold(@Parent() expectation: Expected, @Context() context: RequestContext): Promise<NarrativeReport[] | null> {
    return context.load(reportsTold, expectation);
  }
}
