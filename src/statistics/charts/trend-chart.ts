import type { Mark, Spec } from 'vega';
import { printableInXml } from '../../platform/http/markup.rules.js';
import type { Line } from './picture.js';
import { BAR, GRID, INK, LINE, TEXT_SIZE, THICK, WIDTH, drawPicture, mark, specOf, words } from './picture.js';
import { linesOf } from './text-width.rules.js';

/** One figure at one time. `text` is the figure in words, as the caller's language writes it. */
export interface TrendPoint {
  readonly text: string;
  /** Null where the figure is too small to be told from noise: it is somewhere below `threshold`. */
  readonly extent: { readonly value: number; readonly lower: number; readonly upper: number } | null;
  readonly threshold: number;
}

/** One thing over time: a point for each period, or none where nothing was published. */
export interface TrendSeries {
  readonly label: string;
  readonly points: readonly (TrendPoint | null)[];
}

export interface TrendPeriod {
  /** Below its column, such as Q3. */
  readonly short: string;
  /** Below that, and once for all periods of a year. */
  readonly year: string;
  /** As it is read out, such as Q3 2026. */
  readonly label: string;
}

export interface TrendChart {
  readonly id: string;
  readonly title: string;
  /** Read out in place of the picture, after the title; the figures are added to it. */
  readonly description: string;
  readonly periods: readonly TrendPeriod[];
  readonly series: readonly TrendSeries[];
  readonly language: string;
}

const PADDING = { left: 2, right: 4, top: 2, bottom: 2 };
export const TREND_WIDTH = WIDTH - PADDING.left - PADDING.right;
/** Where the numbers of the scale stand, right-aligned, left of the columns. */
const GUTTER = 34;
const PANEL = 54;
const ABOVE_PANEL = 8;
const SMALL_TEXT = 12;
/** The two lines of words below a panel, and what is left below them. */
const BELOW_PANEL = 2 * 15 + 14;
const MAX_BAR = 22;

/** Each thing by itself, one below the other on one scale: columns with their intervals, in the order of time. */
export async function drawTrend(chart: TrendChart): Promise<string> {
  const { id, title, description, periods, series, language } = chart;
  const told = series.map(({ label, points }) => {
    const figures = points.flatMap((point, i) => (point ? [`${periods[i].label} ${point.text}`] : []));
    return `${label}: ${figures.join(', ')}.`;
  });
  return drawPicture({ id, title, text: `${description} ${told.join(' ')}`, language }, trendSpec(chart));
}

interface Column {
  readonly x: number;
  readonly middle: number;
  readonly x2: number;
  readonly y: number;
  readonly y2: number;
}

function trendSpec({ periods, series }: TrendChart): Spec {
  const end = scaleEnd(series);
  const slot = (TREND_WIDTH - GUTTER) / Math.max(1, periods.length);
  const half = Math.min(MAX_BAR, 0.7 * slot) / 2;
  const [lines, grid, ticks]: [Line[], object[], object[]] = [[], [], []];
  const [drawn, unclear, intervals]: [Column[], Column[], Column[]] = [[], [], []];
  let top = 0;
  for (const { label, points } of series) {
    const name = linesOf(printableInXml(label), TREND_WIDTH, TEXT_SIZE, 'bold');
    lines.push(...name.map((text, i) => ({ text, y: top + TEXT_SIZE + i * LINE, weight: 'bold' as const })));
    const base = top + name.length * LINE + ABOVE_PANEL + PANEL;
    const heightOf = (value: number): number => base - (PANEL * Math.min(end, Math.max(0, value))) / end;
    for (const value of [0, end / 2, end]) grid.push({ y: heightOf(value), text: String(value) });
    periods.forEach(({ short, year }, i) => {
      const middle = GUTTER + (i + 0.5) * slot;
      ticks.push({ x: middle, y: base + 14, text: short });
      if (i === 0 || periods[i - 1].year !== year) ticks.push({ x: middle, y: base + 29, text: year });
      const point = points[i];
      if (!point) return;
      const column = (from: number, to: number): Column => ({
        ...{ x: middle - half, middle, x2: middle + half },
        ...{ y: heightOf(from), y2: heightOf(to) },
      });
      if (!point.extent) unclear.push(column(point.threshold, 0));
      else {
        drawn.push(column(point.extent.value, 0));
        intervals.push(column(point.extent.upper, point.extent.lower));
      }
    });
    top = base + BELOW_PANEL;
  }
  return specOf({
    width: TREND_WIDTH,
    height: Math.max(LINE, top),
    padding: PADDING,
    data: Object.entries({ lines, grid, ticks, drawn, unclear, intervals }).map(([name, values]) => ({ name, values })),
    marks: [...scaleMarks(), words('lines'), ...columnMarks()],
  });
}

/** The least of 10, 12, 14, 16, 18, 20, 40, 60, 80 and their tenfolds that is no less than anything shown: its half is whole. */
function scaleEnd(series: readonly TrendSeries[]): number {
  const most = Math.max(
    10,
    ...series.flatMap(({ points }) => points.map((point) => point?.extent?.upper ?? point?.threshold ?? 0)),
  );
  for (let ten = 1; ; ten *= 10) {
    for (const step of [10, 12, 14, 16, 18, 20, 40, 60, 80]) if (step * ten >= most) return step * ten;
  }
}

const at = (field: string) => ({ field });
const INK_STROKE = { stroke: { value: INK } };

function scaleMarks(): Mark[] {
  const small = { fontSize: { value: SMALL_TEXT } };
  return [
    mark('rule', 'grid', { x: { value: GUTTER }, x2: { value: TREND_WIDTH }, y: at('y'), stroke: { value: GRID } }),
    mark('text', 'grid', {
      x: { value: GUTTER - 5 },
      y: { field: 'y', offset: 4 },
      text: at('text'),
      align: { value: 'right' },
      ...small,
    }),
    mark('text', 'ticks', { x: at('x'), y: at('y'), text: at('text'), align: { value: 'center' }, ...small }),
  ];
}

function columnMarks(): Mark[] {
  const box = { x: at('x'), x2: at('x2'), y: at('y'), y2: at('y2') };
  const cap = (end: string) => ({
    x: { field: 'middle', offset: -4 },
    x2: { field: 'middle', offset: 4 },
    y: at(end),
    ...THICK,
  });
  return [
    mark('rect', 'unclear', { ...box, fill: { value: '#fff' }, strokeDash: { value: [3, 3] }, ...INK_STROKE }),
    mark('rect', 'drawn', { ...box, fill: { value: BAR }, ...INK_STROKE }),
    mark('rule', 'intervals', { x: at('middle'), x2: at('middle'), y: at('y'), y2: at('y2'), ...THICK }),
    mark('rule', 'intervals', cap('y')),
    mark('rule', 'intervals', cap('y2')),
  ];
}
