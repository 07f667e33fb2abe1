import { describe, expect, it } from '@jest/globals';
import { TREND_WIDTH, drawTrend } from './trend-chart.js';
import { widthOf } from './text-width.rules.js';

const point = (value: number) => ({
  text: `${value} (${value - 9} to ${value + 9})`,
  extent: { value, lower: value - 9, upper: value + 9 },
  threshold: 19,
});
const SMALL = { text: 'fewer than 19', extent: null, threshold: 19 };
const periods = ['Q3', 'Q4', 'Q1', 'Q2'].map((short, i) => {
  const year = i < 2 ? '2025' : '2026';
  return { short, year, label: `${short} ${year}` };
});
const draw = (labels: string[], points = [point(50), SMALL, null, point(131)]): Promise<string> =>
  drawTrend({
    ...{ id: 't', title: 'A title', description: 'About it.', language: 'en' },
    periods,
    series: labels.map((label) => ({ label, points })),
  });
const texts = (svg: string, size: number): string[] =>
  [...svg.matchAll(new RegExp(`<text[^>]*font-size="${size}px"[^>]*>([^<]*)</text>`, 'g'))].map(([, text]) => text);

describe('a chart over time', () => {
  it('is one image whose text says every figure with its quarter, and leaves out what was not published', async () => {
    const svg = await draw(['Late payment']);
    expect(svg).toContain(
      '<desc id="t-text">About it. Late payment: Q3 2025 50 (41 to 59), Q4 2025 fewer than 19, Q2 2026 131 (122 to 140).</desc>',
    );
    const [, inner] = /<\/desc>([^]*)<\/svg>$/.exec(svg)!;
    expect(inner).not.toMatch(/ role=| aria-(?!hidden="true")/);
  });

  it('draws a column and an interval of three lines for a figure, a broken outline where it is too small, else nothing', async () => {
    const svg = await draw(['Late payment']);
    expect(svg.match(/fill="#b9cfe4"/g)).toHaveLength(2);
    expect(svg.match(/<line[^>]* stroke-width="2"/g)).toHaveLength(6);
    expect(svg.match(/stroke-dasharray="3,3"/g)).toHaveLength(1);
  });

  it('names each column, and each year once for each thing', async () => {
    const small = texts(await draw(['a', 'b']), 12);
    expect(small.filter((text) => /^Q\d$/.test(text))).toEqual(['Q3', 'Q4', 'Q1', 'Q2', 'Q3', 'Q4', 'Q1', 'Q2']);
    expect(small.filter((text) => /^20\d\d$/.test(text))).toEqual(['2025', '2026', '2025', '2026']);
    // One scale for all, so that they can be compared.
    expect(small.filter((text) => /^(0|70|140)$/.test(text))).toEqual(['0', '70', '140', '0', '70', '140']);
  });

  it('cuts no label', async () => {
    const label = 'Kinh tế, pháp luật và nguyên nhân bên ngoài khác, kể cả những gì không ai nghĩ tới';
    const lines = texts(await draw([label]), 13);
    expect(lines.join(' ')).toBe(label);
    for (const line of lines) expect(widthOf(line, 13, 'bold')).toBeLessThanOrEqual(TREND_WIDTH);
  });

  it('is drawn without anything to draw, and runs and loads nothing', async () => {
    expect(await draw([])).toContain('</svg>');
    expect(await draw(['<script>alert(1)</script>'])).not.toMatch(
      /<script|style=|href|url\(|on[a-z]+=|<foreignObject/i,
    );
  });
});
