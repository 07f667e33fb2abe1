import { Injectable } from '@nestjs/common';
import { PUBLIC_ACTOR } from '../../platform/access/actor.js';
import { Database } from '../../platform/db/database.service.js';
import { Stewardship } from '../../organizations/stewardship/stewardship.service.js';
import type { Reader } from '../../platform/db/reader.js';
import type { Cacheable } from '../../platform/http/cacheable.js';
import type { ChosenLanguage } from '../../platform/http/language.js';
import { funderShare } from '../funder-share.rules.js';
import type { Period } from '../period.rules.js';
import { parsePeriod } from '../period.rules.js';
import type { ReleaseView } from '../published/release-view.rules.js';
import { ReleaseViews } from '../published/release-views.service.js';
import { ObstacleReleases } from '../releases.service.js';
import type { Epsilons, View } from '../views.rules.js';
import { STANDARD } from '../views.rules.js';
import { Dictionary } from '../downloads/dictionary.service.js';
import { dictionaryPage } from './dictionary-page.js';
import type { Insights } from './insights.js';
import { insightsPage } from './insights-page.js';

/** As many closed periods as a year has: the latest quarter is among them. */
const LATELY = 5;

/** The one page for people: what is public, and nothing else. */
@Injectable()
export class InsightsPages {
  constructor(
    private readonly database: Database,
    private readonly releases: ObstacleReleases,
    private readonly views: ReleaseViews,
    private readonly stewardship: Stewardship,
    private readonly dictionaries: Dictionary,
  ) {}

  async page({ locale, isNegotiated }: ChosenLanguage): Promise<Cacheable> {
    const body = await insightsPage(await this.read(this.database.replicaReader(PUBLIC_ACTOR)), locale);
    return { body, type: 'text/html; charset=utf-8', isNegotiated };
  }

  async dictionary({ locale, isNegotiated }: ChosenLanguage): Promise<Cacheable> {
    const body = dictionaryPage(await this.dictionaries.codes(), locale);
    return { body, type: 'text/html; charset=utf-8', isNegotiated };
  }

  private async read(reader: Reader): Promise<Insights> {
    const [category, kindByRegion, funder, lately, steward] = await Promise.all([
      this.latest(reader, 'CATEGORY'),
      this.latest(reader, 'KIND_BY_REGION'),
      this.latest(reader, 'FUNDER'),
      this.releases.list(reader, { first: LATELY }),
      this.stewardship.name(reader),
    ]);
    const newest = lately.rows.find(({ period }) => parsePeriod(period)?.quarter !== null);
    return {
      category,
      share: category && funderShare(category.cells),
      kindByRegion,
      funder,
      steward,
      refused: newest?.state === 'REFUSED_FOR_SIZE' ? parsePeriod(newest.period) : null,
      epsilons: await this.epsilonsOf(reader, category?.period ?? null),
    };
  }

  private async latest(reader: Reader, view: View): Promise<ReleaseView | null> {
    const [period] = await this.releases.latest(reader, view, 1);
    return period ? this.views.find(reader, period, view) : null;
  }

  private async epsilonsOf(reader: Reader, period: Period | null): Promise<Epsilons> {
    const release = period && (await this.releases.find(reader, period.name));
    if (!release) return STANDARD.epsilons;
    const { epsilonCategory, epsilonRegion, epsilonFunder } = release;
    return { CATEGORY: epsilonCategory, KIND_BY_REGION: epsilonRegion, FUNDER: epsilonFunder };
  }
}
