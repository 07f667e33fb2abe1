import pg from 'pg';
import { unfitness } from './fit-server.rules.js';
import type { AddressSetting } from './start-refusal.js';
import { StartRefusal, refusedConnection } from './start-refusal.js';
import { APP_ROLE, ROLES_OF_APP } from './roles.js';

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

/** In two queries: in another encoding the letters of the second cannot even be read. */
async function refuseUnfitServer(client: pg.Client, setting: AddressSetting): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    `SELECT current_setting('server_version_num')::integer AS version, current_setting('server_encoding') AS encoding`,
  );
  const lowersLetters = rows[0].encoding === 'UTF8' && (await lowers(client));
  const reason = unfitness({ ...rows[0], lowersLetters });
  if (reason !== null) throw new StartRefusal(`The database of ${setting} ${reason}`);
}

async function lowers(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ does: boolean }>(`SELECT lower(U&'I\\0110\\1EEA') = U&'i\\0111\\1EEB' AS does`);
  return rows[0].does;
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
