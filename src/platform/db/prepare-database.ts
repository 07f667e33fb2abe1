import { runMigrations as installJobTables } from 'graphile-worker';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { waitForSessionLock } from './advisory-locks.js';
import { RIGHTS_AFTER, RIGHTS_BEFORE } from './database-rights.js';
import { ensureRoles } from './ensure-roles.js';
import { withConnection } from './fit-to-serve.js';
import { surviveLostConnections } from './lost-connections.js';
import { StartRefusal } from './start-refusal.js';

export interface PrepareOptions {
  /** The owner of the tables. */
  readonly ownerUrl: string;
  /** For `goodfaith_app`; null leaves the password as it is, and so does an owner who may not set it. */
  readonly appPassword: string | null;
  readonly createDataSource: (url: string) => DataSource;
}

/** Roles, job tables and migrations, under one advisory lock. Running it again changes nothing. Answers how many migrations ran. */
export function prepareDatabase({ ownerUrl, appPassword, createDataSource }: PrepareOptions): Promise<number> {
  return withConnection('DATABASE_MIGRATION_URL', ownerUrl, async (owner) => {
    await owner.query(`SELECT ${waitForSessionLock('MIGRATIONS')}`);
    await refuseForeignOwner(owner);
    await ensureRoles(owner, appPassword);
    await owner.query(RIGHTS_BEFORE);
    await prepareJobs(ownerUrl);
    const dataSource = await createDataSource(ownerUrl).initialize();
    try {
      const applied = await dataSource.runMigrations();
      await owner.query(RIGHTS_AFTER);
      return applied.length;
    } finally {
      await dataSource.destroy();
    }
  });
}

async function refuseForeignOwner(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ login: string; database: string; owns: boolean }>(
    `SELECT session_user AS login, datname AS database, pg_has_role(datdba, 'USAGE') AS owns FROM pg_database WHERE datname = current_database()`,
  );
  const { login, database, owns } = rows[0];
  if (!owns) {
    throw new StartRefusal(
      `${login} of DATABASE_MIGRATION_URL does not own the database "${database}". A superuser says: ALTER DATABASE "${database}" OWNER TO ${login};`,
    );
  }
}

/** graphile-worker closes its own tables with row security, so the role that works on them must own them. */
async function prepareJobs(ownerUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: ownerUrl, options: '-c role=goodfaith_worker', max: 1 });
  surviveLostConnections(pool);
  try {
    await installJobTables({ pgPool: pool });
  } finally {
    await pool.end();
  }
}
