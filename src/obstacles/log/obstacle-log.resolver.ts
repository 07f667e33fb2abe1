import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Requires } from '../../platform/access/requires.js';
import { ConnectionArgs } from '../../platform/api/connection.js';
import type { Page } from '../../platform/api/page.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import type { Answer } from '../../platform/idempotency/mutations.service.js';
import {
  LogObstacleInput,
  OpenObstacleTierInput,
  ReopenObstacleInput,
  ResolveObstacleInput,
  WithdrawObstacleInput,
} from './obstacle-log.inputs.js';
import type { ObstacleEvent } from './obstacle-log.service.js';
import { ObstacleLog } from './obstacle-log.service.js';
import {
  LogObstaclePayload,
  ObstacleEventConnection,
  OpenObstacleTierPayload,
  ReopenObstaclePayload,
  ResolveObstaclePayload,
  WithdrawObstaclePayload,
} from './obstacle-log.type.js';
import { ObstacleProgress } from './obstacle-progress.service.js';

@Resolver()
export class ObstacleLogResolver {
  constructor(
    private readonly obstacleLog: ObstacleLog,
    private readonly progress: ObstacleProgress,
  ) {}

  @Requires('GRANTEE')
  @Query(() => ObstacleEventConnection, {
    name: 'obstacleEvents',
    description:
      "The caller's own stream about its hidden obstacles, oldest first, never skipping a late commit. Nobody else has it. After the network was restored from a backup a cursor of before is refused with `FEED_RESTORED`: then read from the beginning again.",
  })
  events(@Args() page: ConnectionArgs, @Context() { actor }: RequestContext): Promise<Page<ObstacleEvent>> {
    return this.obstacleLog.events(actor, page);
  }

  @Requires('GRANTEE')
  @Mutation(() => LogObstaclePayload, {
    description:
      'Logs an obstacle for those its tier names; `tier` also says what statistics may tell about you. Errors: UNKNOWN_OBSTACLE_CODE, FUNDER_NEEDED, NOT_GROUNDED, STEWARD_NOT_DECLARED, STEWARD_IS_CONCERNED, DATE_OUT_OF_RANGE. Notices: SUBMISSION_DIFFERS, beside the first obstacle, when this call says something else.',
  })
  logObstacle(@Args('input') input: LogObstacleInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.obstacleLog.log(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => OpenObstacleTierPayload, {
    description:
      'Lets more people see it; there is no way back. Shared, it begins anew for the funder: its own dates and version. Errors: NOT_FOUND, STALE_VERSION, TIER_CANNOT_CLOSE, ACTION_NOT_ALLOWED, FUNDER_NEEDED, NOT_GROUNDED, STEWARD_NOT_DECLARED, STEWARD_IS_CONCERNED.',
  })
  openObstacleTier(@Args('input') input: OpenObstacleTierInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.obstacleLog.openTier(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => ResolveObstaclePayload, {
    description: 'Only the grantee says that it is over. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED.',
  })
  resolveObstacle(@Args('input') input: ResolveObstacleInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.progress.resolve(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => ReopenObstaclePayload, {
    description:
      'It is an obstacle again; a shared one has a new `respondBy`. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED.',
  })
  reopenObstacle(@Args('input') input: ReopenObstacleInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.progress.reopen(actor, input);
  }

  @Requires('GRANTEE')
  @Mutation(() => WithdrawObstaclePayload, {
    description:
      'Takes it back; a funder it was shared with keeps its id and date, and no text. Errors: NOT_FOUND, STALE_VERSION, ACTION_NOT_ALLOWED.',
  })
  withdrawObstacle(@Args('input') input: WithdrawObstacleInput, @Context() { actor }: RequestContext): Promise<Answer> {
    return this.progress.withdraw(actor, input);
  }
}
