import { Injectable } from '@nestjs/common';
import { ID_PREFIXES, parseId } from '../../platform/api/ids.js';
import type { Reader } from '../../platform/db/reader.js';
import { refuse } from '../../platform/errors/refusal.js';
import type { CellFigure, PeriodFigures, SealedCell } from '../published/period-figures.rules.js';
import { figuresOf } from '../published/period-figures.rules.js';
import { parsePeriod, quartersOf } from '../period.rules.js';
import { ObstacleReleases } from '../releases.service.js';
import type { View } from '../views.rules.js';

/** Which cells are told; totals and shares are always of the whole view. */
export interface CellFilter {
  readonly kinds?: readonly string[] | null;
  readonly categories?: readonly string[] | null;
  readonly regions?: readonly string[] | null;
  /** As callers name them, with their prefix. */
  readonly funderIds?: readonly string[] | null;
}

/** How many periods are told when none is named: the four quarters of a year. And at most: ten years of quarters. */
const USUAL = 4;
const MOST = 40;

/** Published figures as people ask for them. Computed from sealed cells and from nothing else. */
@Injectable()
export class ObstacleStatistics {
  constructor(private readonly releases: ObstacleReleases) {}

  /** In the order of the periods named, the latest first when none is. Periods without figures in this view are left out. */
  async figures(
    reader: Reader,
    view: View,
    named: readonly string[] | null | undefined,
    filter: CellFilter = {},
  ): Promise<PeriodFigures[]> {
    if (named && named.length > MOST) {
      throw refuse('TOO_MANY_ITEMS', { path: ['periods'], parameters: { limit: MOST, actual: named.length } });
    }
    const funderIds = filter.funderIds?.map(uuidOfFunder);
    const periods = named ?? (await this.releases.latest(reader, view, USUAL));
    const parts = new Map(periods.map((name, i) => [name, partsOf(name, view, i)]));
    const cells = await this.releases.cells(reader, view, [...new Set([...parts.values()].flat())]);
    return [...parts].flatMap(([name, sealed]) => {
      const figures = figuresOf(
        name,
        view,
        cells.filter(({ period }) => sealed.includes(period)),
      );
      return figures
        ? [{ ...figures, cells: figures.cells.filter((cell) => isWanted(cell, { ...filter, funderIds })) }]
        : [];
    });
  }
}

/** Which releases a period is made of: a year by category is the sum of its quarters. */
function partsOf(name: string, view: View, place: number): string[] {
  const period = parsePeriod(name);
  if (!period) throw refuse('NOT_A_PERIOD', { path: ['periods', String(place)], parameters: { period: name } });
  return view === 'CATEGORY' && period.quarter === null ? quartersOf(period.year).map((each) => each.name) : [name];
}

function uuidOfFunder(id: string): string {
  const uuid = parseId('funder', id);
  if (uuid === null) {
    throw refuse('INVALID_ID', { path: ['filter', 'funderId'], parameters: { expected: `${ID_PREFIXES.funder}_…` } });
  }
  return uuid;
}

function isWanted(cell: CellFigure, { kinds, categories, regions, funderIds }: CellFilter): boolean {
  const isIn = (wanted: readonly string[] | null | undefined, value: SealedCell['category']): boolean =>
    !wanted || (value !== null && wanted.includes(value));
  return (
    isIn(kinds, cell.kind) &&
    isIn(categories, cell.category) &&
    isIn(regions, cell.region) &&
    isIn(funderIds, cell.funderId)
  );
}
