/** What is published of the obstacle log: these views and no others, so that no question can be cut to fit one grantee. */
export const VIEWS = ['CATEGORY', 'KIND_BY_REGION', 'FUNDER'] as const;
export type View = (typeof VIEWS)[number];

/** Each quarter is seen by category; a year by where grantees are, and by funder. */
export const QUARTERLY_VIEWS: readonly View[] = ['CATEGORY'];
export const YEARLY_VIEWS: readonly View[] = ['KIND_BY_REGION', 'FUNDER'];

export const KINDS = ['FUNDER', 'EXTERNAL', 'ORGANIZATION'] as const;
export type Kind = (typeof KINDS)[number];

/**
 * Epsilon is kept as a whole number of thousandths: noise is drawn by exact arithmetic, and 0.35 is no binary fraction.
 */
export type Epsilons = Readonly<Record<View, number>>;

/** How many organizations could have reported, at least. */
export interface Gates {
  readonly network: number;
  readonly region: number;
  readonly funder: number;
}

export interface SealingSettings {
  readonly epsilons: Epsilons;
  readonly gates: Gates;
}

/** An operator may raise gates and lower epsilon from here, never the reverse: see the settings, and the ledger's table. */
export const STANDARD: SealingSettings = {
  epsilons: { CATEGORY: 350, KIND_BY_REGION: 200, FUNDER: 400 },
  gates: { network: 200, region: 25, funder: 150 },
};

/** What all releases about one year may spend together, in thousandths: 4 x 0.35 + 0.2 + 0.4. */
export const YEARLY_LIMIT = 2_000;

/**
 * Of the roadblocks that 102 projects met, the share that funders had made, in Open Road Alliance's study
 * ("Roadblock Analysis Report", 2018): what the share of the kind FUNDER is held beside.
 */
export const OPEN_ROAD_FUNDER_SHARE = 0.46;

export function viewsOf(period: { readonly quarter: number | null }): readonly View[] {
  return period.quarter === null ? YEARLY_VIEWS : QUARTERLY_VIEWS;
}
