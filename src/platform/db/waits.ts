/** How long callers wait before a call is told UNAVAILABLE: settings, since only the operator knows what is in front. */
export interface Waits {
  /** For connections of the pool, all that one request needs together. */
  readonly poolMs: number;
  /** For a lock, one statement. */
  readonly lockMs: number;
}
export const WAITS = Symbol('WAITS');

/**
 * How long work waits for a lock that takes long, or that may not be given up for a moment's trouble: imports, jobs, sealing,
 * and whoever logs while a period is sealed. Below the 20 seconds that a statement may take.
 */
export const LONG_LOCK_WAIT_MS = 15_000;
