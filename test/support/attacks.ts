import { chanceOfGuessing } from '../../src/statistics/guarantee.rules.js';
import { groupByGate } from '../../src/statistics/sealing/cells.rules.js';
import type { Reported } from '../../src/statistics/sealing/contribution.rules.js';
import { countOnce, sealView } from '../../src/statistics/sealing/contribution.rules.js';
import type { UniformBelow } from '../../src/statistics/sealing/noise.rules.js';
import { uniformFrom } from '../../src/statistics/sealing/noise.rules.js';
import { OTHERS } from '../../src/statistics/sealing/reports.rules.js';
import { STANDARD } from '../../src/statistics/views.rules.js';
import { seededBytes } from './seeded.js';

/** One view that the attacker looks at, as it would be if its target did the one thing or the other. */
interface Look {
  readonly cells: readonly string[];
  readonly epsilon: number;
  /** What each organization reported: the attacker knows all of it but which of the two is true. */
  readonly worlds: readonly [readonly Reported[], readonly Reported[]];
}

export interface Attack {
  readonly name: string;
  /** The most that the printed guarantee allows: by the epsilon of all that it looks at, twice for what was reported about. */
  readonly bound: number;
  readonly looks: (below: UniformBelow) => readonly Look[];
}

const TARGET = 'target';
const once = (organizationId: string, cell: string): Reported => ({ organizationId, cell, times: 1 });
const crowd = (name: string, cell: string, size: number): Reported[] =>
  Array.from({ length: size }, (_, i) => once(`${name} ${i}`, cell));
const tieOrder = (organizationId: string, cell: string): string => organizationId + cell;

const { CATEGORY, KIND_BY_REGION, FUNDER } = STANDARD.epsilons;
const bound = (thousandths: number): number => chanceOfGuessing(thousandths / 1_000);

/** Whether the target reported at all, in a view where others did too. */
function reportedAtAll(epsilon: number, known: readonly Reported[]): Look {
  return { cells: ['a', 'b'], epsilon, worlds: [known, [...known, once(TARGET, 'a')]] };
}
/** Whether it reported about `a` or about `b`. */
function reportedAbout(epsilon: number, known: readonly Reported[]): Look {
  return {
    cells: ['a', 'b'],
    epsilon,
    worlds: [
      [...known, once(TARGET, 'b')],
      [...known, once(TARGET, 'a')],
    ],
  };
}

/** Some others reported; and five, or four to lift a figure to where it is rounded up, are the attacker's own. */
const strangers = (below: UniformBelow): Reported[] => [
  ...crowd('stranger', 'a', below(12)),
  ...crowd('other', 'b', below(12)),
];
const lifted = (below: UniformBelow): Reported[] => {
  const size = 5 + below(8);
  const own = (7 - (size % 5)) % 5;
  return [...crowd('stranger', 'a', size), ...crowd('own', 'a', own), ...crowd('other', 'b', 7)];
};

export const ATTACKS: readonly Attack[] = [
  {
    name: 'watches a figure before and after',
    bound: bound(CATEGORY),
    looks: (below) => [reportedAtAll(CATEGORY, strangers(below))],
  },
  {
    name: 'and has up to four grantees report with the others',
    bound: bound(CATEGORY),
    looks: (below) => [reportedAtAll(CATEGORY, lifted(below))],
  },
  {
    name: 'holds the quarters of a year against each other',
    bound: bound(4 * CATEGORY),
    looks: (below) => Array.from({ length: 4 }, () => reportedAtAll(CATEGORY, lifted(below))),
  },
  {
    name: 'holds a quarter against the views of its year',
    bound: bound(CATEGORY + KIND_BY_REGION + FUNDER),
    looks: (below) => [CATEGORY, KIND_BY_REGION, FUNDER].map((epsilon) => reportedAtAll(epsilon, lifted(below))),
  },
  {
    name: 'reads everything about a year',
    bound: bound(4 * CATEGORY + KIND_BY_REGION + FUNDER),
    looks: (below) => everything(1).map((epsilon) => reportedAtAll(epsilon, lifted(below))),
  },
  {
    name: 'reads everything about two years',
    bound: bound(2 * (4 * CATEGORY + KIND_BY_REGION + FUNDER)),
    looks: (below) => everything(2).map((epsilon) => reportedAtAll(epsilon, lifted(below))),
  },
  {
    name: 'sees a report move from one row to another',
    bound: bound(2 * CATEGORY),
    looks: (below) => [reportedAbout(CATEGORY, lifted(below))],
  },
  {
    name: 'sees it move in a quarter and in the views of its year',
    bound: bound(2 * (CATEGORY + KIND_BY_REGION + FUNDER)),
    looks: (below) => [CATEGORY, KIND_BY_REGION, FUNDER].map((epsilon) => reportedAbout(epsilon, lifted(below))),
  },
  {
    name: 'moves its own 24 grantees to where the target is, so that the region is shown',
    bound: bound(KIND_BY_REGION),
    looks: () => [moved()],
  },
];

