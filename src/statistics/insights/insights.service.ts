import { Injectable } from '@nestjs/common';
import { PUBLIC_ACTOR } from '../../platform/access/actor.js';
import { Database } from '../../platform/db/database.service.js';
import { Stewardship } from '../../organizations/stewardship/stewardship.service.js';
import type { Reader } from '../../platform/db/reader.js';
import { HistoryHeads } from '../../platform/events/history-heads.service.js';
import type { ChosenLanguage } from '../../platform/http/language.js';
import { funderShare } from '../funder-share.rules.js';
import type { Period } from '../period.rules.js';
import { parsePeriod } from '../period.rules.js';
import type { ReleaseView } from '../published/release-view.rules.js';
import { ReleaseViews } from '../published/release-views.service.js';
import { quartersBack, trendOf } from '../published/trend.rules.js';
import type { PublishedRelease } from '../releases.service.js';
import { ObstacleReleases } from '../releases.service.js';
import type { Epsilons, View } from '../views.rules.js';
import { STANDARD, VIEWS, viewsOf } from '../views.rules.js';
import { Dictionary } from '../downloads/dictionary.service.js';
import { dictionaryPage } from './dictionary-page.js';
import type { Insights } from './insights.js';
import { insightsPage, missingPeriodPage } from './insights-page.js';

type Figures = Omit<Insights, 'closed' | 'steward' | 'head'>;

/** The one page for people: what is public, and nothing else. */
@Injectable()
export class InsightsPages {
  constructor(
    private readonly database: Database,
    private readonly releases: ObstacleReleases,
    private readonly views: ReleaseViews,
    private readonly stewardship: Stewardship,
    private readonly dictionaries: Dictionary,
    private readonly heads: HistoryHeads,
  ) {}

  /** The latest figures, or those of one period. Null where that period is not closed. */
  async page(language: ChosenLanguage, period: unknown): Promise<string | null> {
    const reader = this.database.replicaReader(PUBLIC_ACTOR);
    const [closed, steward, head] = await Promise.all([
      this.releases.all(reader),
      this.stewardship.name(reader),
      this.heads.last(),
    ]);
    const figures = await (period === undefined ? this.latest(reader, closed) : this.asked(reader, closed, period));
    return figures && insightsPage({ ...figures, closed, steward, head }, language);
  }

  /** In place of a period that is not closed. */
  async missingPeriod(language: ChosenLanguage): Promise<string> {
    return missingPeriodPage(await this.releases.all(this.database.replicaReader(PUBLIC_ACTOR)), language);
  }

  async dictionary(language: ChosenLanguage): Promise<string> {
    return dictionaryPage(await this.dictionaries.codes(), language);
  }

  private async latest(reader: Reader, closed: readonly PublishedRelease[]): Promise<Figures> {
    const newest = closed.find(isQuarter);
    const quarters = quartersBackFrom(closed.filter((release) => isQuarter(release) && release.state === 'SEALED'));
    const [views, kindByRegion, funder] = await Promise.all([
      this.views.findAll(reader, quarters.sealed, 'CATEGORY'),
      this.last(reader, closed, 'KIND_BY_REGION'),
      this.last(reader, closed, 'FUNDER'),
    ]);
    const category = views.at(-1) ?? null;
    return {
      asked: null,
      ...{ category, kindByRegion, funder },
      share: category && funderShare(category.cells),
      trend: trendOf(quarters.all, views),
      refused: newest?.state === 'REFUSED_FOR_SIZE' ? parsePeriod(newest.period) : null,
      epsilons: epsilonsOf(quarters.sealed.at(-1)),
    };
  }

  private async asked(reader: Reader, closed: readonly PublishedRelease[], name: unknown): Promise<Figures | null> {
    const release = closed.find(({ period }) => period === name);
    if (!release) return null;
    const period = parsePeriod(release.period)!;
    const isSealed = release.state === 'SEALED';
    const shown = isSealed ? viewsOf(period) : [];
    const [category = null, kindByRegion = null, funder = null] = await Promise.all(
      VIEWS.map(async (view) => (shown.includes(view) ? this.view(reader, release, view) : null)),
    );
    const whole = category ?? kindByRegion;
    return {
      asked: period,
      ...{ category, kindByRegion, funder },
      share: whole && funderShare(whole.cells),
      trend: null,
      refused: isSealed ? null : period,
      epsilons: epsilonsOf(release),
    };
  }

  private async last(reader: Reader, closed: readonly PublishedRelease[], view: View): Promise<ReleaseView | null> {
    const years = closed.filter((release) => !isQuarter(release) && release.state === 'SEALED');
    for (const release of years) {
      const found = await this.view(reader, release, view);
      if (found) return found;
    }
    return null;
  }

  /** Null where a view of the release has no figures. */
  private async view(reader: Reader, release: PublishedRelease, view: View): Promise<ReleaseView | null> {
    const [found] = await this.views.findAll(reader, [release], view);
    return found.cells.length > 0 ? found : null;
  }
}

function isQuarter({ period }: PublishedRelease): boolean {
  return parsePeriod(period)!.quarter !== null;
}

/** The quarters that a trend shows, and the releases among them, the earliest first. */
function quartersBackFrom(sealed: readonly PublishedRelease[]): { all: Period[]; sealed: PublishedRelease[] } {
  if (sealed.length === 0) return { all: [], sealed: [] };
  const all = quartersBack(parsePeriod(sealed[0].period)!, new Set(sealed.map(({ period }) => period)));
  const names = new Set(all.map(({ name }) => name));
  return { all, sealed: sealed.filter(({ period }) => names.has(period)).reverse() };
}

function epsilonsOf(release: PublishedRelease | undefined): Epsilons {
  if (!release) return STANDARD.epsilons;
  const { epsilonCategory, epsilonRegion, epsilonFunder } = release;
  return { CATEGORY: epsilonCategory, KIND_BY_REGION: epsilonRegion, FUNDER: epsilonFunder };
}
