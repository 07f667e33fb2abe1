import { SeededBytes } from './seeded.js';
import type { SimulatedGrantee, SimulatedNetwork } from './simulated-network.js';

export interface Code {
  readonly code: string;
  readonly kind: string;
  readonly category: string;
}
export interface SimulatedObstacle {
  readonly grantee: SimulatedGrantee;
  readonly at: number;
  readonly code: string;
  readonly tier: 'AGGREGATE_ONLY' | 'CONFIDENTIAL' | 'SHARED';
  readonly agreementId: string | null;
}

/** How often each category is the first cause: about half of it from funders, as in Open Road Alliance's study. */
const WEIGHTS: Readonly<Record<string, number>> = {
  FUNDER_PAYMENT: 16,
  FUNDER_PAPERWORK: 12,
  FUNDER_COMMITMENT: 8,
  FUNDER_DIRECTION: 7,
  FUNDER_RELATIONSHIP: 6,
  EXTERNAL_ECONOMY: 14,
  EXTERNAL_DISASTER: 13,
  EXTERNAL_CONFLICT: 6,
  ORGANIZATION_PEOPLE: 13,
  ORGANIZATION_ASSETS: 5,
};
/** Where storms and floods come more often. */
const EXPOSED = new Set(['PH', 'NP', 'VN']);
const TIERS = [
  { value: 'AGGREGATE_ONLY', weight: 45 },
  { value: 'CONFIDENTIAL', weight: 33 },
  { value: 'SHARED', weight: 22 },
] as const;
/** Who logs one obstacle often logs another. */
const ANOTHER = 0.35;
const MOST_A_QUARTER = 5;

/** What one quarter brings, in the order of time. */
export function inventObstacles(
  network: SimulatedNetwork,
  codes: readonly Code[],
  quarter: { readonly seed: string; readonly from: number; readonly to: number },
): SimulatedObstacle[] {
  const random = new SeededBytes(`${quarter.seed} obstacles ${quarter.from}`);
  const chances = (grantee: SimulatedGrantee): { value: Code; weight: number }[] =>
    codes.map((value) => {
      const share = codes.filter(({ category }) => category === value.category).length;
      const more = value.category === 'EXTERNAL_DISASTER' && EXPOSED.has(grantee.country) ? 2 : 1;
      return { value, weight: ((WEIGHTS[value.category] ?? 1) * more) / share };
    });
  const inventOne = (grantee: SimulatedGrantee, from: number): SimulatedObstacle => {
    const { code, kind } = random.pick(chances(grantee));
    const tier = random.pick(TIERS);
    const isAboutFunder = kind === 'FUNDER' || tier === 'SHARED';
    const of = grantee.agreements[Math.floor(random.number() * grantee.agreements.length)];
    const at = Math.floor(from + random.number() * (quarter.to - from));
    return { grantee, at, code, tier, agreementId: isAboutFunder ? of.id : null };
  };
  const obstacles: SimulatedObstacle[] = [];
  for (const grantee of network.grantees) {
    const from = Math.max(quarter.from, grantee.joinedAt);
    if (from >= quarter.to || random.number() >= grantee.candor) continue;
    let logged = 0;
    do obstacles.push(inventOne(grantee, from));
    while (++logged < MOST_A_QUARTER && random.number() < ANOTHER);
  }
  return obstacles.sort((a, b) => a.at - b.at);
}
