import type pg from 'pg';
import type { Network } from './network.js';
import type { ReadingRole } from './visible-rows.js';

/** A caller as the database sees it. */
export interface Caller {
  role: ReadingRole;
  organizationId: string | null;
  keyId: string | null;
  lineageId: string | null;
  /** The lineage of the key also in its last day; the same as `lineageId` when left out. */
  keyLineageId?: string | null;
}
export type Query = <R extends object>(sql: string, values?: unknown[]) => Promise<R[]>;

export async function callerOf(network: Network, key: string): Promise<Caller> {
  const keyId = key.split('_')[1];
  const [row] = await network.sql<Omit<Caller, 'keyId'>>(
    `SELECT lower(role) AS role, organization_id AS "organizationId", lineage_id AS "lineageId" FROM api_keys WHERE id = $1`,
    [keyId],
  );
  return { ...row, keyId: uuidOf(keyId) };
}
const uuidOf = (hex: string): string => hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** Runs statements in one transaction, which is rolled back, as this caller or, with null, without a role. */
export async function asCaller<T>(
  login: pg.Client,
  caller: Caller | null,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  await login.query('BEGIN');
  try {
    if (caller) {
      await login.query(`SET LOCAL ROLE goodfaith_${caller.role}`);
      const settings = {
        organization_ids: caller.organizationId && `{${caller.organizationId}}`,
        lineage_id: caller.lineageId,
        key_id: caller.keyId,
        key_lineage_id: caller.keyLineageId === undefined ? caller.lineageId : caller.keyLineageId,
      };
      for (const [name, value] of Object.entries(settings)) {
        if (value !== null) await login.query(`SELECT set_config($1, $2, true)`, [`goodfaith.${name}`, value]);
      }
    }
    return await work(
      async <R extends object>(sql: string, values?: unknown[]) => (await login.query(sql, values)).rows as R[],
    );
  } finally {
    await login.query('ROLLBACK');
  }
}
