import type { Actor } from '../access/actor.js';
import { callerOf } from '../access/actor.js';
import { isTransient } from '../errors/transient.rules.js';
import type { Reader } from './reader.js';
import type { Run } from './replicas.js';
import type { Statement } from './statement-group.js';
import { statement } from './transaction.js';

interface Asked {
  readonly statement: Statement;
  readonly resolve: (rows: Record<string, unknown>[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The reads of one caller. What is asked for in the same turn, as the loaders of one level of a query do, travels
 * together: one connection, one context, one round trip. Writing to a socket is the dearest thing a request does.
 */
export class ScopedReader implements Reader {
  private asked: Asked[] = [];
  /** Why the database did not answer. Whoever asked is told so as a whole: it is not asked again, and waited for again. */
  private away: unknown;

  constructor(
    private readonly actor: Actor,
    private readonly run: Run,
  ) {}

  get caller(): string {
    return callerOf(this.actor);
  }

  rows<T>(sql: string, values: readonly unknown[] = [], varies = false): Promise<T[]> {
    return new Promise((resolve, reject) => {
      const asked = statement(this.actor.role, sql, values, varies);
      this.asked.push({ statement: asked, resolve: resolve as Asked['resolve'], reject });
      // Loaders dispatch in ticks of their own that are already waiting: this one comes after them.
      if (this.asked.length === 1) process.nextTick(() => void this.send());
    });
  }

  private async send(): Promise<void> {
    const group = this.asked;
    this.asked = [];
    if (this.away !== undefined) return group.forEach(({ reject }) => reject(this.away));
    try {
      const results = await this.run(group.map((one) => one.statement));
      group.forEach(({ resolve }, i) => resolve(results[i]));
    } catch (error) {
      if (isTransient(error)) this.away = error;
      if (group.length === 1 || isTransient(error)) return group.forEach(({ reject }) => reject(error));
      // One statement's failure undoes its whole group: alone, each gets the answer or the error that is its own.
      for (const each of group) {
        this.run([each.statement]).then(([rows]) => each.resolve(rows), each.reject);
      }
    }
  }
}
