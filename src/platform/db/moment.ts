import type pg from 'pg';
import { Patience } from '../access/patience.js';
import { executeOnce, statement } from './transaction.js';

const PLACE = 'SELECT pg_current_wal_flush_lsn()::text AS "place"';

/**
 * How far the first server's log is written. All that was acknowledged is before that place: a commit is flushed before it
 * is acknowledged. Requests that come at the same time share one question, which is asked after the last of them came.
 */
export class Moment {
  private asking: Promise<unknown> = Promise.resolve();
  private next: Promise<string> | undefined;

  constructor(
    private readonly first: pg.Pool,
    private readonly waitMs: number,
  ) {}

  now(): Promise<string> {
    this.next ??= this.askAfter(this.asking);
    return this.next;
  }

  private askAfter(before: Promise<unknown>): Promise<string> {
    const asked = before.then(() => {
      this.next = undefined;
      return this.ask();
    });
    this.asking = asked.catch(() => undefined);
    return asked;
  }

  /** With a patience of its own: the question is of several requests, and one that has waited long fails no other. */
  private async ask(): Promise<string> {
    const patience = new Patience(this.waitMs);
    const [[{ place }]] = await executeOnce(this.first, patience, [statement('any', PLACE)]);
    return place as string;
  }
}
