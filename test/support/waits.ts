/** What is tested is what is done, not how soon: on a busy machine a call may wait. Tests of waiting set the usual waits again. */
export const UNHURRIED = { DATABASE_POOL_WAIT_MS: '15000', DATABASE_LOCK_WAIT_MS: '15000' };
export const USUAL_WAITS = { DATABASE_POOL_WAIT_MS: '', DATABASE_LOCK_WAIT_MS: '' };
