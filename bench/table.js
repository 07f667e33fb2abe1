/** Rows of texts under a heading, in columns. */
export function table(heading, rows) {
  const widths = heading.map((text, i) => Math.max(text.length, ...rows.map((row) => String(row[i] ?? '').length)));
  const line = (cells) =>
    `| ${widths.map((width, i) => (i === 0 ? String(cells[i] ?? '').padEnd(width) : String(cells[i] ?? '').padStart(width))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(heading), rule, ...rows.map(line)].join('\n');
}

export const whole = (value) => (Number.isFinite(value) ? Math.round(value).toLocaleString('en-US') : '');
export const digits = (count) => (value) => (Number.isFinite(value) ? value.toFixed(count) : '');
