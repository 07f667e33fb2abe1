import { ObjectType } from '@nestjs/graphql';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { obstacleById } from '../obstacle.loaders.js';
import { ObstacleType } from '../obstacle.type.js';

@ObjectType()
export class AcknowledgeObstaclePayload extends Payload {
  @PayloadEntity(() => ObstacleType, obstacleById)
  obstacle: ObstacleType | null;
}

@ObjectType()
export class RespondToObstaclePayload extends Payload {
  @PayloadEntity(() => ObstacleType, obstacleById)
  obstacle: ObstacleType | null;
}
