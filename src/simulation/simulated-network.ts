import { SeededBytes } from './seeded.js';

export interface SimulatedFunder {
  readonly id: string;
  readonly name: string;
}
export interface SimulatedAgreement {
  readonly id: string;
  readonly funderId: string;
}
export interface SimulatedGrantee {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly keyId: string;
  readonly lineageId: string;
  /** When its agreements were accepted and its key was made. */
  readonly joinedAt: number;
  readonly agreements: readonly SimulatedAgreement[];
  /** The chance that it logs anything in a quarter. */
  readonly candor: number;
}
export interface SimulatedNetwork {
  readonly funders: readonly SimulatedFunder[];
  readonly grantees: readonly SimulatedGrantee[];
}

const DAY = 86_400_000;
/** Two of them so rare that no network of some thousand grantees may publish them alone. */
const COUNTRIES = [
  ['VN', 22],
  ['PH', 14],
  ['IN', 14],
  ['KE', 12],
  ['GB', 10],
  ['BR', 10],
  ['GH', 8],
  ['NP', 6],
  ['US', 3],
  ['LA', 0.6],
  ['BO', 0.4],
].map(([value, weight]) => ({ value: value as string, weight: weight as number }));
const RIVERS = 'Amber Birch Cedar Delta Ember Fern Granite Harbor Indigo Juniper Kestrel Lantern'.split(' ');
const GRANTEES_A_FUNDER = 60;

/**
 * Few large funders and many small ones, grantees with one to three of them, most of them there before the first
 * quarter and the others joining while it lasts.
 */
export function inventNetwork(options: { seed: string; grantees: number; from: number; to: number }): SimulatedNetwork {
  const random = new SeededBytes(`${options.seed} network`);
  const funders = Array.from({ length: Math.max(4, Math.round(options.grantees / GRANTEES_A_FUNDER)) }, (_, i) => ({
    id: random.uuid(),
    name: `${RIVERS[i % RIVERS.length]} Fund${i < RIVERS.length ? '' : ` ${Math.floor(i / RIVERS.length) + 1}`}`,
  }));
  const bySize = funders.map((value, i) => ({ value, weight: 1 / (i + 1) }));
  const joined = (): number =>
    random.number() < 0.85
      ? options.from - (40 + random.number() * 300) * DAY
      : options.from + random.number() * (options.to - options.from);
  const invent = (_: unknown, i: number): SimulatedGrantee => {
    const wanted = random.pick([1, 2, 3].map((value) => ({ value, weight: 4 - value })));
    const of = new Set(Array.from({ length: wanted }, () => random.pick(bySize)));
    return {
      id: random.uuid(),
      name: `Simulated group ${i + 1}`,
      country: random.pick(COUNTRIES),
      keyId: random.uuid(),
      lineageId: random.uuid(),
      joinedAt: Math.floor(joined()),
      agreements: [...of].map(({ id }) => ({ id: random.uuid(), funderId: id })),
      // Most hardly ever say anything, a few say something in most quarters.
      candor: 0.04 + 0.5 * random.number() ** 2,
    };
  };
  return { funders, grantees: Array.from({ length: options.grantees }, invent) };
}
