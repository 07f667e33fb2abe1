import { Module } from '@nestjs/common';
import { ObstacleReleases } from './releases.service.js';

@Module({ providers: [ObstacleReleases], exports: [ObstacleReleases] })
export class StatisticsModule {}
