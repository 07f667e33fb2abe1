import { ArgsType, Field, InputType, registerEnumType } from '@nestjs/graphql';
import { ConnectionArgs } from '../platform/api/connection.js';
import { NestedField } from '../platform/api/fields.js';
import type { ObstacleState, Tier } from './obstacle.lifecycle.js';
import { ObstacleStates, ObstacleTiers } from './obstacle.type.js';

export const ObstacleOrders = { NEWEST_FIRST: 'NEWEST_FIRST', OLDEST_FIRST: 'OLDEST_FIRST' } as const;
export type ObstacleOrder = keyof typeof ObstacleOrders;
registerEnumType(ObstacleOrders, {
  name: 'ObstacleOrder',
  description: 'By when it was logged; for a funder by when it was shared.',
});

@InputType()
export class ObstacleStateFilter {
  @Field(() => [ObstacleStates])
  in: ObstacleState[];
}

@InputType()
export class ObstacleTierFilter {
  @Field(() => [ObstacleTiers])
  in: Tier[];
}

@InputType()
export class ObstacleCodeFilter {
  @Field(() => [String])
  in: string[];
}

@InputType()
export class ObstacleFilter {
  @NestedField(() => ObstacleStateFilter, { nullable: true })
  state?: ObstacleStateFilter | null;

  @NestedField(() => ObstacleTierFilter, { nullable: true })
  tier?: ObstacleTierFilter | null;

  @NestedField(() => ObstacleCodeFilter, { nullable: true, description: 'By the main code.' })
  code?: ObstacleCodeFilter | null;
}

@ArgsType()
export class ObstaclesArgs extends ConnectionArgs {
  @Field(() => ObstacleFilter, { nullable: true })
  filter?: ObstacleFilter | null;

  @Field(() => ObstacleOrders, { defaultValue: 'NEWEST_FIRST' })
  orderBy: ObstacleOrder;
}
