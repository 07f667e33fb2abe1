/** How long a caller's statement waits for a lock: then the call is told UNAVAILABLE. */
export const LOCK_WAIT_MS = 2_000;

/**
 * The same for what takes long or may not be given up for a moment's trouble: imports, jobs, and sealing with those who log
 * meanwhile. Below the 20 seconds that a statement may take.
 */
export const LONG_LOCK_WAIT_MS = 15_000;
