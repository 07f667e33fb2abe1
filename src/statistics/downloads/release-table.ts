import { stringify } from 'csv-stringify/sync';
import { publicId } from '../../platform/api/ids.js';
import { figureOf } from '../published/figure.rules.js';
import type { Cell, ReleaseView } from '../published/release-view.rules.js';
import { inShownOrder } from '../published/release-view.rules.js';
import { COLUMNS, REGION_PREFIX } from './columns.rules.js';

const THOUSANDTHS = 1_000;
const DAY = 86_400_000;

/** A row of the table that both forms of the download hold. */
export function rowOf(cell: Cell) {
  const { value, lower, upper, threshold } = figureOf(cell);
  return {
    kind: cell.kind,
    category: cell.category,
    region: cell.region,
    funderId: cell.funderId && publicId('funder', cell.funderId),
    labelEn: cell.labelEn,
    labelVi: cell.labelVi,
    value,
    lower95: lower,
    upper95: upper,
    threshold,
    epsilon: cell.epsilon / THOUSANDTHS,
  };
}

/** In an order that the figures have no part in. */
function rowsOf({ cells }: ReleaseView) {
  return inShownOrder(cells, 'en').map(rowOf);
}

export function periodOf({ period, sealedAt, view }: ReleaseView) {
  return {
    period: period.name,
    startsOn: dayOf(period.startsAt),
    endsOn: dayOf(new Date(period.endsAt.getTime() - DAY)),
    sealedAt: sealedAt.toISOString(),
    view,
    unit: 'organizations',
  };
}

/** Excel reads a file as UTF-8 only when it begins with this mark; libraries leave it out. */
const BYTE_ORDER_MARK = '\uFEFF';
const HEADER = COLUMNS.map(({ name }) => name);

/**
 * RFC 4180: a header, CRLF, quotes where needed, UTF-8. A text that a spreadsheet would run as a formula gets an
 * apostrophe before it; a figure is a number, and stays one when it is negative. A region is written so that nothing takes it
 * for a number (ADR 56).
 */
export function asCsv(view: ReleaseView): string {
  return `${csvHeader()}${csvRows(view)}`;
}

export function csvHeader(): string {
  return `${BYTE_ORDER_MARK}${lines([HEADER])}`;
}

export function csvRows(view: ReleaseView): string {
  const { period, startsOn, endsOn } = periodOf(view);
  return lines(
    rowsOf(view).map(({ region, ...row }) => {
      const fields: Readonly<Record<string, unknown>> = {
        ...{ period, startsOn, endsOn, view: view.view },
        ...row,
        region: region && `${REGION_PREFIX}${region}`,
      };
      return COLUMNS.map(({ json }) => fields[json]);
    }),
  );
}

function lines(rows: readonly (readonly unknown[])[]): string {
  return stringify([...rows] as unknown[][], { record_delimiter: 'windows', escape_formulas: true });
}

export function asJson(view: ReleaseView): string {
  return `${JSON.stringify({ ...periodOf(view), cells: rowsOf(view) }, null, 2)}\n`;
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
