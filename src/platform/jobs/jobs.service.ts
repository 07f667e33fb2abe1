import { setTimeout as sleep } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Runner, Task } from 'graphile-worker';
import { Logger as WorkerLogger, run } from 'graphile-worker';
import type pg from 'pg';
import type { Actor } from '../access/actor.js';
import { SYSTEM_ACTOR } from '../access/actor.js';
import { Database } from '../db/database.service.js';
import type { Tx } from '../db/transaction.js';
import { openPool } from '../db/db.module.js';
import { faultOf } from '../errors/fault.js';
import { OUTCOME_STORES } from '../idempotency/mutations.service.js';
import { Witness } from '../witness/witness.service.js';
import type { JobTask } from './add-job.js';

/** The work of a job, in one transaction as the service itself. It may run twice, so it looks before it acts. */
export type JobHandler = (tx: Tx, subjectId: string) => Promise<void>;

/** One transaction's worth of work that is due by the clock; answers whether there is more. */
export type ScheduledStep = (tx: Tx) => Promise<boolean>;

interface Scheduled {
  /** Minute, hour, day of the month, month, day of the week, in UTC. */
  readonly times: string;
  readonly begin: () => ScheduledStep;
  readonly actor: Actor;
}

export const JOB_OPTIONS = Symbol('JOB_OPTIONS');
export interface JobOptions {
  readonly url: string;
  readonly enabled: boolean;
}

const CONCURRENCY = 2;

@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly handlers = new Map<string, JobHandler>();
  private readonly scheduled = new Map<string, Scheduled>();
  private pool?: pg.Pool;
  private runner?: Runner;
  private following: Promise<void> = Promise.resolve();
  private stopping?: Promise<void>;

  constructor(
    private readonly database: Database,
    @Inject(JOB_OPTIONS) private readonly options: JobOptions,
    private readonly witness: Witness,
  ) {
    this.schedule('forget_outcomes', '17 3 * * *', () => forgetOutcomes);
  }

  /** Features say in `onModuleInit` what does their tasks. */
  register(task: JobTask, handler: JobHandler): void {
    this.handlers.set(task, handler);
  }

  /**
   * Features say in `onModuleInit` what is to be done by the clock. `begin` is called for each run and answers its
   * step, which is repeated, each time in a transaction of its own, until there is no more to do.
   */
  schedule(task: string, times: string, begin: () => ScheduledStep, actor = SYSTEM_ACTOR): void {
    this.scheduled.set(task, { times, begin, actor });
  }

  /** Runs a scheduled task now, as the clock would. */
  async runScheduled(task: string): Promise<void> {
    const { begin, actor } = this.scheduled.get(task)!;
    const step = begin();
    while (await this.database.write(actor, step))
      if (this.stopping) throw new GivenBack('the node ended before this run did');
  }

  /** Also where they rest because the database may be a backup: then another node would run them no more than this one. */
  get isRunning(): boolean {
    return !this.options.enabled || this.runner !== undefined || !this.witness.mayAct;
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.options.enabled) return;
    this.pool = openPool(this.options.url, { poolSize: CONCURRENCY + 2, role: 'goodfaith_worker' });
    this.witness.follow(() => this.followWitness());
    await this.witness.check();
    await this.followWitness();
  }

  /** One change after the other: stopping waits for the jobs that run. */
  private followWitness(): Promise<void> {
    return (this.following = this.following
      .catch(() => undefined)
      .then(async () => {
        if (this.stopping) return;
        if (this.witness.mayAct) this.runner ??= await this.start(this.pool!);
        else {
          await this.runner?.stop();
          this.runner = undefined;
        }
      }));
  }

  private start(pgPool: pg.Pool): Promise<Runner> {
    const tasks = [...this.handlers].map(([task, handler]): [string, Task] => [
      task,
      (payload: unknown) => this.database.write(SYSTEM_ACTOR, (tx) => handler(tx, (payload as { id: string }).id)),
    ]);
    const byClock = [...this.scheduled.keys()].map((task): [string, Task] => [task, () => this.runScheduled(task)]);
    return run({
      pgPool,
      concurrency: CONCURRENCY,
      noHandleSignals: true,
      crontab: [...this.scheduled].map(([task, { times }]) => `${times} ${task} ?max=3`).join('\n'),
      logger: new WorkerLogger(() => (level, _message, meta) => {
        if (String(level) === 'error' && !isGivenBack(meta)) this.logger.error(jobLine(meta));
      }),
      taskList: Object.fromEntries([...tasks, ...byClock]),
    });
  }

  /** Before requests and the database's connections end: a job needs those until it is done. */
  beforeApplicationShutdown(): Promise<void> {
    return this.stop();
  }

  /** Takes no more jobs, and waits for those at work; of a scheduled run only for its step, the rest is given back. */
  stop(): Promise<void> {
    return (this.stopping ??= this.end());
  }

  private async end(): Promise<void> {
    await this.following.catch(() => undefined);
    await this.runner?.stop();
    if (this.pool) await untilIdle(this.pool);
    await this.pool?.end();
  }
}

const PATIENCE_MS = 5_000;
const LOOK_MS = 10;

/**
 * The worker does not wait for the statement that puts a job away, and a pool that ends forgets whoever waits for a
 * connection: the job would be done and stay locked, for hours.
 */
async function untilIdle(pool: pg.Pool): Promise<void> {
  const isBusy = (): boolean => pool.waitingCount > 0 || pool.idleCount < pool.totalCount;
  for (let waited = 0; isBusy() && waited < PATIENCE_MS; waited += LOOK_MS) await sleep(LOOK_MS);
}

/** Says to the worker that a run is not done, so that another node goes on with it. */
class GivenBack extends Error {}
const isGivenBack = (meta: object = {}): boolean => (meta as { error?: unknown }).error instanceof GivenBack;

/** The worker's own sentence repeats the error's message, in which PostgreSQL repeats values. */
function jobLine(meta: object = {}): object {
  const { job, error, fatalError } = meta as {
    job?: { task_identifier: string };
    error?: unknown;
    fatalError?: unknown;
  };
  return { msg: 'a job failed', task: job?.task_identifier, fault: faultOf(error ?? fatalError, 'SYSTEM') };
}

/** Outcomes are kept for 30 days (see `idempotencyKey`); each night the older ones go, used or not. */
async function forgetOutcomes(tx: Tx): Promise<boolean> {
  for (const store of OUTCOME_STORES) {
    await tx.rows(`DELETE FROM ${store} WHERE created_at < $1::timestamptz - interval '30 days'`, [tx.now]);
  }
  return false;
}
