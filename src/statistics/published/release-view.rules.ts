import type { Locale } from '../../platform/errors/codes.js';
import { kindLabel } from '../labels/kind-label.rules.js';
import type { Period } from '../period.rules.js';
import type { Kind, View } from '../views.rules.js';
import { KINDS } from '../views.rules.js';

/** One published figure of a view, by what it stands for. */
export interface Cell {
  readonly view: View;
  readonly kind: Kind;
  readonly category: string | null;
  readonly region: string | null;
  readonly funderId: string | null;
  readonly labelEn: string;
  readonly labelVi: string;
  readonly value: number;
  /** In thousandths. */
  readonly epsilon: number;
}

/** All figures of one view of one sealed period. */
export interface ReleaseView {
  readonly period: Period;
  readonly view: View;
  readonly sealedAt: Date;
  readonly cells: readonly Cell[];
}

/** How addresses name the views. */
export const SLUGS: Readonly<Record<View, string>> = {
  CATEGORY: 'category',
  KIND_BY_REGION: 'kind-by-region',
  FUNDER: 'funder',
};

export function viewOfSlug(slug: string): View | null {
  return (Object.keys(SLUGS) as View[]).find((view) => SLUGS[view] === slug) ?? null;
}

/** The category, region or funder, as it was called when it was sealed. */
export function nameOf({ labelEn, labelVi }: Cell, locale: Locale): string {
  return locale === 'vi' ? labelVi : labelEn;
}

/** What a cell is called by itself. A region has a cell for each kind, so the kind is said too. */
export function labelOf(cell: Cell, locale: Locale): string {
  const name = nameOf(cell, locale);
  return cell.view === 'KIND_BY_REGION' ? `${name}: ${kindLabel(cell.kind, locale)}` : name;
}

/**
 * Categories in the order of their list; regions, and funders, in that of the alphabet, whatever their figures (this is
 * no ranking), with those shown together last.
 */
export function inShownOrder(cells: readonly Cell[], locale: Locale): readonly Cell[] {
  if (cells[0]?.view === 'CATEGORY') return cells;
  const alphabet = new Intl.Collator(locale);
  const isTogether = ({ region, funderId }: Cell): number => Number(region === null && funderId === null);
  return [...cells].sort(
    (a, b) =>
      isTogether(a) - isTogether(b) ||
      alphabet.compare(nameOf(a, locale), nameOf(b, locale)) ||
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
  );
}
