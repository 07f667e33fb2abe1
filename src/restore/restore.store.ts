import type pg from 'pg';
import type { Reader } from '../platform/db/reader.js';
import type { Standing } from '../platform/witness/witness.rules.js';

/** A key that the backup does not know to have ended. */
export interface LivingKey {
  readonly id: string;
  readonly organizationId: string | null;
}

/** Reads as the doctor, who may read all. */
export function doctorsReader(owner: pg.Client): Reader {
  return {
    caller: 'doctor',
    async rows<T>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
      await owner.query('SET ROLE goodfaith_doctor');
      return (await owner.query(sql, [...values])).rows as T[];
    },
  };
}

export function readLiving(reader: Reader, ended: readonly string[]): Promise<LivingKey[]> {
  return reader.rows<LivingKey>(
    `SELECT k.id AS "id", k.organization_id AS "organizationId" FROM api_keys k
     WHERE k.id = ANY ($1::uuid[]) AND k.revoked_at IS NULL AND k.rotated_at IS NULL ORDER BY k.id`,
    [ended],
  );
}

export async function countOpenLinks(reader: Reader, now: Date): Promise<number> {
  const [row] = await reader.rows<{ count: number }>(
    `SELECT count(*)::integer AS "count" FROM invitations i WHERE i.claimed_at IS NULL AND i.expires_at > $1`,
    [now],
  );
  return row.count;
}

/** What becomes of the database, all at once. */
export interface Change {
  readonly before: Standing;
  readonly after: Standing;
  readonly keys: readonly LivingKey[];
  readonly now: Date;
  readonly newId: () => string;
}

/** As the keeper, who authenticates: no role of the API may do any of it. */
export async function change(owner: pg.Client, { before, after, keys, now, newId }: Change): Promise<void> {
  const isCopy = after.network !== before.network;
  // Events get their positions in the order of their ids, and ids of one millisecond have none.
  const ids = Array.from({ length: keys.length + (isCopy ? 2 : 1) }, newId).sort();
  const event = (type: string, subject: string, id: string, organizationId: string | null): Promise<unknown> =>
    owner.query(
      `INSERT INTO events (id, type, at, actor_role, subject_type, subject_id, organization_id, for_steward)
       VALUES ($1, $2, $3, 'SYSTEM', $4, $5, $6, true)`,
      [ids.shift(), type, now, subject, id, organizationId],
    );
  await owner.query('BEGIN');
  try {
    await owner.query('SET LOCAL ROLE goodfaith_keeper');
    await owner.query(
      `UPDATE network SET id = $1, epoch = $2, is_witnessed = true, copied_at = CASE WHEN $3 THEN $4::timestamptz ELSE copied_at END`,
      [after.network, after.epoch, isCopy, now],
    );
    await owner.query('UPDATE api_keys SET revoked_at = $2, version = version + 1 WHERE id = ANY ($1::uuid[])', [
      keys.map(({ id }) => id),
      now,
    ]);
    await owner.query('UPDATE invitations SET expires_at = $1 WHERE claimed_at IS NULL AND expires_at > $1', [now]);
    for (const { id, organizationId } of keys) await event('API_KEY_REVOKED', 'API_KEY', id, organizationId);
    // Of the network that it was as well: what events vouch for of that one is gone from here.
    if (isCopy) await event('NETWORK_COPIED', 'NETWORK', before.network, null);
    await event(isCopy ? 'NETWORK_COPIED' : 'NETWORK_RESTORED', 'NETWORK', after.network, null);
    await owner.query('COMMIT');
  } catch (error) {
    await owner.query('ROLLBACK');
    throw error;
  }
}
