import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import type { Actor } from '../access/actor.js';
import { Patience } from '../access/patience.js';
import { Clock } from '../clock/clock.js';
import { Entropy } from '../clock/entropy.js';
import { isConnectionLost } from '../errors/transient.rules.js';
import type { Waits } from './waits.js';
import { LONG_LOCK_WAIT_MS, WAITS } from './waits.js';
import type { Reader } from './reader.js';
import { Replicas, runOn } from './replicas.js';
import { ScopedReader } from './scoped-reader.js';
import type { Statement } from './statement-group.js';
import type { Tx } from './transaction.js';
import { Transaction, statement } from './transaction.js';

export const POOL = Symbol('POOL');
export const REPLICAS = Symbol('REPLICAS');

const CONTEXT = `SELECT set_config('role', $1, true), set_config('goodfaith.organization_ids', $2, true),
  set_config('goodfaith.lineage_id', $3, true), set_config('goodfaith.key_id', $4, true),
  set_config('goodfaith.key_lineage_id', $5, true)`;
/** For work of the service itself, which nobody waits for: a seal, a job. Callers wait for a lock as the pool says. */
const PATIENT_CONTEXT = `${CONTEXT}, set_config('lock_timeout', '${LONG_LOCK_WAIT_MS}', true)`;
/** Serialization failure, deadlock, and a unique key that somebody else took meanwhile: the second time it is seen, and refused in words. */
const RETRIED = new Set(['40001', '40P01', '23505']);
const ATTEMPTS = 4;

/** The one door to PostgreSQL for requests: every statement runs in the caller's database role, or not at all. */
@Injectable()
export class Database {
  private readonly replicas: Replicas;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(REPLICAS) replicas: readonly pg.Pool[],
    private readonly clock: Clock,
    private readonly entropy: Entropy,
    @Inject(WAITS) private readonly waits: Waits,
  ) {
    this.replicas = new Replicas(pool, replicas, waits);
  }

  /** Reads as this caller: each round trip is one implicit transaction (see StatementGroup). */
  reader(actor: Actor): Reader {
    return new ScopedReader(actor, runOn(this.pool, this.patienceOf(actor), [contextOf(actor)]));
  }

  /** Reads that first wait for a lock, and hold it until they have read. No replica knows of locks, so none is asked. */
  lockingReader(actor: Actor, lock: string, values: readonly unknown[]): Reader {
    const taken = statement(actor.role, `SELECT ${lock}`, values);
    return new ScopedReader(actor, runOn(this.pool, this.patienceOf(actor), [contextOf(actor), taken]));
  }

  /** Reads that decide nothing, from a replica in turn where there are any; nobody can tell them from reads of the first server. */
  replicaReader(actor: Actor): Reader {
    return new ScopedReader(actor, this.replicas.run(this.patienceOf(actor), [contextOf(actor)]));
  }

  /** One transaction as this caller: `BEGIN` travels with its first statement, `COMMIT` with its last. */
  async write<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction(actor, 'BEGIN', work);
  }

  /** Several reads that must agree with each other. */
  async snapshot<T>(actor: Actor, work: (reader: Reader) => Promise<T>): Promise<T> {
    return this.transaction(actor, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work);
  }

  private patienceOf({ patience }: Actor): Patience {
    return patience ?? new Patience(this.waits.poolMs);
  }

  private async transaction<T>(actor: Actor, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const patience = this.patienceOf(actor);
    for (let attempt = 1; ; attempt++) {
      const client = await patience.lend(this.pool);
      let broken: Error | undefined;
      try {
        const opening = [statement('any', begin), contextOf(actor)];
        const tx = new Transaction(client, actor, this.clock.now(), this.entropy, opening);
        const result = await work(tx);
        await tx.commit();
        return result;
      } catch (error) {
        if (isConnectionLost(error)) broken = error as Error;
        else await client.query('ROLLBACK').catch((lost: Error) => (broken = lost));
        if (attempt >= ATTEMPTS || !isConflict(error)) throw error;
      } finally {
        client.release(broken);
      }
    }
  }
}

/** A conflict between transactions in which PostgreSQL undid this one: doing it again is right. */
function isConflict(error: unknown): boolean {
  return error instanceof pg.DatabaseError && RETRIED.has(error.code ?? '');
}

function contextOf(actor: Actor): Statement {
  const isOwnWork = actor.role === 'SYSTEM' || actor.role === 'SEALER';
  const values = [
    actor.role === 'SYSTEM' ? 'goodfaith_worker' : `goodfaith_${actor.role.toLowerCase()}`,
    `{${actor.organizationIds.join(',')}}`,
    actor.lineageId ?? '',
    actor.keyId ?? '',
    actor.keyLineageId ?? '',
  ];
  return statement('any', isOwnWork ? PATIENT_CONTEXT : CONTEXT, values);
}
