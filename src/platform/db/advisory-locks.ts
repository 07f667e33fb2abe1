/**
 * Every use of an advisory lock there is, with the class that keeps the use apart from all others. Locks are taken in the
 * form of two integers, class and object, so that no object, whatever text of a client it was made of, is the lock of
 * another use. Functions of the database write the class as a number; `test/advisory-locks.e2e.ts` holds them to this list.
 */
export const LOCK_CLASSES = {
  /** Two nodes that start at once migrate one after the other. */
  MIGRATIONS: 7301,
  /** `seal_events` gives positions to committed events, one caller at a time. */
  EVENT_POSITIONS: 7302,
  /** Logging an obstacle takes the lock shared, sealing statistics takes it alone (`obstacles.wait_for_sealing`). */
  STATISTICS: 7303,
  /** One import at a time. */
  IMPORT: 7304,
  /** One call for each idempotency key at a time. */
  OUTCOME: 7305,
  /** The same for calls about obstacles: a class apart, so that no call about anything else meets one of these. */
  HIDDEN_OUTCOME: 7306,
  /** Events of one line of keys about its obstacles: whoever adds some takes the lock alone, who reads them takes it shared. */
  HIDDEN_STREAM: 7307,
} as const;
export type LockUse = keyof typeof LOCK_CLASSES;

/** Held until the transaction ends. `object` is SQL for an integer. */
export function waitForLock(use: LockUse, object = '0'): string {
  return `pg_advisory_xact_lock(${LOCK_CLASSES[use]}, ${object})`;
}

/** The same, beside others that take it shared. */
export function waitForSharedLock(use: LockUse, object = '0'): string {
  return `pg_advisory_xact_lock_shared(${LOCK_CLASSES[use]}, ${object})`;
}

/** True when the lock was free; held until the transaction ends. `object` is SQL for an integer. */
export function tryLock(use: LockUse, object = '0'): string {
  return `pg_try_advisory_xact_lock(${LOCK_CLASSES[use]}, ${object})`;
}

/** Held until the connection ends. */
export function waitForSessionLock(use: LockUse): string {
  return `pg_advisory_lock(${LOCK_CLASSES[use]}, 0)`;
}
