import { periodLabel } from '../labels/period-label.rules.js';
import { parsePeriod } from '../period.rules.js';
import { SLUGS } from '../published/release-view.rules.js';
import type { PublishedRelease } from '../releases.service.js';
import { viewsOf } from '../views.rules.js';

export const FUNDER_SHARE = 'funder-share';

/** Where the files of a release are. A period that was refused for size has none, and says so. */
export function indexEntry({ state, sealedAt, ...release }: PublishedRelease) {
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
      json: address(slug, 'json'),
      svg: address(slug, 'svg'),
    })),
    funderShareSvg: state === 'SEALED' ? address(FUNDER_SHARE, 'svg') : null,
  };
}
