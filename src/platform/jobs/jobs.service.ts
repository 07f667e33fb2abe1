import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Runner, Task } from 'graphile-worker';
import { Logger as WorkerLogger, run } from 'graphile-worker';
import type pg from 'pg';
import { SYSTEM_ACTOR } from '../access/actor.js';
import { Database } from '../db/database.service.js';
import type { Tx } from '../db/transaction.js';
import { openPool } from '../db/db.module.js';
import { OUTCOME_STORES } from '../idempotency/mutations.service.js';
import type { JobTask } from './add-job.js';

/** The work of a job, in one transaction as the service itself. It may run twice, so it looks before it acts. */
export type JobHandler = (tx: Tx, subjectId: string) => Promise<void>;

export const JOB_OPTIONS = Symbol('JOB_OPTIONS');
export interface JobOptions {
  readonly url: string;
  readonly enabled: boolean;
}

const CONCURRENCY = 2;
/** Outcomes are kept for 30 days (see `idempotencyKey`); each night the older ones go. */
const CRONTAB = '17 3 * * * forget_outcomes ?max=3';

@Injectable()
export class Jobs implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly handlers = new Map<string, JobHandler>();
  private pool?: pg.Pool;
  private runner?: Runner;

  constructor(
    private readonly database: Database,
    @Inject(JOB_OPTIONS) private readonly options: JobOptions,
  ) {}

  /** Features say in `onModuleInit` what does their tasks. */
  register(task: JobTask, handler: JobHandler): void {
    this.handlers.set(task, handler);
  }

  get isRunning(): boolean {
    return !this.options.enabled || this.runner !== undefined;
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.options.enabled) return;
    this.pool = openPool(this.options.url, CONCURRENCY + 2, 'goodfaith_worker');
    const tasks = [...this.handlers].map(([task, handler]): [string, Task] => [
      task,
      (payload: unknown) => this.database.write(SYSTEM_ACTOR, (tx) => handler(tx, (payload as { id: string }).id)),
    ]);
    this.runner = await run({
      pgPool: this.pool,
      concurrency: CONCURRENCY,
      noHandleSignals: true,
      crontab: CRONTAB,
      logger: new WorkerLogger(() => (level, message) => {
        if (String(level) === 'error') this.logger.error(message);
      }),
      taskList: { ...Object.fromEntries(tasks), forget_outcomes: () => this.forgetOutcomes() },
    });
  }

  /** A job of no one's: it runs each night whether or not anybody did anything. */
  forgetOutcomes(): Promise<void> {
    return this.database.write(SYSTEM_ACTOR, async (tx) => {
      for (const store of OUTCOME_STORES)
        await tx.rows(`DELETE FROM ${store} WHERE created_at < $1::timestamptz - interval '30 days'`, [tx.now]);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.runner?.stop();
    await this.pool?.end();
  }
}
