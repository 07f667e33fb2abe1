import { stringify } from 'csv-stringify/sync';
import { publicId } from '../../platform/api/ids.js';
import { figureOf } from '../published/figure.rules.js';
import type { Cell, ReleaseView } from '../published/release-view.rules.js';
import { inShownOrder } from '../published/release-view.rules.js';

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

/**
 * RFC 4180: a header, CRLF, quotes where needed, UTF-8. A text that a spreadsheet would run as a formula gets an
 * apostrophe before it; a figure is a number, and stays one when it is negative.
 */
export function asCsv(view: ReleaseView): string {
  const { period, startsOn, endsOn } = periodOf(view);
  const rows = rowsOf(view).map((row) => [period, startsOn, endsOn, view.view, ...Object.values(row)]);
  return stringify([HEADER, ...rows], { record_delimiter: 'windows', escape_formulas: true });
}

/** The last eleven name what is in a row, in its order. */
const HEADER = [
  ...['period', 'starts_on', 'ends_on', 'view'],
  ...['kind', 'category', 'region', 'funder_id', 'label_en', 'label_vi'],
  ...['value', 'lower_95', 'upper_95', 'threshold', 'epsilon'],
];

export function asJson(view: ReleaseView): string {
  return `${JSON.stringify({ ...periodOf(view), cells: rowsOf(view) }, null, 2)}\n`;
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
