import type { Share } from '../funder-share.rules.js';
import { shareOf } from '../funder-share.rules.js';
import type { Kind, View } from '../views.rules.js';
import { KINDS } from '../views.rules.js';
import type { Figure, Term } from './figure.rules.js';
import { figureOfSum } from './figure.rules.js';

/** What of a published cell figures are made of. */
export interface SealedCell extends Term {
  readonly period: string;
  readonly kind: Kind;
  readonly category: string | null;
  readonly region: string | null;
  readonly funderId: string | null;
  readonly labelEn: string;
  readonly labelVi: string;
}

/** A figure within its view and period. */
export interface PartFigure extends Figure {
  /** Of all that the view counted in this period; null where the whole could be noise alone. */
  readonly share: Share | null;
}
export interface KindFigure extends PartFigure {
  readonly kind: Kind;
}
export interface CellFigure extends PartFigure, Omit<SealedCell, 'period' | 'value' | 'epsilon'> {}

/** A view in one period: a release's own, or a year as the sum of its sealed quarters. */
export interface PeriodFigures {
  readonly period: string;
  readonly view: View;
  /** The quarters that a year is the sum of; null for what was sealed as it is. */
  readonly quarters: readonly string[] | null;
  readonly total: Figure;
  readonly kinds: readonly KindFigure[];
  /** In the view's order, which the figures have no part in. */
  readonly cells: readonly CellFigure[];
}

/** Null where nothing was published. */
export function figuresOf(period: string, view: View, sealed: readonly SealedCell[]): PeriodFigures | null {
  if (sealed.length === 0) return null;
  const partOf = (terms: readonly SealedCell[]): PartFigure => ({
    ...figureOfSum(terms),
    share: shareOf(terms, sealed),
  });
  return {
    period,
    view,
    quarters: sealed[0].period === period ? null : [...new Set(sealed.map((cell) => cell.period))].sort(),
    total: figureOfSum(sealed),
    kinds: KINDS.map((kind) => ({ kind, terms: sealed.filter((cell) => cell.kind === kind) }))
      .filter(({ terms }) => terms.length > 0)
      .map(({ kind, terms }) => ({ kind, ...partOf(terms) })),
    cells: groupsOf(sealed).map((terms) => {
      const { kind, category, region, funderId, labelEn, labelVi } = terms.at(-1)!;
      return { kind, category, region, funderId, labelEn, labelVi, ...partOf(terms) };
    }),
  };
}

/** Cells of the same meaning in different quarters. */
function groupsOf(sealed: readonly SealedCell[]): SealedCell[][] {
  const groups = new Map<string, SealedCell[]>();
  for (const cell of sealed) {
    const name = [cell.kind, cell.category, cell.region, cell.funderId].join(' ');
    const group = groups.get(name);
    if (group) group.push(cell);
    else groups.set(name, [cell]);
  }
  return [...groups.values()];
}
