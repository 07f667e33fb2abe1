import type { Mark, Spec } from 'vega';
import { escapeXml } from '../../platform/http/markup.rules.js';
import type { Weight } from './text-width.rules.js';

/**
 * As wide as the content of a page on the smallest phone (320 px): a picture is drawn for that, and enlarges on a desk.
 */
export const WIDTH = 300;
export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
export const INK = '#111';
export const GRID = '#ddd';
export const BAR = '#b9cfe4';
export const TEXT_SIZE = 13;
/** From one line of words to the next. */
export const LINE = 17;
export const THICK = { stroke: { value: INK }, strokeWidth: { value: 2 } };

export interface Picture {
  /** Names its title within a page that holds several pictures. */
  readonly id: string;
  readonly title: string;
  /** Read out in place of the picture, after the title. */
  readonly text: string;
  readonly language: string;
}

/** A line of words, and where its base is. */
export interface Line {
  readonly text: string;
  readonly y: number;
  readonly weight: Weight;
}

/** What is common to all pictures: no color for its own sake, no frame, and no words for readers of the picture's parts. */
export function specOf(rest: Pick<Spec, 'width' | 'height' | 'padding' | 'data' | 'scales' | 'axes' | 'marks'>): Spec {
  return {
    autosize: 'none',
    background: '#fff',
    config: { text: { font: FONT, fill: INK }, axis: { labelFont: FONT, titleFont: FONT } },
    ...rest,
  };
}

export function mark(
  type: 'rect' | 'text' | 'rule',
  data: string,
  update: NonNullable<Mark['encode']>['update'],
): Mark {
  return { type, from: { data }, aria: false, encode: { update } };
}

/** Lines of words, from the data of this name. */
export function words(data: string): Mark {
  return mark('text', data, {
    x: { value: 0 },
    y: { field: 'y' },
    text: { field: 'text' },
    fontSize: { value: TEXT_SIZE },
    fontWeight: { field: 'weight' },
  });
}

/** An SVG document without script, style sheet or anything from outside: one image, with a name and a text that says the same. */
export async function drawPicture({ id, title, text, language }: Picture, spec: Spec): Promise<string> {
  // Loaded with the first picture: most of what the service does needs none.
  const { View, parse } = await import('vega');
  const view = new View(parse(spec), { renderer: 'none' });
  try {
    // The frame of the picture cannot be told so in the specification.
    (view.scenegraph() as unknown as { root: { aria: boolean } }).root.aria = false;
    const drawn = await view.toSVG();
    const [, width, height] = /^<svg[^>]* width="(\d+)" height="(\d+)"/.exec(drawn)!;
    const inner = drawn.replace(/^<svg[^>]*>/, '').replace(/<\/svg>$/, '');
    return `<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="${language}" aria-labelledby="${id}-title" aria-describedby="${id}-text" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><title id="${id}-title">${escapeXml(title)}</title><desc id="${id}-text">${escapeXml(text)}</desc>${inner}</svg>`;
  } finally {
    view.finalize();
  }
}
