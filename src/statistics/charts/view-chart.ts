import type { Locale } from '../../platform/errors/codes.js';
import type { Share } from '../funder-share.rules.js';
import { periodLabel } from '../labels/period-label.rules.js';
import type { Period } from '../period.rules.js';
import { figureOf, figureText, isTellable } from '../published/figure.rules.js';
import type { Cell, ReleaseView } from '../published/release-view.rules.js';
import { SLUGS, inShownOrder, labelOf } from '../published/release-view.rules.js';
import { OPEN_ROAD_FUNDER_SHARE } from '../views.rules.js';
import type { Bar, BarChart } from './bar-chart.js';
import { CHART_WORDS } from './chart-words.js';

/** A view as bars with their intervals. */
export function viewChart({ view, period, cells }: ReleaseView, locale: Locale): BarChart {
  const words = CHART_WORDS[locale];
  const bars = inShownOrder(cells, locale).map((cell) => barOf(cell, locale));
  const { title, description } = words.views[view];
  return {
    id: `${SLUGS[view]}-${period.name}`,
    title: `${title}, ${periodLabel(period, locale)}`,
    description,
    bars,
    unit: words.organizations,
    language: locale,
  };
}

function barOf(cell: Cell, locale: Locale): Bar {
  const figure = figureOf(cell);
  const { value, lower, upper } = figure;
  const extent = isTellable(figure) ? { value, lower: Math.max(0, lower), upper } : null;
  return { label: labelOf(cell, locale), text: figureText(figure, locale), extent };
}

/** The share that funders created, beside the one that was published of other projects. */
export function shareChart(period: Period, share: Share | null, locale: Locale): BarChart {
  const words = CHART_WORDS[locale];
  const here = { label: words.here(periodLabel(period, locale)), text: shareText(share, locale), extent: null };
  const study = percent(OPEN_ROAD_FUNDER_SHARE);
  return {
    id: `funder-share-${period.name}`,
    title: `${words.share.title}, ${periodLabel(period, locale)}`,
    description: words.share.description,
    bars: [
      share
        ? { ...here, extent: { value: 100 * share.value, lower: 100 * share.lower, upper: 100 * share.upper } }
        : here,
      {
        label: words.study,
        text: `${study} %`,
        extent: { value: study, lower: null, upper: null },
        isComparison: true,
      },
    ],
    unit: words.percent,
    axisEnd: 100,
    language: locale,
  };
}

export function shareText(share: Share | null, locale: Locale): string {
  const words = CHART_WORDS[locale];
  if (!share) return words.unknown;
  return `${percent(share.value)} % (${shareIntervalText(share, locale)})`;
}

export function shareIntervalText({ lower, upper }: Share, locale: Locale): string {
  return `${percent(lower)} ${CHART_WORDS[locale].to} ${percent(upper)} %`;
}

export function percent(share: number): number {
  return Math.round(100 * share);
}
