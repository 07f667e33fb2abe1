import { Module } from '@nestjs/common';
import { OrganizationsModule } from '../../organizations/organizations.module.js';
import { Dictionary } from '../downloads/dictionary.service.js';
import { DownloadsController } from '../downloads/downloads.controller.js';
import { Downloads } from '../downloads/downloads.service.js';
import { InsightsController } from '../insights/insights.controller.js';
import { InsightsPages } from '../insights/insights.service.js';
import { ObstacleReleases } from '../releases.service.js';
import { ReleaseViews } from './release-views.service.js';

/** What is sealed, for everybody: files, charts and one page. It reads releases and knows nothing of how they are sealed. */
@Module({
  imports: [OrganizationsModule],
  controllers: [DownloadsController, InsightsController],
  providers: [ObstacleReleases, ReleaseViews, Downloads, Dictionary, InsightsPages],
})
export class PublishedModule {}
