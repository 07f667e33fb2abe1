import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { Publishing, SEALING_SETTINGS } from './sealing/publishing.service.js';
import { ObstacleReleases } from './releases.service.js';
import { ReleaseLedger } from './sealing/release-ledger.service.js';
import { Sealing } from './sealing/sealing.service.js';
import { StatisticsResolver } from './queries/statistics.resolver.js';
import { ObstacleStatistics } from './queries/statistics.service.js';
import type { SealingSettings } from './views.rules.js';

@Module({})
export class StatisticsModule {
  static forRoot(settings: SealingSettings): DynamicModule {
    return {
      module: StatisticsModule,
      providers: [
        { provide: SEALING_SETTINGS, useValue: settings },
        ObstacleReleases,
        ObstacleStatistics,
        Publishing,
        ReleaseLedger,
        Sealing,
        StatisticsResolver,
      ],
      exports: [ObstacleReleases, ObstacleStatistics, Sealing, SEALING_SETTINGS],
    };
  }
}
