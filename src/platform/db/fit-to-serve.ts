import pg from 'pg';
import type { AddressSetting } from './start-refusal.js';
import { StartRefusal, refusedConnection } from './start-refusal.js';
import { APP_ROLE, ROLES_OF_APP } from './roles.js';

const OLDEST = 15;
const NEWEST = 18;

/** A connection of its own, for the time of a start. */
export async function withConnection<T>(
  setting: AddressSetting,
  address: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    throw refusedConnection(error, setting, address);
  }
  try {
    await refuseUnfitServer(client, setting);
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Which order names have is the choice of whoever makes the database. That letters are letters is not: the search for
 * words lowers them, and would find nothing in Vietnamese where only those of ASCII are known (LC_CTYPE "C").
 */
async function refuseUnfitServer(client: pg.Client, setting: AddressSetting): Promise<void> {
  const { rows } = await client.query<{ version: number; release: string; encoding: string }>(`
    SELECT current_setting('server_version_num')::int / 10000 AS version, current_setting('server_version') AS release,
      current_setting('server_encoding') AS encoding`);
  const { version, release, encoding } = rows[0];
  if (version < OLDEST || version > NEWEST) {
    throw new StartRefusal(
      `The server of ${setting} is PostgreSQL ${release}; this version works with ${OLDEST} to ${NEWEST}.`,
    );
  }
  if (encoding !== 'UTF8') throw new StartRefusal(madeAnew(setting, `has the encoding ${encoding}`));
  const { rows: lowered } = await client.query<{ is_right: boolean }>(
    `SELECT lower(U&'I\\0110\\1EEA') = U&'i\\0111\\1EEB' AS is_right`,
  );
  if (!lowered[0].is_right) throw new StartRefusal(madeAnew(setting, 'does not know which letters are small ones'));
}

function madeAnew(setting: AddressSetting, reason: string): string {
  return (
    `The database of ${setting} ${reason}. Make it anew: CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' ` +
    `LOCALE 'C.UTF-8'; any locale of UTF-8 will do, but C, POSIX and the Turkish ones.`
  );
}

/** What each migration is called, in the order in which they are applied. */
export type Migrations = readonly { readonly name: string }[];

/** As the service logs in: the tables are those of this version, and the roles can be taken. */
export async function refuseUnpreparedDatabase(client: pg.Client, known: Migrations): Promise<void> {
  const { rows } = await client.query<{ is_migrated: boolean; untaken: string[] }>(
    `SELECT to_regclass('public.migrations') IS NOT NULL AS is_migrated, ARRAY(SELECT n FROM unnest($1::text[]) AS n
       WHERE NOT EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = n AND pg_has_role(r.oid, 'MEMBER'))) AS untaken`,
    [ROLES_OF_APP],
  );
  const { is_migrated, untaken } = rows[0];
  const applied = is_migrated ? await appliedTo(client) : [];
  const names = known.map(({ name }) => name);
  const missing = names.filter((name) => !applied.includes(name));
  const newer = applied.filter((name) => !names.includes(name));
  if (newer.length > 0) {
    throw new StartRefusal(
      `The database was migrated by a newer version of Goodfaith (${newer.at(-1)}): start that version.`,
    );
  }
  if (missing.length > 0) {
    const state = applied.length === 0 ? 'is empty' : `lacks ${missing.length} of ${names.length} migrations`;
    throw new StartRefusal(`The database of DATABASE_URL ${state}. ${HOW_TO_MIGRATE}`);
  }
  if (untaken.length > 0) {
    throw new StartRefusal(
      `The login of DATABASE_URL may not take the role ${untaken.join(', ')}: it is to be ${APP_ROLE}, ` +
        'made by a superuser with what "npm run db:roles" prints.',
    );
  }
}

export const HOW_TO_MIGRATE =
  'Run "npm run db:migrate" with DATABASE_MIGRATION_URL, the address of the owner of the tables.';

async function appliedTo(client: pg.Client): Promise<string[]> {
  try {
    const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
    return rows.map(({ name }) => name);
  } catch (error) {
    // The first migration gives the right to read which there are.
    if (error instanceof pg.DatabaseError && error.code === '42501') return [];
    throw error;
  }
}
