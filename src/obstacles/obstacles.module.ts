import { Module } from '@nestjs/common';
import { FundersModule } from '../funders/funders.module.js';
import { OrganizationsModule } from '../organizations/organizations.module.js';
import { ObstacleCodesResolver } from './codes/obstacle-codes.resolver.js';
import { ObstacleCodes } from './codes/obstacle-codes.service.js';
import { ClosedEntries } from './log/closed-entries.service.js';
import { ObstacleEntries } from './log/obstacle-entries.service.js';
import { ObstacleLogResolver } from './log/obstacle-log.resolver.js';
import { ObstacleLog } from './log/obstacle-log.service.js';
import { ObstacleProgress } from './log/obstacle-progress.service.js';
import { ObstaclesResolver } from './obstacles.resolver.js';
import { Obstacles } from './obstacles.service.js';
import { FunderObstacleRecordResolver } from './sharing/obstacle-record.resolver.js';
import { ObstacleRecord } from './sharing/obstacle-record.service.js';
import {
  PracticeChangesOfFunderResolver,
  PracticeChangesResolver,
} from './practice-changes/practice-changes.resolver.js';
import { PracticeChanges } from './practice-changes/practice-changes.service.js';
import { ObstacleResponsesResolver } from './sharing/obstacle-responses.resolver.js';
import { ObstacleResponses } from './sharing/obstacle-responses.service.js';
import { ObstacleSharing } from './sharing/obstacle-sharing.service.js';
import { SuggestionIds } from './suggestions/suggestion-ids.service.js';
import { SuggestionsResolver } from './suggestions/suggestions.resolver.js';
import { Suggestions } from './suggestions/suggestions.service.js';

@Module({
  imports: [FundersModule, OrganizationsModule],
  providers: [
    Obstacles,
    ObstaclesResolver,
    ObstacleCodes,
    ObstacleCodesResolver,
    ObstacleEntries,
    ClosedEntries,
    ObstacleLog,
    ObstacleProgress,
    ObstacleLogResolver,
    PracticeChanges,
    PracticeChangesResolver,
    PracticeChangesOfFunderResolver,
    SuggestionIds,
    Suggestions,
    SuggestionsResolver,
    ObstacleSharing,
    ObstacleResponses,
    ObstacleResponsesResolver,
    ObstacleRecord,
    FunderObstacleRecordResolver,
  ],
  exports: [ObstacleLog, ObstacleProgress, ObstacleResponses],
})
export class ObstaclesModule {}
