import type { Locale } from '../../platform/errors/codes.js';

const MONTHS = ['January to March', 'April to June', 'July to September', 'October to December'];

/** "Q3 2026", or "2026": in tables, where there is little room. */
export function quarterLabel({ year, quarter }: { year: number; quarter: number | null }, locale: Locale): string {
  if (quarter === null) return String(year);
  return locale === 'vi' ? `Quý ${quarter}/${year}` : `Q${quarter} ${year}`;
}

/** "July to September 2026", or "2026". */
export function periodLabel({ year, quarter }: { year: number; quarter: number | null }, locale: Locale): string {
  if (quarter === null) return locale === 'vi' ? `năm ${year}` : String(year);
  const first = 3 * quarter - 2;
  return locale === 'vi' ? `tháng ${first} đến tháng ${first + 2} năm ${year}` : `${MONTHS[quarter - 1]} ${year}`;
}
