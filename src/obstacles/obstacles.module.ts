import { Module } from '@nestjs/common';
import { ObstacleCodesResolver } from './codes/obstacle-codes.resolver.js';
import { ObstacleCodes } from './codes/obstacle-codes.service.js';
import { ObstacleLogResolver } from './log/obstacle-log.resolver.js';
import { ObstacleLog } from './log/obstacle-log.service.js';
import { ObstacleProgress } from './log/obstacle-progress.service.js';
import { ObstaclesResolver } from './obstacles.resolver.js';
import { Obstacles } from './obstacles.service.js';
import { ObstacleResponsesResolver } from './sharing/obstacle-responses.resolver.js';
import { ObstacleResponses } from './sharing/obstacle-responses.service.js';
import { ObstacleSharing } from './sharing/obstacle-sharing.service.js';

@Module({
  providers: [
    Obstacles,
    ObstaclesResolver,
    ObstacleCodes,
    ObstacleCodesResolver,
    ObstacleLog,
    ObstacleProgress,
    ObstacleLogResolver,
    ObstacleSharing,
    ObstacleResponses,
    ObstacleResponsesResolver,
  ],
  exports: [ObstacleLog, ObstacleProgress, ObstacleResponses],
})
export class ObstaclesModule {}
