import { refuse } from '../errors/refusal.js';

/** Refuses when somebody else changed the row since the caller read it. */
export function expectVersion(row: { readonly version: number }, expected: number): void {
  if (row.version !== expected) {
    throw refuse('STALE_VERSION', { path: ['expectedVersion'], data: { currentVersion: row.version } });
  }
}
