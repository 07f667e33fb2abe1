import { describe, expect, it } from '@jest/globals';
import { quarterOf } from '../period.rules.js';
import type { ReleaseView } from './release-view.rules.js';
import { quartersBack, trendOf } from './trend.rules.js';

const view = (year: number, quarter: number, values: Record<string, number>, suffix = ''): ReleaseView => ({
  period: quarterOf(year, quarter),
  view: 'CATEGORY',
  sealedAt: new Date(0),
  cells: Object.entries(values).map(([category, value]) => ({
    ...{ view: 'CATEGORY', kind: category === 'F' ? 'FUNDER' : 'EXTERNAL', category, region: null, funderId: null },
    ...{ labelEn: `${category}${suffix}`, labelVi: `${category}${suffix}`, value, epsilon: 350 },
  })),
});
const names = (quarters: readonly { name: string }[]): string[] => quarters.map(({ name }) => name);

describe('the quarters of a trend', () => {
  it('go back from the latest, over the end of a year, to the first that was published', () => {
    expect(names(quartersBack(quarterOf(2026, 2), new Set(['2026-Q2', '2025-Q4'])))).toEqual([
      '2025-Q4',
      '2026-Q1',
      '2026-Q2',
    ]);
    expect(names(quartersBack(quarterOf(2026, 2), new Set(['2026-Q2'])))).toEqual(['2026-Q2']);
  });

  it('are two years at most', () => {
    const published = new Set(['2023-Q1', '2024-Q2', '2024-Q3', '2024-Q4', '2026-Q2']);
    expect(names(quartersBack(quarterOf(2026, 2), published))).toHaveLength(8);
    expect(names(quartersBack(quarterOf(2026, 2), published))[0]).toBe('2024-Q3');
  });
});

describe('a trend', () => {
  it('has a place for each quarter, also of those of which nothing was published', () => {
    const quarters = quartersBack(quarterOf(2026, 2), new Set(['2025-Q4', '2026-Q2']));
    const views = [view(2025, 4, { F: 100, E: 100 }, ' of before'), view(2026, 2, { F: 150, G: 50 })];
    const { shares, rows } = trendOf(quarters, views)!;
    expect(shares.map((share) => share && Math.round(100 * share.value))).toEqual([50, null, 75]);
    expect(rows.map(({ cell, cells }) => [cell.labelEn, cells.map((each) => each?.value ?? null)])).toEqual([
      ['F', [100, null, 150]],
      ['G', [null, null, 50]],
      ['E of before', [100, null, null]],
    ]);
  });

  it('needs two quarters', () => {
    expect(trendOf([quarterOf(2026, 2)], [view(2026, 2, { F: 1 })])).toBeNull();
    expect(trendOf([], [])).toBeNull();
  });
});
