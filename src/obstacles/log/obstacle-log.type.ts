import { Field, ID, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../platform/api/connection.js';
import { Edge, PublicId } from '../../platform/api/derived.js';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { DateTimeScalar } from '../../platform/api/scalars/scalars.js';
import { obstacleById } from '../obstacle.loaders.js';
import { ObstacleType } from '../obstacle.type.js';
import type { ObstacleEvent } from './entries.store.js';

@ObjectType('ObstacleEvent', {
  description:
    'What happened to an obstacle while only its owner (and for CONFIDENTIAL ones the steward) could see it. From sharing on its events are in `events`.',
})
export class ObstacleEventType {
  @PublicId('event')
  @Field(() => ID)
  id: string;

  @Field(() => String, {
    description:
      "Past tense, such as OBSTACLE_LOGGED or OBSTACLE_OPENED_TO_SHARED. OBSTACLE_CLOSED_TO_STEWARD: it concerns an organization that turned out to be the steward's own, so the steward reads it no more; told within minutes.",
  })
  type: string;

  @Field(() => DateTimeScalar)
  at: Date;

  @Edge<ObstacleEvent, object>(obstacleById, (row) => row.obstacleId)
  @Field(() => ObstacleType, { nullable: true })
  obstacle: ObstacleType | null;
}

export const ObstacleEventConnection = connectionOf(() => ObstacleEventType, 'ObstacleEvent');

@ObjectType()
export class LogObstaclePayload extends Payload {
  @PayloadEntity(() => ObstacleType, obstacleById)
  obstacle: ObstacleType | null;
}

@ObjectType()
export class OpenObstacleTierPayload extends Payload {
  @PayloadEntity(() => ObstacleType, obstacleById)
  obstacle: ObstacleType | null;
}

@ObjectType()
export class ResolveObstaclePayload extends Payload {
  @PayloadEntity(() => ObstacleType, obstacleById)
  obstacle: ObstacleType | null;
}

@ObjectType()
export class ReopenObstaclePayload extends Payload {
  @PayloadEntity(() => ObstacleType, obstacleById)
  obstacle: ObstacleType | null;
}

@ObjectType()
export class WithdrawObstaclePayload extends Payload {
  @PayloadEntity(() => ObstacleType, obstacleById)
  obstacle: ObstacleType | null;
}
