import type { Locale } from '../../platform/errors/codes.js';
import type { Share } from '../funder-share.rules.js';
import { periodLabel, quarterLabel } from '../labels/period-label.rules.js';
import type { Period } from '../period.rules.js';
import { figureOf, figureText, isTellable } from '../published/figure.rules.js';
import type { Cell, ReleaseView } from '../published/release-view.rules.js';
import { SLUGS, inShownOrder, labelOf, nameOf } from '../published/release-view.rules.js';
import { OPEN_ROAD_FUNDER_SHARE } from '../views.rules.js';
import type { Bar, BarChart } from './bar-chart.js';
import type { Trend } from '../published/trend.rules.js';
import { CHART_WORDS } from './chart-words.js';
import type { TrendChart, TrendPoint } from './trend-chart.js';

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
  return {
    id: `funder-share-${period.name}`,
    title: `${words.share.title}, ${periodLabel(period, locale)}`,
    description: words.share.description,
    bars: [shareBar(words.here(periodLabel(period, locale)), share, locale), studyBar(locale)],
    unit: words.percent,
    axisEnd: 100,
    language: locale,
  };
}

/** The same for each quarter, one below the other. */
export function shareTrendChart({ quarters, shares }: Trend, locale: Locale): BarChart {
  const words = CHART_WORDS[locale];
  return {
    id: 'funder-share-by-quarter',
    title: words.shareTrend,
    description: words.share.description,
    bars: [
      ...quarters.map((quarter, i) => shareBar(quarterLabel(quarter, locale), shares[i], locale)),
      studyBar(locale),
    ],
    unit: words.percent,
    axisEnd: 100,
    language: locale,
  };
}

/** Each category over the quarters. */
export function trendChart({ quarters, rows }: Trend, locale: Locale): TrendChart {
  const { title, description } = CHART_WORDS[locale].trend;
  return {
    id: 'category-by-quarter',
    title,
    description,
    periods: quarters.map((quarter) => ({
      short: `Q${quarter.quarter}`,
      year: String(quarter.year),
      label: quarterLabel(quarter, locale),
    })),
    series: rows.map(({ cell, cells }) => ({
      label: nameOf(cell, locale),
      points: cells.map((each) => each && pointOf(each, locale)),
    })),
    language: locale,
  };
}

function pointOf(cell: Cell, locale: Locale): TrendPoint {
  const figure = figureOf(cell);
  const { value, lower, upper, threshold } = figure;
  const extent = isTellable(figure) ? { value, lower: Math.max(0, lower), upper } : null;
  return { text: figureText(figure, locale), extent, threshold };
}

function shareBar(label: string, share: Share | null, locale: Locale): Bar {
  const extent = share && { value: 100 * share.value, lower: 100 * share.lower, upper: 100 * share.upper };
  return { label, text: shareText(share, locale), extent };
}

function studyBar(locale: Locale): Bar {
  const value = percent(OPEN_ROAD_FUNDER_SHARE);
  const extent = { value, lower: null, upper: null };
  return { label: CHART_WORDS[locale].study, text: `${value} %`, extent, isComparison: true };
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
