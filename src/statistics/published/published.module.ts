import { Module } from '@nestjs/common';
import { DownloadsController } from '../downloads/downloads.controller.js';
import { Downloads } from '../downloads/downloads.service.js';
import { InsightsController } from '../insights/insights.controller.js';
import { InsightsPages } from '../insights/insights.service.js';
import { StatisticsModule } from '../statistics.module.js';
import { ReleaseViews } from './release-views.service.js';

/** What is sealed, for everybody: files, charts and one page. */
@Module({
  imports: [StatisticsModule],
  controllers: [DownloadsController, InsightsController],
  providers: [ReleaseViews, Downloads, InsightsPages],
})
export class PublishedModule {}
