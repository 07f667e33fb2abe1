import { type MonthFirstDate, readPlannedDay } from './day.rules.js';
import { fieldOf, type JsonObject, listOf, scalarText } from './json-value.rules.js';
import type { RowReasons } from './rejection.rules.js';

export interface ImportedTerm {
  /** Both as the file has them: an end before its start is a fact about the record, not for us to mend. */
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  /** Null beside an end: an end says more. */
  readonly durationMonths: number | null;
}

/** Columns that stand for the planned dates in files whose publishers kept their own headings. */
const OWN_START = ['Project Start Date', 'Planned Dates:Start Date', 'startDate'];
const OWN_END = ['Project End Date', 'Planned Dates:End Date', 'endDate'];
const OWN_DURATION = ['Planned Dates:Duration (months)'];

export function readTerm(row: JsonObject, monthFirst: MonthFirstDate | null, reasons: RowReasons): ImportedTerm {
  const { startsOn, endsOn } = readDays(row, monthFirst, reasons);
  return { startsOn, endsOn, durationMonths: endsOn === null ? durationIn(row) : null };
}

function readDays(
  row: JsonObject,
  monthFirst: MonthFirstDate | null,
  reasons: RowReasons,
): Pick<ImportedTerm, 'startsOn' | 'endsOn'> {
  const eventDays = (field: string, edge: 'startDate' | 'endDate'): string[] =>
    listOf(row[field])
      .map((event, index) =>
        reasons.attempt(() => readPlannedDay(fieldOf(event, edge), `${field}[${index}].${edge}`, monthFirst)),
      )
      .filter((day) => day !== null)
      .sort();
  const ownDay = (columns: readonly string[]): string | null => {
    const column = columns.find((name) => row[name] !== undefined);
    return column === undefined ? null : reasons.attempt(() => readPlannedDay(row[column], column, monthFirst));
  };
  for (const field of ['plannedDates', 'actualDates']) {
    const starts = eventDays(field, 'startDate');
    const ends = eventDays(field, 'endDate');
    // Several events are stages of one grant. Days in this form sort as text.
    if (starts.length + ends.length > 0) return { startsOn: starts[0] ?? null, endsOn: ends.at(-1) ?? null };
    if (field === 'plannedDates') {
      const [startsOn, endsOn] = [ownDay(OWN_START), ownDay(OWN_END)];
      if (startsOn ?? endsOn) return { startsOn, endsOn };
    }
  }
  return { startsOn: null, endsOn: null };
}

/** A century; more is days or a slip. */
const MAX_MONTHS = 1_200;

/** In whole months. Of several stages nobody knows whether one follows the other, so only a single one counts. */
function durationIn(row: JsonObject): number | null {
  const stated = listOf(row.plannedDates).map((event) => fieldOf(event, 'duration'));
  const own = OWN_DURATION.map((name) => row[name]);
  const [only, ...others] = [...stated, ...own].filter((value) => value !== null && value !== undefined);
  const text = others.length > 0 ? null : scalarText(only);
  const match = text === null ? null : /^(\d{1,4})(?:\.0*)?$/.exec(text);
  const months = Number(match?.[1] ?? 0);
  return months >= 1 && months <= MAX_MONTHS ? months : null;
}
