import pg from 'pg';
import { callerOf } from './database-callers.js';
import type { Network } from './network.js';

/** A call that has done all it does and stands before its last statement, with every lock in its hands. */
export interface Standing<T> {
  readonly pid: number;
  /** Its answer, once it was let go. */
  readonly end: () => Promise<T>;
}

export interface HeldLock {
  readonly type: string;
  readonly mode: string;
  /** Class and object of an advisory lock. */
  readonly classid: number | null;
  readonly objid: number | null;
}

/** Holds calls about obstacles in their middle, by the row of their own idempotency key: nobody else ever needs that one. */
export class StandingCalls {
  private holder: pg.Client;
  private stood = 0;

  constructor(private readonly network: Network) {}

  async connect(): Promise<void> {
    this.holder = new pg.Client({ connectionString: this.network.databaseUrls.owner });
    await this.holder.connect();
  }

  async disconnect(): Promise<void> {
    await this.holder.end();
  }

  async stand<T>(key: string, operation: string, call: (idempotencyKey: string) => Promise<T>): Promise<Standing<T>> {
    const { lineageId } = await callerOf(this.network, key);
    const idempotencyKey = `stands in ${operation} ${this.stood++}`;
    await this.holder.query('BEGIN');
    await this.holder.query(
      `INSERT INTO obstacles.idempotency_outcomes VALUES ($1, $2, $3, 'x', gen_random_uuid(), 1, now())`,
      [lineageId, operation, idempotencyKey],
    );
    const answer = call(idempotencyKey);
    // Its own test looks at the answer; until then a failure must not end the process.
    answer.catch(() => undefined);
    const [pid] = await this.blockedBy((this.holder as unknown as { processID: number }).processID);
    const end = async (): Promise<T> => {
      await this.holder.query('ROLLBACK');
      return answer;
    };
    if (pid === undefined) {
      await end();
      throw new Error(`${operation} did not stand`);
    }
    return { pid, end };
  }

  /** Does the work to its end, or fails as soon as somebody waits for the one who stands. */
  async withoutWaiting<T>({ pid }: Standing<unknown>, what: string, work: () => Promise<T>): Promise<T> {
    let isDone = false;
    const done = work().finally(() => (isDone = true));
    done.catch(() => undefined);
    const waiting = await this.blockedBy(pid, () => isDone);
    if (waiting.length > 0) throw new Error(`${what} waits`);
    return done;
  }

  /** Who waits for this process: empty when nobody did until the end that is given. */
  async blockedBy(pid: number, isOver: () => boolean = () => false): Promise<number[]> {
    for (let i = 0; i < 2_000 && !isOver(); i++) {
      const rows = await this.network.sql<{ pid: number }>(
        `SELECT a.pid FROM pg_stat_activity a WHERE a.datname = current_database() AND pg_blocking_pids(a.pid) @> ARRAY[$1::int]`,
        [pid],
      );
      if (rows.length > 0) return rows.map((row) => row.pid);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return [];
  }

  locks({ pid }: Standing<unknown>): Promise<HeldLock[]> {
    return this.network.sql<HeldLock>(
      `SELECT l.locktype AS type, l.mode, CASE WHEN l.locktype = 'advisory' THEN l.classid::bigint::int END AS classid,
         l.objid::bigint::float8 AS objid
       FROM pg_locks l WHERE l.pid = $1 AND l.granted ORDER BY 1, 2, 3`,
      [pid],
    );
  }

  /** Every row of every table that anybody has locked, however weakly: PostgreSQL lists such locks nowhere. */
  async lockedRows(): Promise<{ table: string; row: Record<string, unknown> }[]> {
    const tables = await this.network.sql<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    const found = [];
    for (const { name } of tables) {
      const rows = await this.network.sql<{ row: Record<string, unknown> }>(
        `WITH free AS MATERIALIZED (SELECT t.ctid AS at FROM ${name} t FOR UPDATE SKIP LOCKED)
         SELECT to_jsonb(t) AS row FROM ${name} t WHERE NOT EXISTS (SELECT 1 FROM free f WHERE f.at = t.ctid)`,
      );
      found.push(...rows.map(({ row }) => ({ table: name, row })));
    }
    return found;
  }
}
