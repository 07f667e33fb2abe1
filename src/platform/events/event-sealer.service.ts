import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type pg from 'pg';
import { Patience } from '../access/patience.js';
import { POOL } from '../db/database.service.js';
import { executeOnce, statement } from '../db/transaction.js';
import { faultOf } from '../errors/fault.js';
import { isTransient } from '../errors/transient.rules.js';
import type { Waits } from '../db/waits.js';
import { WAITS } from '../db/waits.js';

const BATCH = 500;
const SEAL_EVENTS = 'SELECT seal_events($1) AS sealed';
/** How long an event waits at most for its position when nobody asks. */
const INTERVAL_MS = 1_000;

/**
 * Gives committed events their positions. One node at a time does it, under an advisory lock, so positions have no
 * gaps and appear in order: a reader that has seen one never finds something new before it.
 */
@Injectable()
export class EventSealer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Events');
  private timer?: NodeJS.Timeout;
  private running: Promise<void> | undefined;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(WAITS) private readonly waits: Waits,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.catchUp()
        .catch((error: unknown) => {
          // In a second it is tried again.
          if (isTransient(error)) this.logger.warn({ fault: faultOf(error, 'SYSTEM') });
          else this.logger.error({ fault: faultOf(error, 'SYSTEM') });
        })
        .finally(() => (this.running = undefined));
    }, INTERVAL_MS);
    this.timer.unref();
  }

  /** Seals all that is committed: a caller who asks for events finds its own last change among them. */
  async catchUp(patience = new Patience(this.waits.poolMs)): Promise<void> {
    for (;;) {
      const [[{ sealed }]] = await executeOnce(this.pool, patience, [statement('app', SEAL_EVENTS, [BATCH])]);
      if ((sealed as number) < BATCH) return;
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }
}
