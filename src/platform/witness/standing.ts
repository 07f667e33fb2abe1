import type { Reader } from '../db/reader.js';
import type { Head, Standing } from './witness.rules.js';

/** What this database says of itself, and whether it says that there is a witness. */
export interface Spoken {
  readonly standing: Standing;
  readonly isWitnessed: boolean;
}

interface Row extends Omit<Standing, 'head' | 'database'> {
  readonly name: string;
  readonly oid: string;
  readonly isWitnessed: boolean;
  readonly position: string | null;
  readonly hash: string | null;
}

const STANDING = `
  SELECT n.id AS "network", n.epoch AS "epoch", n.is_witnessed AS "isWitnessed",
    (SELECT c.system_identifier::text FROM pg_control_system() c) AS "cluster",
    current_database()::text AS "name", (SELECT d.oid::text FROM pg_database d WHERE d.datname = current_database()) AS "oid",
    ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer AS "timeline",
    to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "serverStartedAt",
    s.position::text AS "position", encode(s.hash, 'hex') AS "hash"
  FROM network n LEFT JOIN LATERAL (SELECT s.position, s.hash FROM event_seals s ORDER BY s.position DESC LIMIT 1) AS s ON true`;

/** As the worker, of the first server. */
export async function readStanding(reader: Reader): Promise<Spoken> {
  const [{ name, oid, isWitnessed, position, hash, ...rest }] = await reader.rows<Row>(STANDING);
  const head = { position: position ?? '0', hash: hash ?? '' };
  return { isWitnessed, standing: { ...rest, database: { name, oid }, head } };
}

/** The hash that the history has at this place, null where it does not reach so far. */
export async function readHashAt(reader: Reader, { position }: Head): Promise<string | null> {
  if (position === '0') return '';
  const rows = await reader.rows<{ hash: string }>(
    `SELECT encode(s.hash, 'hex') AS "hash" FROM event_seals s WHERE s.position = $1::bigint`,
    [position],
  );
  return rows[0]?.hash ?? null;
}
