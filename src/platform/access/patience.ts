import type pg from 'pg';
import { PoolExhausted } from '../errors/transient.rules.js';

/**
 * The time that is left to a request for waiting. A request needs a connection several times (its key, its change, what it
 * answers): waiting each time as long as once would be allowed made a full pool slow instead of frank.
 */
export class Patience {
  private waiting = 0;
  private since = 0;

  constructor(private leftMs: number) {}

  async lend(pool: pg.Pool): Promise<pg.PoolClient> {
    if (pool.idleCount > pool.waitingCount) return pool.connect();
    this.begin();
    const lending = pool.connect();
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        // What comes too late is for the next in the queue.
        lending.then(
          (late) => late.release(),
          () => undefined,
        );
        reject(new PoolExhausted());
      }, this.leftNow());
    });
    try {
      return await Promise.race([lending, tooLong]);
    } finally {
      clearTimeout(timer);
      this.end();
    }
  }

  /** Waits at the same time count once. */
  private begin(): void {
    if (this.waiting++ === 0) this.since = performance.now();
  }

  private end(): void {
    if (--this.waiting === 0) this.leftMs -= performance.now() - this.since;
  }

  private leftNow(): number {
    return Math.max(0, this.leftMs - (performance.now() - this.since));
  }
}
