import { runMigrations as installJobTables } from 'graphile-worker';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { waitForSessionLock } from './advisory-locks.js';
import { surviveLostConnections } from './lost-connections.js';
import { rolesSql } from './roles.js';

export interface PrepareOptions {
  /** The owner of the tables. */
  readonly ownerUrl: string;
  /** For `goodfaith_app`; null leaves the password as it is (a real server's operator has set it). */
  readonly appPassword: string | null;
  readonly createDataSource: (url: string) => DataSource;
}

/** Roles, job tables and migrations, under one advisory lock. Running it again changes nothing. Answers how many migrations ran. */
export async function prepareDatabase({ ownerUrl, appPassword, createDataSource }: PrepareOptions): Promise<number> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query(`SELECT ${waitForSessionLock('MIGRATIONS')}`);
    await owner.query(rolesSql(appPassword));
    await prepareJobs(ownerUrl);
    const dataSource = await createDataSource(ownerUrl).initialize();
    try {
      return (await dataSource.runMigrations()).length;
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await owner.end();
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
