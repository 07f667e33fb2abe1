import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Public, Requires } from '../../platform/access/requires.js';
import { ConnectionArgs } from '../../platform/api/connection.js';
import type { Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { PeriodFigures } from '../published/period-figures.rules.js';
import {
  ObstacleGuaranteeType,
  ObstacleReleaseConnection,
  SealObstacleReleasePayload,
} from './obstacle-release.type.js';
import type { PublishedRelease } from '../releases.service.js';
import { ObstacleReleases } from '../releases.service.js';
import { SealObstacleReleaseInput } from '../sealing/sealing.inputs.js';
import type { SealAnswer } from '../sealing/sealing.service.js';
import { Sealing } from '../sealing/sealing.service.js';
import { ObstacleStatisticsArgs } from './statistics.inputs.js';
import { ObstacleStatistics } from './statistics.service.js';
import { ObstacleStatisticsType } from './statistics.type.js';
import type { Epsilons } from '../views.rules.js';

@Resolver()
export class StatisticsResolver {
  constructor(
    private readonly releases: ObstacleReleases,
    private readonly statistics: ObstacleStatistics,
    private readonly sealing: Sealing,
  ) {}

  @Public()
  @Query(() => ObstacleReleaseConnection, {
    description: 'What is sealed of the obstacle log, the latest period first. Readable without a key.',
  })
  obstacleReleases(
    @Args() page: ConnectionArgs,
    @Context() { reader }: RequestContext,
  ): Promise<Page<PublishedRelease>> {
    return this.releases.list(reader, page);
  }

  @Public()
  @Query(() => [ObstacleStatisticsType], {
    description:
      'Published figures of one view, a period each, in the order asked for (the latest first when no period is named). Periods without figures in this view are left out. Readable without a key. Errors: NOT_A_PERIOD.',
  })
  obstacleStatistics(
    @Args() { view, periods, filter }: ObstacleStatisticsArgs,
    @Context() { reader }: RequestContext,
  ): Promise<PeriodFigures[]> {
    const [kinds, categories, regions, funderIds] = [
      filter?.kind?.in,
      filter?.category?.in,
      filter?.region?.in,
      filter?.funderId?.in,
    ];
    return this.statistics.figures(reader, view, periods, { kinds, categories, regions, funderIds });
  }

  @Public()
  @Query(() => ObstacleGuaranteeType, {
    description:
      'What statistics may reveal about one organization, by the settings in force: show it where a grantee logs an obstacle.',
  })
  obstacleGuarantee(): Epsilons {
    return this.sealing.epsilons;
  }

  @Requires('STEWARD')
  @Mutation(() => SealObstacleReleasePayload, {
    description:
      'Closes a quarter, or a year after its quarters, for good and publishes its figures; the service does so by itself, from fourteen days after the end of the period. Try it with `dryRun` first. Errors: NOT_A_PERIOD, PERIOD_STILL_OPEN, PERIOD_ALREADY_SEALED, QUARTERS_STILL_OPEN, LEDGER_EXHAUSTED, CLOCKS_DISAGREE. Notices: NETWORK_TOO_SMALL, when the period closes without figures.',
  })
  sealObstacleRelease(
    @Args('input') input: SealObstacleReleaseInput,
    @Context() { actor }: RequestContext,
  ): Promise<SealAnswer> {
    return this.sealing.seal(actor, input);
  }
}
