import { Injectable } from '@nestjs/common';
import { PUBLIC_ACTOR } from '../../platform/access/actor.js';
import { Database } from '../../platform/db/database.service.js';
import type { Reader } from '../../platform/db/reader.js';
import type { Locale } from '../../platform/errors/codes.js';
import { notFound } from '../../platform/errors/refusal.js';
import type { Cacheable } from '../../platform/http/cacheable.js';
import type { ChosenLanguage } from '../../platform/http/language.js';
import { drawBars } from '../charts/bar-chart.js';
import { shareChart, viewChart } from '../charts/view-chart.js';
import { funderShare } from '../funder-share.rules.js';
import { parsePeriod } from '../period.rules.js';
import type { ReleaseView } from '../published/release-view.rules.js';
import { viewOfSlug } from '../published/release-view.rules.js';
import { ReleaseViews } from '../published/release-views.service.js';
import type { PublishedRelease } from '../releases.service.js';
import { ObstacleReleases } from '../releases.service.js';
import { LARGEST_PAGE } from '../../platform/api/page.js';
import { FUNDER_SHARE, indexEntry } from './release-index.js';
import { asCsv, asJson } from './release-table.js';

/** What is sealed, as files. The same for everybody, so it is read as the public. */
@Injectable()
export class Downloads {
  constructor(
    private readonly database: Database,
    private readonly releases: ObstacleReleases,
    private readonly views: ReleaseViews,
  ) {}

  async index(): Promise<Cacheable> {
    const releases: PublishedRelease[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const page = await this.releases.list(this.reader(), { first: LARGEST_PAGE, after });
      releases.push(...page.rows);
      after = page.hasNextPage ? page.cursorOf(page.rows[page.rows.length - 1]) : null;
    }
    const body = `${JSON.stringify({ releases: releases.map(indexEntry) }, null, 2)}\n`;
    return { body, type: 'application/json; charset=utf-8', fileName: 'goodfaith-statistics.json' };
  }

  async csv(release: string, slug: string): Promise<Cacheable> {
    const view = await this.find(release, slug);
    const fileName = `goodfaith-${release}-${slug}.csv`;
    return {
      ...SEALED,
      body: asCsv(view),
      type: 'text/csv; charset=utf-8; header=present',
      fileName,
      isAttachment: true,
    };
  }

  async json(release: string, slug: string): Promise<Cacheable> {
    const view = await this.find(release, slug);
    return {
      ...SEALED,
      body: asJson(view),
      type: 'application/json; charset=utf-8',
      fileName: `goodfaith-${release}-${slug}.json`,
    };
  }

  async svg(release: string, slug: string, { locale, isNegotiated }: ChosenLanguage): Promise<Cacheable> {
    const body = slug === FUNDER_SHARE ? await this.share(release, locale) : await this.chart(release, slug, locale);
    const fileName = `goodfaith-${release}-${slug}.${locale}.svg`;
    return { ...SEALED, body, type: 'image/svg+xml; charset=utf-8', fileName, isNegotiated };
  }

  private async chart(release: string, slug: string, locale: Locale): Promise<string> {
    return drawBars(viewChart(await this.find(release, slug), locale));
  }

  private async share(release: string, locale: Locale): Promise<string> {
    const isYear = parsePeriod(release)?.quarter === null;
    const { period, cells } = await this.find(release, isYear ? 'kind-by-region' : 'category');
    return drawBars(shareChart(period, funderShare(cells), locale));
  }

  private async find(release: string, slug: string): Promise<ReleaseView> {
    const view = viewOfSlug(slug);
    const found = view && (await this.views.find(this.reader(), release, view));
    if (!found) throw notFound();
    return found;
  }

  private reader(): Reader {
    return this.database.replicaReader(PUBLIC_ACTOR);
  }
}

const SEALED = { isImmutable: true } as const;
