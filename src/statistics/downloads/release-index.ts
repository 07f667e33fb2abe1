import { periodLabel } from '../labels/period-label.rules.js';
import { parsePeriod } from '../period.rules.js';
import { SLUGS } from '../published/release-view.rules.js';
import type { PublishedRelease } from '../releases.service.js';
import { VIEWS, viewsOf } from '../views.rules.js';

export const FUNDER_SHARE = 'funder-share';

/** Where everything is. */
export function index(releases: readonly PublishedRelease[]) {
  return {
    releases: releases.map(indexEntry),
    all: VIEWS.map((view) => ({ view: SLUGS[view], csv: `/v1/statistics/all/${SLUGS[view]}.csv` })),
    dictionary: { json: '/v1/statistics/dictionary.json', page: '/insights/dictionary' },
  };
}

/** Where the files of a release are. A period that was refused for size has none, and says so. */
function indexEntry({ state, sealedAt, ...release }: PublishedRelease) {
  const period = parsePeriod(release.period)!;
  const slugs = state === 'SEALED' ? viewsOf(period).map((view) => SLUGS[view]) : [];
  const address = (slug: string, form: string): string => `/v1/statistics/${period.name}/${slug}.${form}`;
  return {
    period: period.name,
    labelEn: periodLabel(period, 'en'),
    labelVi: periodLabel(period, 'vi'),
    state,
    sealedAt: sealedAt.toISOString(),
    views: slugs.map((slug) => ({
      view: slug,
      csv: address(slug, 'csv'),
      csvMetadata: address(slug, 'csv-metadata.json'),
      json: address(slug, 'json'),
      svg: address(slug, 'svg'),
    })),
    funderShareSvg: state === 'SEALED' ? address(FUNDER_SHARE, 'svg') : null,
  };
}
