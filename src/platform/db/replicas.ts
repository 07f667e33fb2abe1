import pg from 'pg';
import { Patience } from '../access/patience.js';
import { inTime } from '../clock/in-time.js';
import { isTransient } from '../errors/transient.rules.js';
import { Moment } from './moment.js';
import type { Statement } from './statement-group.js';
import { execute, executeOnce, statement } from './transaction.js';
import type { Waits } from './waits.js';

/** The rows of each statement, in order. */
export type Results = Record<string, unknown>[][];
/** Runs statements as one caller, and answers the rows of each. */
export type Run = (statements: readonly Statement[]) => Promise<Results>;

/** How long a replica may take for one round trip, making a connection included, before the first server is asked instead. */
const MOST_MS = 2_000;
/** A replica that failed is left alone this long, and so is one that is far behind. */
const REST_MS = 1_000;
/** After an answer that came too early: a replica that keeps up has caught up by then. */
const CATCH_UP_MS = 20;
/** What is behind for longer is not asked at every turn. */
const FAR_BEHIND_MS = 5_000;

/** Whether it has all that the first server had written when the request began to read; null where it follows no more. */
const FRESH = 'SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() >= $1::pg_lsn END AS "fresh"';

/** One server that follows the first, and whether it is worth asking. */
class Replica {
  private restsUntil = 0;
  private behindSince: number | undefined;

  constructor(private readonly pool: pg.Pool) {}

  get isAsked(): boolean {
    return performance.now() >= this.restsUntil;
  }

  /** Null where this replica cannot answer as the first server would now. Never throws. */
  async read(place: string, opening: readonly Statement[], statements: readonly Statement[]): Promise<Results | null> {
    const group = [statement('replica', FRESH, [place]), ...opening, ...statements];
    try {
      const [[{ fresh }], ...results] = await this.execute(group);
      if (fresh === null) return this.failed();
      if (fresh !== true) return this.cameEarly();
      this.behindSince = undefined;
      return results.slice(opening.length);
    } catch (error) {
      // Where the statement itself is at fault, what the first server says of it is the answer, and the replica is well.
      return error instanceof pg.DatabaseError && !isTransient(error) ? null : this.failed();
    }
  }

  private failed(): null {
    this.restsUntil = performance.now() + REST_MS;
    return null;
  }

  private cameEarly(): null {
    const now = performance.now();
    this.behindSince ??= now;
    this.restsUntil = now + (now - this.behindSince > FAR_BEHIND_MS ? REST_MS : CATCH_UP_MS);
    return null;
  }

  private async execute(group: readonly Statement[]): Promise<Results> {
    const until = performance.now() + MOST_MS;
    const client = await new Patience(MOST_MS).lend(this.pool);
    try {
      const results = await inTime(execute(client, group), until - performance.now(), tooLate);
      client.release();
      return results;
    } catch (error) {
      // What the replica may still answer is of no more use: the connection is given up with it.
      client.release(true);
      throw error;
    }
  }
}

const tooLate = (): Error => new Error('The replica did not answer in time');

/**
 * Reads from replicas that nobody can tell from reads of the first server: a replica answers only when it has all that was
 * acknowledged before the request came, whoever wrote that and on whichever node. Else, and when a replica fails, the first
 * server is asked at once; what was taken back (a withdrawal, an unsharing, a revocation) is never read where it lags.
 */
export class Replicas {
  private turn = 0;
  private readonly replicas: readonly Replica[];
  private readonly moment: Moment;

  constructor(
    private readonly first: pg.Pool,
    pools: readonly pg.Pool[],
    { poolMs }: Waits,
  ) {
    this.replicas = pools.map((pool) => new Replica(pool));
    this.moment = new Moment(first, poolMs);
  }

  /** For one request: once it had to ask the first server it goes on there, for it has seen what a replica may not have. */
  run(patience: Patience, opening: readonly Statement[]): Run {
    const onFirst = runOn(this.first, patience, opening);
    const replica = this.next();
    if (!replica) return onFirst;
    let place: Promise<string> | undefined;
    let isBack = false;
    return async (statements) => {
      place ??= this.moment.now();
      const results = isBack ? null : await replica.read(await place, opening, statements);
      if (results) return results;
      isBack = true;
      return onFirst(statements);
    };
  }

  private next(): Replica | undefined {
    const asked = this.replicas.filter((replica) => replica.isAsked);
    return asked[this.turn++ % asked.length];
  }
}

/** One round trip to one server: the opening says who asks and is not answered. */
export function runOn(pool: pg.Pool, patience: Patience, opening: readonly Statement[]): Run {
  return async (statements) => (await executeOnce(pool, patience, [...opening, ...statements])).slice(opening.length);
}
