import { addDays, addYears, daysBetween } from '../../agreements/due-day.rules.js';
import type { ReportContent } from '../reports/report-content.rules.js';
import { sharedWith } from '../reports/report-content.rules.js';

export interface Hoped {
  readonly funderId: string;
  readonly dueOn: string;
  readonly expectedOn: string;
}
interface Days {
  readonly from: string;
  readonly to: string;
}

/** What an expectation hopes to hear of: the year that ends with its day, longer by what it was moved. */
export function yearOf({ dueOn, expectedOn }: Hoped): Days {
  return { from: addDays(addYears(dueOn, -1), 1), to: expectedOn };
}

/**
 * Whether a report would already tell what is hoped for. It is about the year in which the middle of its period lies, so
 * that it belongs to one of two years that follow each other; and something of it must be for that funder to see.
 */
export function tells(report: ReportContent, hoped: Hoped): boolean {
  const { periodStart, periodEnd, format } = report;
  if (periodStart === null || periodEnd === null) return false;
  const middle = addDays(periodStart, Math.floor(daysBetween(periodStart, periodEnd) / 2));
  const { from, to } = yearOf(hoped);
  if (middle < from || middle > to) return false;
  return format !== 'WRITTEN' || sharedWith(report, hoped.funderId).sections.length > 0;
}
