import type { Grouping } from './cells.rules.js';
import { OTHERS, regionCell } from './reports.rules.js';
import type { Kind } from '../views.rules.js';
import { KINDS } from '../views.rules.js';

interface Labels {
  readonly labelEn: string;
  readonly labelVi: string;
}
export interface Category extends Labels {
  readonly category: string;
  readonly kind: Kind;
}
/** A region by its code, or a funder by its id. */
export interface Named extends Labels {
  readonly name: string;
}

/** A cell as its view defines it before anything is counted; `cell` is what reports name it by. */
export interface DefinedCell extends Labels {
  readonly cell: string;
  readonly kind: Kind;
  readonly category: string | null;
  readonly region: string | null;
  readonly funderId: string | null;
}

const OTHER_REGIONS: Labels = { labelEn: 'Other regions', labelVi: 'Các khu vực khác' };
const OTHER_FUNDERS: Labels = { labelEn: 'Other funders', labelVi: 'Các nhà tài trợ khác' };
const NOTHING = { category: null, region: null, funderId: null };

export function categoryCells(categories: readonly Category[]): DefinedCell[] {
  return categories.map((each) => ({ ...NOTHING, ...each, cell: each.category }));
}

/** For each region that stands by itself, and for the others, a cell of each kind. */
export function regionCells(regions: readonly Named[], grouping: Grouping): DefinedCell[] {
  const shown = standing(regions, grouping, OTHER_REGIONS);
  return KINDS.flatMap((kind) =>
    shown.map(({ name, ...labels }) => ({
      ...NOTHING,
      ...labels,
      cell: regionCell(kind, name ?? OTHERS),
      kind,
      region: name,
    })),
  );
}

/** By name and never by figure: funders are not ranked. */
export function funderCells(funders: readonly Named[], grouping: Grouping): DefinedCell[] {
  return standing(funders, grouping, OTHER_FUNDERS).map(({ name, ...labels }) => ({
    ...NOTHING,
    ...labels,
    cell: name ?? OTHERS,
    kind: 'FUNDER',
    funderId: name,
  }));
}

function standing(
  all: readonly Named[],
  { alone, hasOthers }: Grouping,
  others: Labels,
): (Labels & { name: string | null })[] {
  const shown = all.filter(({ name }) => alone.includes(name));
  return hasOthers ? [...shown, { name: null, ...others }] : shown;
}
