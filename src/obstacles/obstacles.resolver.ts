import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { Requires } from '../platform/access/requires.js';
import type { Page } from '../platform/api/page.js';
import type { RequestContext } from '../platform/api/request-context.js';
import { ObstacleConnection, ObstacleType } from './obstacle.type.js';
import { ObstaclesArgs } from './obstacles.inputs.js';
import type { Obstacle } from './obstacles.service.js';
import { Obstacles } from './obstacles.service.js';

@Resolver(() => ObstacleType)
export class ObstaclesResolver {
  constructor(private readonly obstacles: Obstacles) {}

  @Requires('FUNDER', 'GRANTEE', 'STEWARD')
  @Query(() => ObstacleType, {
    name: 'obstacle',
    nullable: true,
    description: 'One obstacle, or null when there is none or it is not for the caller to see.',
  })
  find(@Args('id', { type: () => ID }) id: string, @Context() context: RequestContext): Promise<Obstacle | null> {
    return this.obstacles.find(context, id);
  }

  @Requires('FUNDER', 'GRANTEE', 'STEWARD')
  @Query(() => ObstacleConnection, {
    name: 'obstacles',
    description:
      "A grantee's own; for a funder those shared with it; for the steward all but AGGREGATE_ONLY ones. A grantee finds its AGGREGATE_ONLY ones only with a key of the line that logged them.",
  })
  list(@Args() args: ObstaclesArgs, @Context() context: RequestContext): Promise<Page<Obstacle>> {
    return this.obstacles.list(context, args);
  }
}
