import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import { isInLastDay } from '../access/actor.js';
import type { LockUse } from '../db/advisory-locks.js';
import { tryLock } from '../db/advisory-locks.js';
import { SECRET } from '../db/cursor.service.js';
import { Database } from '../db/database.service.js';
import type { Tx } from '../db/transaction.js';
import { refuse } from '../errors/refusal.js';
import type { Notice } from '../notices/notice.js';
import { MOST_NOTICES } from '../notices/notice.js';
import { LockNumbers } from './lock-number.js';

/** What a mutation made or changed. The answer re-reads it, so that a replay shows what the caller may see now. */
export interface Outcome {
  readonly id: string;
  readonly version: number;
  /** Told beside the entity, without undoing anything, and again in a replay. */
  readonly notices?: readonly Notice[];
}
export interface Answer extends Outcome {
  readonly replayed: boolean;
}
export interface MutationRequest {
  readonly idempotencyKey?: string | null;
}

/** Where outcomes are kept: those about obstacles lie in the obstacles' own schema. */
export const HIDDEN_OUTCOMES = 'obstacles.idempotency_outcomes';
export const OUTCOME_STORES = ['idempotency_outcomes', HIDDEN_OUTCOMES] as const;
export type OutcomeStore = (typeof OUTCOME_STORES)[number];

const LOCKS: Readonly<Record<OutcomeStore, LockUse>> = {
  idempotency_outcomes: 'OUTCOME',
  'obstacles.idempotency_outcomes': 'HIDDEN_OUTCOME',
};

interface StoredOutcome {
  readonly inputHash: Buffer;
  readonly entityId: string;
  readonly entityVersion: number;
  readonly notices: readonly Notice[] | null;
}

/** One mutation field is one transaction, done once however often it is sent, by whichever key of one lineage. */
@Injectable()
export class Mutations {
  private readonly lockNumbers: LockNumbers;

  constructor(
    private readonly database: Database,
    @Inject(SECRET) secret: string,
  ) {
    this.lockNumbers = new LockNumbers(secret);
  }

  async run(
    actor: Actor,
    operation: string,
    input: MutationRequest,
    work: (tx: Tx) => Promise<Outcome>,
    store: OutcomeStore = 'idempotency_outcomes',
  ): Promise<Answer> {
    if (store === HIDDEN_OUTCOMES && isInLastDay(actor)) throw refuse('KEY_IN_LAST_DAY');
    return this.database.write(actor, async (tx) => {
      const key = actor.keyLineageId === null ? null : (input.idempotencyKey ?? null);
      if (key === null) return { ...bounded(await work(tx)), replayed: false };

      const hash = inputHash(input);
      const scope = [actor.keyLineageId, operation, key];
      const [[lock], [stored]] = await tx.lockThenRead<StoredOutcome>(
        [`SELECT ${tryLock(LOCKS[store], '$1::integer')} AS "free"`, [this.lockNumbers.of(scope)]],
        [
          `SELECT input_hash AS "inputHash", entity_id AS "entityId", entity_version AS "entityVersion", notices
             FROM ${store}
             WHERE lineage_id = $1 AND operation = $2 AND idempotency_key = $3`,
          scope,
        ],
      );
      if (!lock.free) throw refuse('IDEMPOTENCY_IN_FLIGHT', { path: ['idempotencyKey'] });
      if (stored) {
        if (!hash.equals(stored.inputHash)) throw refuse('IDEMPOTENCY_MISMATCH', { path: ['idempotencyKey'] });
        const { entityId: id, entityVersion: version, notices } = stored;
        return { id, version, notices: notices ?? [], replayed: true };
      }
      const outcome = bounded(await work(tx));
      tx.later(
        `INSERT INTO ${store} (lineage_id, operation, idempotency_key, input_hash, entity_id, entity_version, notices, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [...scope, hash, outcome.id, outcome.version, storedForm(outcome.notices), tx.now],
      );
      return { ...outcome, replayed: false };
    });
  }
}

/** An answer and its replay have the same notices, so both have as many as can be stored. */
function bounded<T extends Outcome>(outcome: T): T {
  return outcome.notices ? { ...outcome, notices: outcome.notices.slice(0, MOST_NOTICES) } : outcome;
}

function storedForm(notices: readonly Notice[] = []): string | null {
  return notices.length === 0 ? null : JSON.stringify(notices);
}

/** Of the coerced input without the key itself: fields in any order, defaults applied, the selection left out. */
export function inputHash({ idempotencyKey: _, ...input }: MutationRequest): Buffer {
  return createHash('sha256').update(canonical(input)).digest();
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value instanceof Date) return JSON.stringify(value);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`)
      .join(',')}}`;
  }
  return typeof value === 'bigint' ? value.toString() : (JSON.stringify(value) ?? 'null');
}
