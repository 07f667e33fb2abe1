import type pg from 'pg';
import type { Patience } from '../access/patience.js';
import { executeOnce, statement } from './transaction.js';

const PLACE = 'SELECT pg_current_wal_flush_lsn()::text AS "place"';

/**
 * How far the first server's log is written. All that was acknowledged is before that place: a commit is flushed before it
 * is acknowledged. Requests that come at the same time share one question, which is asked after the last of them came.
 */
export class Moment {
  private asking: Promise<unknown> = Promise.resolve();
  private next: Promise<string> | undefined;

  constructor(private readonly first: pg.Pool) {}

  now(patience: Patience): Promise<string> {
    this.next ??= this.askAfter(this.asking, patience);
    return this.next;
  }

  private askAfter(before: Promise<unknown>, patience: Patience): Promise<string> {
    const asked = before.then(() => {
      this.next = undefined;
      return this.ask(patience);
    });
    this.asking = asked.catch(() => undefined);
    return asked;
  }

  private async ask(patience: Patience): Promise<string> {
    const [[{ place }]] = await executeOnce(this.first, patience, [statement('any', PLACE)]);
    return place as string;
  }
}