function everything(years: number): number[] {
  return Array.from({ length: years }, () => [CATEGORY, CATEGORY, CATEGORY, CATEGORY, KIND_BY_REGION, FUNDER]).flat();
}

/** The gate is passed by who could report, and everybody but the target in that region is the attacker's. */
function moved(): Look {
  const own = Array.from({ length: 24 }, (_, i) => `own ${i}`);
  const eligible = new Map([
    ['here', new Set([TARGET, ...own])],
    ['elsewhere', new Set(Array.from({ length: 200 }, (_, i) => `stranger ${i}`))],
  ]);
  const { alone } = groupByGate(eligible, STANDARD.gates.region);
  const cells = [...alone, OTHERS];
  const known = [...crowd('own', 'here', 7), ...crowd('stranger', 'elsewhere', 30)];
  return { cells, epsilon: KIND_BY_REGION, worlds: [known, [...known, once(TARGET, 'here')]] };
}

/** What the attacker sees of a world, and how much likelier it is in the second than in the first (as a logarithm). */
type Publication = (look: Look, truth: 0 | 1, below: UniformBelow) => number;

/** A live count, shown when it is 5 or more. */
export const HIDING = published((count) => (count < 5 ? 0 : count));
/** A live count, rounded to the nearest 5. */
export const ROUNDED = published((count) => 5 * Math.round(count / 5));

function published(shown: (count: number) => number): Publication {
  return ({ cells, worlds }, truth) => {
    const [first, second] = worlds.map((world) => [...countOnce(cells, world, tieOrder).values()].map(shown).join());
    return first === second ? 0 : truth === 1 ? Infinity : -Infinity;
  };
}

export const SEALED: Publication = ({ cells, worlds, epsilon }, truth, below) => {
  const values = sealView(cells, worlds[truth], epsilon, tieOrder, below);
  const [first, second] = worlds.map((world) => [...countOnce(cells, world, tieOrder).values()]);
  return values.reduce(
    (sum, value, i) => sum + (epsilon / 1_000) * (Math.abs(value - first[i]) - Math.abs(value - second[i])),
    0,
  );
};

/** How often the best guess is right, from even odds: of all trials, and of those in which the attacker is surest. */
export interface Success {
  readonly rate: number;
  readonly surest: number;
  readonly surestTrials: number;
}

/** The hundredth part with the strongest evidence, and all with evidence as strong. */
const SUREST = 0.01;

export function successOf(attack: Attack, publication: Publication, trials: number, seed: number): Success {
  const below = uniformFrom(seededBytes(seed));
  const outcomes: { strength: number; isRight: boolean }[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const truth = below(2) as 0 | 1;
    const evidence = attack.looks(below).reduce((sum, look) => sum + publication(look, truth, below), 0);
    // Equal weights do not always cancel to the last bit; even evidence is met by a coin.
    const strength = Math.round(Math.abs(evidence) * 1e6);
    const guess = strength === 0 ? below(2) : Number(evidence > 0);
    outcomes.push({ strength, isRight: guess === truth });
  }
  const strengths = outcomes.map(({ strength }) => strength).sort((a, b) => b - a);
  const surest = outcomes.filter(({ strength }) => strength >= strengths[Math.ceil(SUREST * trials) - 1]);
  return { rate: rateOf(outcomes), surest: rateOf(surest), surestTrials: surest.length };
}

function rateOf(outcomes: readonly { isRight: boolean }[]): number {
  return outcomes.filter(({ isRight }) => isRight).length / outcomes.length;
}

export interface Row {
  readonly attack: Attack;
  readonly hiding: Success;
  readonly rounded: Success;
  readonly sealed: Success;
}

export function runAttacks(trials: number, seed: number): Row[] {
  return ATTACKS.map((attack) => ({
    attack,
    hiding: successOf(attack, HIDING, Math.min(trials, 2_000), seed),
    rounded: successOf(attack, ROUNDED, Math.min(trials, 2_000), seed),
    sealed: successOf(attack, SEALED, trials, seed),
  }));
}

/** The table that the run prints. */
export function attackTable(rows: readonly Row[]): string {
  const percent = (rate: number): string => `${(100 * rate).toFixed(1)} %`.padStart(8);
  const lines = rows.map(({ attack, hiding, rounded, sealed }) =>
    [
      attack.name.padEnd(80),
      ...[hiding.rate, rounded.rate, sealed.rate, sealed.surest, attack.bound].map(percent),
    ].join(' '),
  );
  const heads = ['live, 5+', 'rounded', 'sealed', 'surest', 'bound'].map((head) => head.padStart(8));
  return [['the attacker'.padEnd(80), ...heads].join(' '), ...lines].join('\n');
}
