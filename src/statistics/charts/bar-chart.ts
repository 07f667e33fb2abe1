import type { Axis, EncodeEntry, Spec } from 'vega';
import { printableInXml } from '../../platform/http/markup.rules.js';
import type { Line } from './picture.js';
import { BAR, GRID, INK, LINE, TEXT_SIZE, THICK, WIDTH, drawPicture, mark, specOf, words } from './picture.js';
import type { Weight } from './text-width.rules.js';
import { linesOf } from './text-width.rules.js';

/** One bar. `text` is the figure in words, as the caller's language writes it. */
export interface Bar {
  readonly label: string;
  readonly text: string;
  /** Null where the figure is not shown as a length: it is too small to be told from noise. */
  readonly extent: { readonly value: number; readonly lower: number | null; readonly upper: number | null } | null;
  /** Something to compare with that was found elsewhere: drawn white. (A broken outline stands for a figure that is too small to be told from noise: see `trend-chart.ts`.) */
  readonly isComparison?: boolean;
}

export interface BarChart {
  /** Names its title within a page that holds several charts. */
  readonly id: string;
  readonly title: string;
  /** Read out in place of the picture, after the title; the figures are added to it. */
  readonly description: string;
  readonly bars: readonly Bar[];
  /** Written under the axis: what the lengths are. */
  readonly unit: string;
  /** The end of the axis when it is fixed, such as 100 for a share; otherwise the bars decide. */
  readonly axisEnd?: number;
  readonly language: string;
}

const PADDING = { left: 6, right: 16, top: 2, bottom: 42 };
export const INNER_WIDTH = WIDTH - PADDING.left - PADDING.right;
/** From the last words to the bar, the bar itself, and what is left below it. */
const ABOVE_BAR = 5;
const THICKNESS = 16;
const BELOW_BAR = 11;

/** A bar where it stands: its name and its figure are above it, in as many lines as they need. */
interface PlacedBar {
  readonly bar: Bar;
  readonly top: number;
  readonly lines: readonly Line[];
  readonly barTop: number;
}

export async function drawBars(chart: BarChart): Promise<string> {
  const { id, title, description, bars, language } = chart;
  const figures = bars.map(({ label, text }) => `${label}: ${text}.`).join(' ');
  return drawPicture({ id, title, text: `${description} ${figures}`, language }, barsSpec(chart));
}

function barsSpec({ bars, axisEnd, unit }: BarChart): Spec {
  const placed = place(bars);
  const longest = Math.max(1, ...bars.flatMap(({ extent }) => (extent ? [extent.value, extent.upper ?? 0] : [])));
  const height = Math.max(
    LINE,
    placed.reduce((end, { barTop }) => Math.max(end, endOf(barTop)), 0),
  );
  const values = placed.map(({ bar: { extent, isComparison }, top, barTop }) => ({
    top,
    barTop,
    isComparison: isComparison === true,
    ...extent,
    isDrawn: extent !== null,
    hasInterval: extent !== null && extent.lower !== null && extent.upper !== null,
  }));
  const down = (from: number, to: number): EncodeEntry => ({
    y: { field: 'barTop', offset: from },
    y2: { field: 'barTop', offset: to },
  });
  return specOf({
    width: INNER_WIDTH,
    height,
    padding: PADDING,
    data: [
      { name: 'bars', values },
      { name: 'lines', values: placed.flatMap(({ lines }) => lines) },
      { name: 'drawn', source: 'bars', transform: [{ type: 'filter', expr: 'datum.isDrawn' }] },
      { name: 'intervals', source: 'bars', transform: [{ type: 'filter', expr: 'datum.hasInterval' }] },
    ],
    scales: [{ name: 'x', domain: [0, axisEnd ?? longest], nice: axisEnd === undefined, range: 'width', clamp: true }],
    axes: [axisOf(printableInXml(unit))],
    marks: [
      // The grid ends where words stand.
      mark('rect', 'bars', {
        x: { value: 0 },
        width: { signal: 'width' },
        y: { field: 'top' },
        y2: { field: 'barTop', offset: -1 },
        fill: { value: '#fff' },
      }),
      words('lines'),
      mark('rect', 'drawn', {
        x: { scale: 'x', value: 0 },
        x2: along('value'),
        ...down(0, THICKNESS),
        fill: { signal: `datum.isComparison ? '#fff' : '${BAR}'` },
        stroke: { value: INK },
      }),
      mark('rule', 'intervals', {
        x: along('lower'),
        x2: along('upper'),
        y: { field: 'barTop', offset: THICKNESS / 2 },
        ...THICK,
      }),
      mark('rule', 'intervals', { x: along('lower'), ...down(4, THICKNESS - 4), ...THICK }),
      mark('rule', 'intervals', { x: along('upper'), ...down(4, THICKNESS - 4), ...THICK }),
    ],
  });
}

const along = (field: string) => ({ scale: 'x', field });
const endOf = (barTop: number): number => barTop + THICKNESS + BELOW_BAR;

function place(bars: readonly Bar[]): PlacedBar[] {
  let top = 0;
  return bars.map((bar) => {
    const texts = [...inLines(bar.label, 'normal'), ...inLines(bar.text, 'bold')];
    const lines = texts.map(({ text, weight }, i) => ({ text, weight, y: top + TEXT_SIZE + i * LINE }));
    const placed = { bar, top, lines, barTop: top + texts.length * LINE + ABOVE_BAR };
    top = endOf(placed.barTop);
    return placed;
  });
}

function inLines(text: string, weight: Weight): { text: string; weight: Weight }[] {
  return linesOf(printableInXml(text), INNER_WIDTH, TEXT_SIZE, weight).map((line) => ({ text: line, weight }));
}

function axisOf(title: string): Axis {
  const colors = { labelColor: INK, titleColor: INK, domainColor: INK, tickColor: INK, gridColor: GRID };
  const sizes = { titleFontSize: 12, titleFontWeight: 'normal', titlePadding: 6, labelFontSize: 12 } as const;
  return {
    orient: 'bottom',
    scale: 'x',
    title,
    aria: false,
    grid: true,
    tickCount: 5,
    tickMinStep: 1,
    format: 'd',
    ...colors,
    ...sizes,
  };
}
