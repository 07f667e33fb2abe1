import { describe, expect, it } from '@jest/globals';
import type { Bar } from './bar-chart.js';
import { INNER_WIDTH, drawBars } from './bar-chart.js';
import { CHART_WORDS } from './chart-words.js';
import { widthOf } from './text-width.rules.js';

const draw = (bars: Bar[], more: object = {}): Promise<string> =>
  drawBars({
    id: 'c',
    title: 'A title',
    description: 'About it.',
    bars,
    unit: 'organizations',
    language: 'en',
    ...more,
  });
const bar = (label: string, value: number): Bar => ({
  label,
  text: `${value} (${value - 9} to ${value + 9})`,
  extent: { value, lower: value - 9, upper: value + 9 },
});

describe('a bar chart', () => {
  it('is one image with a name and a text that says every figure', async () => {
    const svg = await draw([bar('Late payment', 50), { label: 'Other', text: 'fewer than 19', extent: null }]);
    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" role="img" lang="en" aria-labelledby="c-title" aria-describedby="c-text"/,
    );
    expect(svg).toContain('<title id="c-title">A title</title>');
    expect(svg).toContain('<desc id="c-text">About it. Late payment: 50 (41 to 59). Other: fewer than 19.</desc>');
  });

  it('draws a bar and an interval of three lines where there is a figure, and neither where it is too small', async () => {
    const rectangles = (svg: string): number => (svg.match(/fill="#b9cfe4"/g) ?? []).length;
    const lines = (svg: string): number => (svg.match(/<line[^>]* stroke-width="2"/g) ?? []).length;
    const one = await draw([bar('a', 50)]);
    const both = await draw([bar('a', 50), { label: 'b', text: 'fewer than 19', extent: null }]);
    expect(lines(one)).toBe(3);
    expect(lines(both)).toBe(3);
    expect(lines(await draw([bar('a', 50), bar('b', 40)]))).toBe(6);
    expect([one, both].map(rectangles)).toEqual([1, 1]);
  });

  it('draws a figure from elsewhere empty and whole: a broken outline means that a figure is too small', async () => {
    const svg = await draw([
      { label: 'x', text: '46 %', extent: { value: 46, lower: null, upper: null }, isComparison: true },
    ]);
    expect(svg).toMatch(/fill="#fff" stroke="#111"/);
    expect(svg).not.toContain('stroke-dasharray');
  });

  it('runs and loads nothing, and styles nothing by style sheets', async () => {
    const svg = await draw([bar('<script>alert(1)</script> & "x"', 50)]);
    expect(svg).not.toMatch(/<script|<image|<use|<style|style=|href|url\(|on[a-z]+=|@import|<foreignObject/i);
    expect(svg).toContain('&lt;script&gt;');
  });

  it('writes no character that XML cannot hold', async () => {
    expect(await draw([bar('a\u0001b\uD800c', 50)])).not.toMatch(/[\u0000-\u0008\uD800-\uDFFF]/u);
  });

  it.each([
    ['a name of forty words', 'Quỹ '.repeat(40).trim()],
    ['a word that is wider than the picture', 'W'.repeat(90)],
    ['ideographs', '日本財団'.repeat(20)],
  ])('cuts no label: %s has as many lines as it needs', async (_, label) => {
    const svg = await draw([bar(label, 50)]);
    const words = [
      ...svg.matchAll(/<text[^>]* transform="translate\(0,[^>]*font-size="13px"[^>]*>([^<]*)<\/text>/g),
    ].map(([, text]) => text);
    const lines = words.slice(0, words.indexOf('50 (41 to 59)'));
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('').replaceAll(' ', '')).toBe(label.replaceAll(' ', ''));
    for (const line of lines) expect(widthOf(line, 13)).toBeLessThanOrEqual(INNER_WIDTH);
    expect(svg).not.toContain('…');
  });

  it('is drawn for the smallest phone, 320 px wide with a margin on each side', async () => {
    expect(await draw([bar('a', 50)])).toMatch(/viewBox="0 0 300 \d+" width="300"/);
    // In letters that are at least 12 px there.
    const sizes = [...(await draw([bar('a', 50)])).matchAll(/font-size="([\d.]+)px"/g)].map(([, size]) => Number(size));
    expect(sizes.length).toBeGreaterThan(3);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12);
  });

  it.each(Object.values(CHART_WORDS).flatMap(({ organizations, percent }) => [organizations, percent]))(
    'has room under its axis for "%s"',
    (unit) => expect(widthOf(unit, 12)).toBeLessThanOrEqual(INNER_WIDTH),
  );

  it('tells readers of its parts nothing: the name and the text are all of it', async () => {
    const svg = await draw([bar('Late payment', 50), { label: 'Other', text: 'fewer than 19', extent: null }]);
    const [, inner] = /<\/desc>([^]*)<\/svg>$/.exec(svg)!;
    expect(inner).not.toMatch(/ role=| aria-(?!hidden="true")/);
    expect(inner).toMatch(/^(<rect[^>]*>)?(<\/rect>)?<g[^>]*>(<g[^>]*>)*/);
    expect(inner).toContain('aria-hidden="true"');
  });

  it('is drawn without a bar to draw', async () => {
    expect(await draw([])).toContain('</svg>');
  });

  it('is the same each time, so that it can be kept', async () => {
    expect(await draw([bar('a', 50)])).toBe(await draw([bar('a', 50)]));
  });
});
