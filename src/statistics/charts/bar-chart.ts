import type { Axis, EncodeEntry, Mark, Spec } from 'vega';
import { firstGraphemes } from '../../platform/api/graphemes.rules.js';
import { escapeXml, printableInXml } from '../../platform/http/markup.rules.js';

/** One bar. `text` is the figure in words, as the caller's language writes it. */
export interface Bar {
  readonly label: string;
  readonly text: string;
  /** Null where the figure is not shown as a length: it is too small to be told from noise. */
  readonly extent: { readonly value: number; readonly lower: number | null; readonly upper: number | null } | null;
  /** Something to compare with that was found elsewhere: drawn white with a broken outline. */
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

/**
 * Narrow on purpose: labels stand above their bars, so that the picture is readable on a phone of this width and
 * enlarges on a desk, and a long label needs no second column.
 */
const WIDTH = 400;
/** The figures stand right of the bars. */
const PADDING = { left: 8, right: 130, top: 4, bottom: 42 };
const ROW = 46;
const LONGEST_LABEL = 52;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const INK = '#111';

/** An SVG document without script, style sheet or anything from outside; black on white, told apart by outline. */
export async function drawBars(chart: BarChart): Promise<string> {
  // Loaded with the first chart: most of what the service does needs none.
  const { View, parse } = await import('vega');
  const view = new View(parse(specOf(chart)), { renderer: 'none' });
  try {
    return framed(chart, await view.toSVG());
  } finally {
    view.finalize();
  }
}

function specOf({ bars, axisEnd, unit }: BarChart): Spec {
  const values = bars.map(({ label, text, extent, isComparison }, row) => ({
    label: shortened(printableInXml(label)),
    text: printableInXml(text),
    row,
    isComparison: isComparison === true,
    ...extent,
    isDrawn: extent !== null,
    hasInterval: extent !== null && extent.lower !== null && extent.upper !== null,
  }));
  const longest = Math.max(1, ...bars.flatMap(({ extent }) => (extent ? [extent.value, extent.upper ?? 0] : [])));
  const height = Math.max(1, bars.length) * ROW;
  return {
    width: WIDTH - PADDING.left - PADDING.right,
    height,
    padding: PADDING,
    autosize: 'none',
    background: '#fff',
    config: { text: { font: FONT, fill: INK }, axis: { labelFont: FONT, titleFont: FONT } },
    data: [
      { name: 'bars', values },
      { name: 'drawn', source: 'bars', transform: [{ type: 'filter', expr: 'datum.isDrawn' }] },
      { name: 'intervals', source: 'bars', transform: [{ type: 'filter', expr: 'datum.hasInterval' }] },
    ],
    scales: [
      { name: 'x', domain: [0, axisEnd ?? longest], nice: axisEnd === undefined, range: 'width', clamp: true },
      { name: 'y', domain: [0, height / ROW], range: 'height', reverse: true },
    ],
    axes: [axisOf(printableInXml(unit))],
    marks: [
      // The grid ends where words stand.
      mark('rect', 'bars', { x: { value: 0 }, width: { signal: 'width' }, ...down(2, 20), fill: { value: '#fff' } }),
      mark('text', 'bars', { x: { value: 0 }, y: at(15), text: { field: 'label' }, fontSize: { value: 13 } }),
      mark('text', 'bars', {
        x: { signal: 'width', offset: 12 },
        y: at(33),
        text: { field: 'text' },
        fontSize: { value: 12.5 },
        fontWeight: { value: 600 },
      }),
      mark('rect', 'drawn', {
        x: { scale: 'x', value: 0 },
        x2: along('value'),
        ...down(21, 38),
        fill: { signal: "datum.isComparison ? '#fff' : '#b9cfe4'" },
        stroke: { value: INK },
        strokeDash: { signal: 'datum.isComparison ? [4, 3] : []' },
      }),
      mark('rule', 'intervals', { x: along('lower'), x2: along('upper'), y: at(29.5), ...THICK }),
      mark('rule', 'intervals', { x: along('lower'), ...down(25, 34), ...THICK }),
      mark('rule', 'intervals', { x: along('upper'), ...down(25, 34), ...THICK }),
    ],
  };
}

const THICK = { stroke: { value: INK }, strokeWidth: { value: 2 } };
const along = (field: string) => ({ scale: 'x', field });
const at = (offset: number) => ({ scale: 'y', field: 'row', offset });
const down = (from: number, to: number) => ({ y: at(from), y2: at(to) });
const mark = (type: 'rect' | 'text' | 'rule', data: string, update: EncodeEntry): Mark => ({
  type,
  from: { data },
  encode: { update },
});

function axisOf(title: string): Axis {
  const colors = { labelColor: INK, titleColor: INK, domainColor: INK, tickColor: INK, gridColor: '#ddd' };
  const sizes = { titleFontSize: 12, titleFontWeight: 'normal', titlePadding: 6, labelFontSize: 12 } as const;
  return {
    orient: 'bottom',
    scale: 'x',
    title,
    grid: true,
    tickCount: 5,
    tickMinStep: 1,
    format: 'd',
    ...colors,
    ...sizes,
  };
}

/** The picture as one image with a name and a text that says the same. */
function framed({ id, title, description, bars, language }: BarChart, drawn: string): string {
  const figures = bars.map(({ label, text }) => `${label}: ${text}.`).join(' ');
  const [, width, height] = /^<svg[^>]* width="(\d+)" height="(\d+)"/.exec(drawn)!;
  const inner = drawn.replace(/^<svg[^>]*>/, '').replace(/<\/svg>$/, '');
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="${language}" aria-labelledby="${id}-title" aria-describedby="${id}-text" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><title id="${id}-title">${escapeXml(title)}</title><desc id="${id}-text">${escapeXml(`${description} ${figures}`)}</desc>${inner}</svg>`;
}

/** The table beside the chart has the whole of it. */
function shortened(label: string): string {
  if (firstGraphemes(label, LONGEST_LABEL) === label) return label;
  return `${firstGraphemes(label, LONGEST_LABEL - 1).trimEnd()}…`;
}
