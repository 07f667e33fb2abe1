import type { OnModuleInit } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/access/actor.js';
import { SEALER_ACTOR } from '../../platform/access/actor.js';
import { Clock, MOST_CLOCK_DIFFERENCE_MS } from '../../platform/clock/clock.js';
import { Database } from '../../platform/db/database.service.js';
import type { Tx } from '../../platform/db/transaction.js';
import { refuse } from '../../platform/errors/refusal.js';
import { appendEvent } from '../../platform/events/append-event.js';
import type { Answer, Outcome } from '../../platform/idempotency/mutations.service.js';
import { Mutations } from '../../platform/idempotency/mutations.service.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import type { Notice } from '../../platform/notices/notice.js';
import { Witness } from '../../platform/witness/witness.service.js';
import { isLargeEnough } from './cells.rules.js';
import type { Period } from '../period.rules.js';
import { countsSince, nextDue, ownPeriods, parsePeriod, quartersOf, sealableFrom } from '../period.rules.js';
import { Publishing, SEALING_SETTINGS } from './publishing.service.js';
import type { SealObstacleReleaseInput } from './sealing.inputs.js';
import { ReleaseLedger } from './release-ledger.service.js';
import type { SealedRelease } from './sealed-release.js';
import {
  addRelease,
  lockSealing,
  readDatabaseTime,
  markCounted,
  readClosed,
  readCopiedAt,
  readEligible,
  readFirstYear,
  readLedger,
  readSpent,
} from './sealing.store.js';
import type { Epsilons, SealingSettings } from '../views.rules.js';
import { YEARLY_LIMIT, viewsOf } from '../views.rules.js';

/** When the day's first hours are over everywhere; the work itself is due on some fifteen days of a year. */
const DAILY = '41 12 * * *';

export interface SealAnswer extends Partial<Answer> {
  readonly isDone: boolean;
}

/**
 * Closes periods for good, each in one transaction of a database role of its own, which may read what is hidden but no
 * text.
 */
@Injectable()
export class Sealing implements OnModuleInit {
  constructor(
    private readonly mutations: Mutations,
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly publishing: Publishing,
    private readonly ledger: ReleaseLedger,
    private readonly clock: Clock,
    private readonly witness: Witness,
    @Inject(SEALING_SETTINGS) private readonly settings: SealingSettings,
  ) {}

  onModuleInit(): void {
    this.jobs.schedule('seal_obstacle_releases', DAILY, () => (tx) => this.sealNext(tx), SEALER_ACTOR);
  }

  /** In force for what will be sealed. */
  get epsilons(): Epsilons {
    return this.settings.epsilons;
  }

  /** By the steward. Which steward it is only matters to the idempotency key. */
  async seal(actor: Actor, { dryRun, ...input }: SealObstacleReleaseInput): Promise<SealAnswer> {
    if (dryRun) return this.tryOut(input.period);
    const sealer: Actor = { ...SEALER_ACTOR, keyId: actor.keyId, keyLineageId: actor.keyLineageId };
    const work = (tx: Tx): Promise<Outcome> => this.close(tx, periodNamed(input.period));
    return { ...(await this.mutations.run(sealer, 'sealObstacleRelease', input, work)), isDone: true };
  }

  /** Closes the next period that is due; answers whether there was one. */
  async sealNext(tx: Tx): Promise<boolean> {
    if (!(await this.dueNow(tx))) {
      await this.ledger.keepEarlier(tx);
      return false;
    }
    lockSealing(tx);
    // Another node may have closed it meanwhile.
    const due = await this.dueNow(tx);
    if (due) await this.close(tx, due);
    return due !== undefined;
  }

  private async dueNow(tx: Tx): Promise<Period | undefined> {
    const firstYear = await readFirstYear(tx);
    if (firstYear === null) return undefined;
    const isOwn = ownPeriods(await readCopiedAt(tx));
    return nextDue(tx.now, firstYear, await readClosed(tx), await readSpent(tx), isOwn);
  }

  /** What a dry run may tell is whether it would be refused, and nothing that depends on a report. */
  private tryOut(name: string): Promise<SealAnswer> {
    return this.database.write(SEALER_ACTOR, async (tx) => {
      const period = periodNamed(name);
      await this.check(tx, period);
      const earlier = await this.ledger.find(tx, period.name);
      const isSealed = earlier
        ? earlier.release.state === 'SEALED'
        : isLargeEnough((await readEligible(tx, period)).length, this.settings.gates);
      return { isDone: false, notices: isSealed ? [] : [tooSmall(period)] };
    });
  }

