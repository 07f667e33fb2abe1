import { LRUCache } from 'lru-cache';
import type { Pool, PoolClient } from 'pg';
import type { Actor } from '../access/actor.js';
import { callerOf } from '../access/actor.js';
import type { Patience } from '../access/patience.js';
import type { Entropy } from '../clock/entropy.js';
import { isConnectionLost } from '../errors/transient.rules.js';
import type { Reader } from './reader.js';
import type { Statement } from './statement-group.js';
import { StatementGroup } from './statement-group.js';

/** One write transaction. It is a required first parameter of everything that writes, so that forgetting it does not compile. */
export interface Tx extends Reader {
  readonly actor: Actor;
  /** The instant of this change: the same for every row and event of it. */
  readonly now: Date;
  newId(): string;
  newHiddenId(): string;
  /** Sent with the next statement or the commit: for what is written and not read back (events, jobs, outcomes). */
  later(sql: string, values: readonly unknown[]): void;
  /** Several statements in one round trip; each sees what the ones before it did. Answers the rows of the last. */
  lockThenRead<T>(
    lock: readonly [sql: string, values: readonly unknown[]],
    read: readonly [sql: string, values: readonly unknown[]],
  ): Promise<[Record<string, unknown>[], T[]]>;
}

/** Of the texts that are written in the code. */
const fixedNames = new Map<string, string>();
/** Of the texts that follow what callers ask for: the latest. A text that comes again later gets another name. */
const varyingNames = new LRUCache<string, string>({ max: 2_000 });
let varyingNumber = 0;

/** A short server-side name for a text; plans under row security depend on the role, so each role has its own. */
export function statement(role: string, text: string, values: readonly unknown[] = [], varies = false): Statement {
  const name = varies ? nameOfVarying(text) : nameOfFixed(text);
  return { name: `${role}.${name}`, text, values, varies };
}

function nameOfFixed(text: string): string {
  let name = fixedNames.get(text);
  if (name === undefined) {
    name = `s${fixedNames.size}`;
    fixedNames.set(text, name);
  }
  return name;
}

function nameOfVarying(text: string): string {
  let name = varyingNames.get(text);
  if (name === undefined) {
    name = `v${varyingNumber++}`;
    varyingNames.set(text, name);
  }
  return name;
}

export function execute(client: PoolClient, statements: readonly Statement[]): Promise<Record<string, unknown>[][]> {
  return new Promise((resolve, reject) => {
    const group = new StatementGroup(statements);
    group.callback = (error) => (error ? reject(error) : resolve(group.rows()));
    client.query(group);
  });
}

/** On any connection of the pool; one that is lost is not lent again. */
export async function executeOnce(
  pool: Pool,
  patience: Patience,
  statements: readonly Statement[],
): Promise<Record<string, unknown>[][]> {
  const client = await patience.lend(pool);
  let broken = false;
  try {
    return await execute(client, statements);
  } catch (error) {
    broken = isConnectionLost(error);
    throw error;
  } finally {
    client.release(broken);
  }
}

export class Transaction implements Tx {
  get caller(): string {
    return callerOf(this.actor);
  }

  private queue: Statement[];

  constructor(
    private readonly client: PoolClient,
    readonly actor: Actor,
    readonly now: Date,
    private readonly entropy: Entropy,
    opening: readonly Statement[],
  ) {
    this.queue = [...opening];
  }

  newId(): string {
    return this.entropy.uuidv7();
  }

  newHiddenId(): string {
    return this.entropy.uuidv4();
  }

  later(sql: string, values: readonly unknown[]): void {
    this.queue.push(statement(this.actor.role, sql, values));
  }

  async rows<T>(sql: string, values: readonly unknown[] = [], varies = false): Promise<T[]> {
    this.queue.push(statement(this.actor.role, sql, values, varies));
    return (await this.flush()).at(-1) as T[];
  }

  async lockThenRead<T>(
    lock: readonly [string, readonly unknown[]],
    read: readonly [string, readonly unknown[]],
  ): Promise<[Record<string, unknown>[], T[]]> {
    this.later(...lock);
    this.later(...read);
    const results = await this.flush();
    return [results.at(-2)!, results.at(-1) as T[]];
  }

  async commit(): Promise<void> {
    this.later('COMMIT', []);
    await this.flush();
  }

  private flush(): Promise<Record<string, unknown>[][]> {
    const statements = this.queue;
    this.queue = [];
    return execute(this.client, statements);
  }
}
