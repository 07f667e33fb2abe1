import { ArgsType, Field, InputType, registerEnumType } from '@nestjs/graphql';
import { ConnectionArgs } from '../platform/api/connection.js';
import { NestedField } from '../platform/api/fields.js';
import type { Order, OrderDirection } from '../platform/api/order.js';
import { OrderDirections } from '../platform/api/order.js';
import type { ObstacleState, Tier } from './obstacle.lifecycle.js';
import { ObstacleStates, ObstacleTiers } from './obstacle.type.js';

export const ObstacleOrderFields = { LOGGED_AT: 'LOGGED_AT' } as const;
export type ObstacleOrderField = keyof typeof ObstacleOrderFields;
registerEnumType(ObstacleOrderFields, {
  name: 'ObstacleOrderField',
  valuesMap: { LOGGED_AT: { description: 'When it was logged; for a funder, when it was shared.' } },
});

@InputType()
export class ObstacleOrder implements Order<ObstacleOrderField> {
  @Field(() => ObstacleOrderFields)
  field: ObstacleOrderField;

  @Field(() => OrderDirections)
  direction: OrderDirection;
}

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

  @Field(() => ObstacleOrder, { nullable: true, description: 'Newest first when left out.' })
  orderBy?: ObstacleOrder | null;
}
