import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/db/reader.js';
import { parsePeriod } from '../period.rules.js';
import type { PublishedRelease } from '../releases.service.js';
import { ObstacleReleases } from '../releases.service.js';
import type { View } from '../views.rules.js';
import { viewsOf } from '../views.rules.js';
import type { ReleaseView } from './release-view.rules.js';

/** The figures of a release, one view at a time. */
@Injectable()
export class ReleaseViews {
  constructor(private readonly releases: ObstacleReleases) {}

  /** Null where there is nothing: no such period, not sealed, refused for size, or not a view of such a period. */
  async find(reader: Reader, period: string, view: View): Promise<ReleaseView | null> {
    const parsed = parsePeriod(period);
    if (!parsed || !viewsOf(parsed).includes(view)) return null;
    const [release, cells] = await Promise.all([
      this.releases.find(reader, period),
      this.releases.cells(reader, view, [period]),
    ]);
    if (release?.state !== 'SEALED') return null;
    return { period: parsed, view, sealedAt: release.sealedAt, cells };
  }

  /** One view of several sealed releases, in their order. */
  async findAll(reader: Reader, releases: readonly PublishedRelease[], view: View): Promise<ReleaseView[]> {
    const cells = await this.releases.cells(
      reader,
      view,
      releases.map(({ period }) => period),
    );
    return releases.map(({ period, sealedAt }) => ({
      period: parsePeriod(period)!,
      view,
      sealedAt,
      cells: cells.filter((cell) => cell.period === period),
    }));
  }
}
