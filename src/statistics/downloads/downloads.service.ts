import { Injectable } from '@nestjs/common';
import { PUBLIC_ACTOR } from '../../platform/access/actor.js';
import { Database } from '../../platform/db/database.service.js';
import type { Reader } from '../../platform/db/reader.js';
import type { Locale } from '../../platform/errors/codes.js';
import { notFound } from '../../platform/errors/refusal.js';
import type { Cacheable, CacheableStream } from '../../platform/http/cacheable.js';
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
import type { View } from '../views.rules.js';
import { viewsOf } from '../views.rules.js';
import { csvMetadata } from './dictionary.rules.js';
import { FUNDER_SHARE, index } from './release-index.js';
import { asCsv, asJson, csvHeader, csvRows } from './release-table.js';

/** What is sealed, as files. The same for everybody, so it is read as the public. */
@Injectable()
export class Downloads {
  constructor(
    private readonly database: Database,
    private readonly releases: ObstacleReleases,
    private readonly views: ReleaseViews,
  ) {}

  async index(): Promise<Cacheable> {
    const releases = await this.releases.all(this.reader());
    const body = `${JSON.stringify(index(releases), null, 2)}\n`;
    return { body, type: 'application/json; charset=utf-8', fileName: 'goodfaith-statistics.json' };
  }

  /** All that was ever published of a view, the earliest first. Grows with each release, so it is to be asked again. */
  async allCsv(slug: string): Promise<CacheableStream> {
    const view = viewOfSlug(slug);
    if (!view) throw notFound();
    const releases = (await this.releases.all(this.reader())).filter(
      ({ state, period }) => state === 'SEALED' && viewsOf(parsePeriod(period)!).includes(view),
    );
    releases.reverse();
    return {
      ...CSV,
      version: JSON.stringify([csvHeader(), view, releases.map(({ period, sealedAt }) => [period, sealedAt])]),
      content: () => this.allRows(view, releases),
      fileName: `goodfaith-all-${slug}.csv`,
      link: metadataLink(ALL, slug),
    };
  }

  private async *allRows(view: View, releases: readonly PublishedRelease[]): AsyncGenerator<string> {
    yield csvHeader();
    for (let i = 0; i < releases.length; i += AT_A_TIME) {
      const some = releases.slice(i, i + AT_A_TIME);
      for (const each of await this.views.findAll(this.reader(), some, view)) yield csvRows(each);
    }
  }

  async metadata(release: string, slug: string): Promise<Cacheable> {
    if (release !== ALL) await this.find(release, slug);
    else if (!viewOfSlug(slug)) throw notFound();
    return {
      body: `${JSON.stringify(csvMetadata(slug), null, 2)}\n`,
      type: 'application/csvm+json; charset=utf-8',
      fileName: `goodfaith-${release}-${slug}.csv-metadata.json`,
    };
  }

  async csv(release: string, slug: string): Promise<Cacheable> {
    const view = await this.find(release, slug);
    const fileName = `goodfaith-${release}-${slug}.csv`;
    return {
      ...SEALED,
      ...CSV,
      body: asCsv(view),
      fileName,
      link: metadataLink(release, slug),
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
const CSV = { type: 'text/csv; charset=utf-8; header=present', isAttachment: true } as const;
/** Stands in an address where else the name of a release does. */
const ALL = 'all';
/** Releases that are read together, so that a file of many years is never held whole. */
const AT_A_TIME = 8;

function metadataLink(release: string, slug: string): string {
  return `</v1/statistics/${release}/${slug}.csv-metadata.json>; rel="describedby"; type="application/csvm+json"`;
}
