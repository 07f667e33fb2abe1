import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Entropy } from '../../platform/clock/entropy.js';
import { SECRET } from '../../platform/db/cursor.service.js';
import type { Tx } from '../../platform/db/transaction.js';
import type { Grouping } from './cells.rules.js';
import { groupByGate } from './cells.rules.js';
import type { TieOrder } from './contribution.rules.js';
import { sealView } from './contribution.rules.js';
import type { DefinedCell } from './defined-cells.rules.js';
import { categoryCells, funderCells, regionCells } from './defined-cells.rules.js';
import { uniformFrom } from './noise.rules.js';
import type { Period } from '../period.rules.js';
import { quartersOf } from '../period.rules.js';
import type { CellRow, LedgerRow } from '../release.entity.js';
import { reportsIn } from './reports.rules.js';
import type { Eligible } from './sealing.store.js';
import { readCategories, readFunders, readRegions, readTallies } from './sealing.store.js';
import type { SealedRelease } from './sealed-release.js';
import type { SealingSettings, View } from '../views.rules.js';
import { viewsOf } from '../views.rules.js';

export const SEALING_SETTINGS = Symbol('SEALING_SETTINGS');

const NO_GROUPING: Grouping = { alone: [], together: [], hasOthers: false };

type Drawn = Pick<SealedRelease, 'spent' | 'cells'>;

interface DefinedView {
  readonly grouping: Grouping;
  readonly cells: readonly DefinedCell[];
}

/** From what is hidden to what is public. True counts stay inside one call of `sealView`; nothing else leaves this file. */
@Injectable()
export class Publishing {
  constructor(
    private readonly entropy: Entropy,
    @Inject(SECRET) private readonly secret: string,
    @Inject(SEALING_SETTINGS) private readonly settings: SealingSettings,
  ) {}

  /** The figures of a period, and what they spend. Called once for each period: the noise is drawn here. */
  async draw(tx: Tx, releaseId: string, period: Period, eligible: readonly Eligible[]): Promise<Drawn> {
    const drawn = { spent: [] as LedgerRow[], cells: [] as CellRow[] };
    const { name, year, quarter } = period;
    const quarters = quarter === null ? quartersOf(year).map((each) => each.name) : [name];
    const tallies = await readTallies(tx, period, quarters);
    const below = uniformFrom((size) => this.entropy.bytes(size));
    for (const view of viewsOf(period)) {
      const { cells, grouping } = await this.define(tx, view, eligible);
      if (cells.length === 0) continue;
      const epsilon = this.settings.epsilons[view];
      const names = cells.map(({ cell }) => cell);
      const values = sealView(names, reportsIn(view, tallies, grouping), epsilon, this.tieOrder(name, view), below);
      drawn.spent.push({ period: name, view, year, epsilon, spentAt: tx.now });
      cells.forEach(({ cell: _, ...cell }, place) =>
        drawn.cells.push({ ...cell, releaseId, period: name, state: 'SEALED', view, place, value: values[place] }),
      );
    }
    return drawn;
  }

  /** Which cells a view has: by who could have reported, and before anything is counted. */
  private async define(tx: Tx, view: View, eligible: readonly Eligible[]): Promise<DefinedView> {
    const { gates } = this.settings;
    if (view === 'CATEGORY') {
      return { grouping: NO_GROUPING, cells: categoryCells(await readCategories(tx)) };
    }
    if (view === 'KIND_BY_REGION') {
      const grouping = groupByGate(
        membersBy(eligible, ({ region }) => [region]),
        gates.region,
      );
      return { grouping, cells: regionCells(await readRegions(tx), grouping) };
    }
    const grouping = groupByGate(
      membersBy(eligible, ({ funderIds }) => funderIds ?? []),
      gates.funder,
    );
    return { grouping, cells: funderCells(await readFunders(tx, grouping.alone), grouping) };
  }

  /** Which cell an organization counts in that reported as often in another: nobody without the secret can tell. */
  tieOrder(period: string, view: View): TieOrder {
    return (organizationId, cell) =>
      createHmac('sha256', this.secret)
        .update(`obstacle release ${period} ${view} ${organizationId} ${cell}`)
        .digest('hex');
  }
}

function membersBy(
  eligible: readonly Eligible[],
  groupsOf: (each: Eligible) => readonly (string | null)[],
): Map<string | null, Set<string>> {
  const members = new Map<string | null, Set<string>>();
  for (const each of eligible) {
    for (const group of groupsOf(each)) {
      const known = members.get(group);
      if (known) known.add(each.organizationId);
      else members.set(group, new Set([each.organizationId]));
    }
  }
  return members;
}
