import { STANDARD } from '../statistics/views.rules.js';
import type { ComparedCell } from './comparison.js';

const share = (value: number | null): string => (value === null ? 'too little' : `${(100 * value).toFixed(1)} %`);

/** One line for each published cell, as a Markdown table that a terminal shows as well. */
export function tableOf(cells: readonly ComparedCell[]): string[] {
  const rows = cells.map((cell) => [
    cell.period,
    cell.view.toLowerCase().replaceAll('_', ' '),
    cell.label,
    String(cell.trueCount),
    String(cell.published),
    share(cell.trueShare),
    share(cell.publishedShare),
    cell.isCovered ? 'yes' : 'no',
  ]);
  const all = [HEADER, ...rows];
  const widths = HEADER.map((_, column) => Math.max(...all.map((row) => [...row[column]].length)));
  const pad = (text: string, column: number): string =>
    IS_NUMBER[column] ? text.padStart(widths[column]) : text.padEnd(widths[column]);
  const line = (row: readonly string[]): string => `| ${row.map(pad).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (IS_NUMBER[column] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  return [line(HEADER), rule, ...rows.map(line)];
}

const HEADER = ['period', 'view', 'cell', 'true', 'published', 'true share', 'published share', 'covered'];
const IS_NUMBER = [false, false, false, true, true, true, true, false];

/** How far off the figures are in all. */
export function summaryOf(cells: readonly ComparedCell[]): string[] {
  if (cells.length === 0)
    return [`Nothing was published: fewer than ${STANDARD.gates.network} organizations could have reported.`];
  const covered = cells.filter(({ isCovered }) => isCovered).length;
  const views = [...new Set(cells.map(({ view }) => view))];
  return [
    `${cells.length} published figures; the 95 % interval holds the true count of ${covered} (${((100 * covered) / cells.length).toFixed(1)} %).`,
    ...views.map((view) => {
      const told = cells.filter(
        (cell) => cell.view === view && cell.trueShare !== null && cell.publishedShare !== null,
      );
      const gaps = told.map(({ trueShare, publishedShare }) => 100 * Math.abs(trueShare! - publishedShare!));
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length);
      const most = Math.max(0, ...gaps);
      return `${view}: a published share is off by ${mean.toFixed(2)} points on average, by ${most.toFixed(2)} at most.`;
    }),
  ];
}
