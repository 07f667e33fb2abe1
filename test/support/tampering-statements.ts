/** Something done to the rows of `tellEverything` behind the service's back. */
export interface Tampering {
  readonly did: string;
  /** Constraints that would refuse it are dropped first: what is told here is what the doctor finds without them. */
  readonly sql: string;
  /** The invariant it is about, then others that it cannot help but break. */
  readonly breaks: readonly [string, ...string[]];
}

export const one = (table: string, where: string): string =>
  `id = (SELECT id FROM ${table} WHERE ${where} ORDER BY id LIMIT 1)`;
export const without = (table: string, constraint: string): string =>
  `ALTER TABLE ${table} DROP CONSTRAINT ${constraint};`;
/** The same row again, with other values. */
export const again = (table: string, where: string, changes: string): string =>
  `INSERT INTO ${table} SELECT (jsonb_populate_record(x, jsonb_build_object('id', gen_random_uuid()) || ${changes})).* FROM ${table} x WHERE ${where}`;