  private async close(tx: Tx, period: Period): Promise<Outcome> {
    if (!this.witness.mayAct) throw refuse('NETWORK_IN_DOUBT');
    await this.checkClock(tx);
    // Before the lock as well: it waits for whoever is logging, and a steward who is refused must not feel that.
    await this.check(tx, period);
    await this.ledger.keepEarlier(tx);
    const earlier = await this.ledger.find(tx, period.name);
    lockSealing(tx);
    const closed = await this.check(tx, period);
    const countedSince =
      period.quarter === null ? null : (earlier?.countedSince ?? (await this.countsSince(tx, period, closed)));
    if (countedSince) markCounted(tx, period, countedSince);
    const sealed = earlier ?? (await this.ledger.keep(tx, await this.draw(tx, period, countedSince)));
    addRelease(tx, sealed);
    const { id, state } = sealed.release;
    appendEvent(tx, {
      type: state === 'SEALED' ? 'OBSTACLE_RELEASE_SEALED' : 'OBSTACLE_RELEASE_REFUSED_FOR_SIZE',
      subjectType: 'OBSTACLE_RELEASE',
      subjectId: id,
      forSteward: true,
      isFound: true,
    });
    return { id, version: 1, notices: state === 'SEALED' ? [] : [tooSmall(period)] };
  }

  /** What a copy holds from before it was one is counted by the network that it was copied from. */
  private async countsSince(tx: Tx, period: Period, closed: ReadonlySet<string>): Promise<Date> {
    const since = countsSince(period, (name) => closed.has(name));
    const copiedAt = await readCopiedAt(tx);
    return copiedAt && copiedAt > since ? copiedAt : since;
  }

  private async draw(tx: Tx, period: Period, countedSince: Date | null): Promise<SealedRelease> {
    const eligible = await readEligible(tx, period);
    const isSealed = isLargeEnough(eligible.length, this.settings.gates);
    const { epsilons } = this.settings;
    const release = {
      id: tx.newId(),
      period: period.name,
      state: isSealed ? ('SEALED' as const) : ('REFUSED_FOR_SIZE' as const),
      epsilonCategory: epsilons.CATEGORY,
      epsilonRegion: epsilons.KIND_BY_REGION,
      epsilonFunder: epsilons.FUNDER,
      sealedAt: tx.now,
    };
    const none = { spent: [], cells: [] };
    const drawn = isSealed ? await this.publishing.draw(tx, release.id, period, eligible) : none;
    return { release, countedSince, ...drawn };
  }

  /** By a clock that is fast a period would be closed before it is over, for good. */
  private async checkClock(tx: Tx): Promise<void> {
    const ahead = this.clock.aheadOf(await readDatabaseTime(tx));
    if (Math.abs(ahead) > MOST_CLOCK_DIFFERENCE_MS) {
      throw refuse('CLOCKS_DISAGREE', { parameters: { seconds: Math.round(Math.abs(ahead) / 1_000) } });
    }
  }

  /** Refuses what is open, closed already, out of order, or beyond what a year may spend. Answers what is closed. */
  private async check(tx: Tx, period: Period): Promise<ReadonlySet<string>> {
    const { name, year, quarter } = period;
    const path = ['period'];
    const from = sealableFrom(period);
    if (tx.now < from) {
      throw refuse('PERIOD_STILL_OPEN', { path, parameters: { period: name, from: from.toISOString().slice(0, 10) } });
    }
    if (!ownPeriods(await readCopiedAt(tx))(period)) {
      throw refuse('PERIOD_OF_THE_ORIGINAL', { path, parameters: { period: name } });
    }
    const closed = await readClosed(tx);
    if (closed.has(name)) throw refuse('PERIOD_ALREADY_SEALED', { path, parameters: { period: name } });
    const open = quarter === null ? quartersOf(year).filter((each) => !closed.has(each.name)) : [];
    if (open.length > 0) {
      const quarters = open.map((each) => each.name).join(', ');
      throw refuse('QUARTERS_STILL_OPEN', { path, parameters: { quarters } });
    }
    const ledger = await readLedger(tx, year);
    const spent = ledger.reduce((sum, { epsilon }) => sum + epsilon, 0);
    const more = viewsOf(period).reduce((sum, view) => sum + this.settings.epsilons[view], 0);
    if (spent + more > YEARLY_LIMIT || ledger.some((line) => line.period === name)) {
      const parameters = { year, period: name, limit: (YEARLY_LIMIT / 1_000).toFixed(1) };
      throw refuse('LEDGER_EXHAUSTED', { path, parameters });
    }
    return closed;
  }
}

function tooSmall({ name }: Period): Notice {
  return { code: 'NETWORK_TOO_SMALL', path: ['period'], parameters: { period: name } };
}

function periodNamed(name: string): Period {
  const period = parsePeriod(name);
  if (!period) throw refuse('NOT_A_PERIOD', { path: ['period'], parameters: { period: name } });
  return period;
}
