import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Injectable, Logger } from '@nestjs/common';
import { SYSTEM_ACTOR } from '../access/actor.js';
import { Database } from '../db/database.service.js';
import { faultOf } from '../errors/fault.js';
import { LedgerStore } from '../ledger/ledger-store.js';
import { compare } from './comparison.js';
import { KeyEndings } from './key-endings.service.js';
import type { Difference } from './witness.rules.js';
import { isFailover, isNews } from './witness.rules.js';
import { beginEpoch, dispute, keepWitness } from './witness-texts.js';

const INTERVAL_MS = 60_000;

/** Null until the witness could be asked for the first time. */
export type Comparison = readonly Difference[] | null;

/**
 * A database that was restored or copied cannot know that it was. So what it was is written outside of it, each minute, and
 * compared at the start and each minute: where it differs, this node does nothing for the network by itself (it seals no
 * statistics and runs no jobs) until an operator has said what the database is: `npm run after-restore`. Callers are answered.
 */
@Injectable()
export class Witness implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Witness');
  private readonly followers: (() => Promise<void>)[] = [];
  private comparison: Comparison = null;
  private isUnreadable = false;
  private timer?: NodeJS.Timeout;
  private running: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerStore,
    private readonly endings: KeyEndings,
  ) {}

  /** Whether this node may act by itself for the network. */
  get mayAct(): boolean {
    return this.comparison?.length === 0;
  }

  get differences(): Comparison {
    return this.comparison;
  }

  /** Told when what this node may do has changed. */
  follow(follower: () => Promise<void>): void {
    this.followers.push(follower);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.comparison === null) await this.check();
    this.timer = setInterval(() => {
      this.check().catch((error: unknown) => this.logger.error({ fault: faultOf(error, 'SYSTEM') }));
    }, INTERVAL_MS);
    this.timer.unref();
  }

  /** One comparison at a time; whoever asks meanwhile waits for that one. */
  check(): Promise<void> {
    return (this.running ??= this.compareAndFollow().finally(() => (this.running = undefined)));
  }

  /** The last head is written too, so that a restore of anything older is noticed. */
  async beforeApplicationShutdown(): Promise<void> {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.followers.length = 0;
    await this.running;
    await this.check();
  }

  private async compareAndFollow(): Promise<void> {
    const before = this.comparison;
    try {
      this.comparison = await this.compare();
      this.isUnreadable = false;
      if (this.mayAct) await this.endings.keep();
      else await this.endings.load();
    } catch (error) {
      // What was known stays known: a store that is away for a while makes no other database of this one.
      if (!this.isUnreadable)
        this.logger.error({ msg: 'the witness cannot be asked', fault: faultOf(error, 'SYSTEM') });
      this.isUnreadable = true;
    }
    if (before?.join() === this.comparison?.join()) return;
    this.tell(before);
    for (const follower of this.followers) await follower();
  }

  private async compare(): Promise<readonly Difference[]> {
    const reader = this.database.reader(SYSTEM_ACTOR);
    const { standing, witness, isWitnessed, differences } = await compare(reader, this.ledger);
    if (differences.includes('OTHER_SERVER')) await dispute(this.ledger, standing);
    if (differences.length > 0) return differences;
    if (witness && isFailover(witness, standing)) {
      this.logger.warn(`A replica was promoted: timeline ${standing.timeline}, with all that the witness knew.`);
    }
    if (!witness && !(await beginEpoch(this.ledger, standing))) return this.compare();
    if (witness && isNews(witness, standing)) await keepWitness(this.ledger, standing);
    if (!isWitnessed) await this.note();
    return [];
  }

  private async note(): Promise<void> {
    await this.database.write(SYSTEM_ACTOR, async (tx) => {
      await tx.rows('UPDATE network SET is_witnessed = true WHERE NOT is_witnessed');
    });
  }

  private tell(before: Comparison): void {
    if (this.mayAct) {
      if (before !== null) this.logger.warn('The database is the network again: statistics are sealed and jobs run.');
      return;
    }
    this.logger.error({
      msg: 'This database differs from the witness that is kept outside of it: it may be a backup or a copy. No statistics are sealed and no jobs run until an operator says what it is: npm run after-restore -- --help',
      differences: this.comparison,
    });
  }
}
