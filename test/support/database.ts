import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly name: string;
  /** As the superuser: tests look behind row security with it. */
  readonly ownerUrl: string;
  /** As the service logs in. */
  readonly appUrl: string;
  drop(): Promise<void>;
}

/** A migrated database of its own for one test file, copied from the template that the run made. */
export function createTestDatabase(): Promise<TestDatabase> {
  return copyDatabase(process.env.TEST_TEMPLATE_DATABASE!);
}

/** As a backup is made, and restored: a copy of a database of these tests, which nobody may be connected to. */
export async function copyDatabase(template: string): Promise<TestDatabase> {
  const { TEST_DATABASE_URL: server = '', TEST_APP_PASSWORD: password = '' } = process.env;
  const name = `t_${randomBytes(6).toString('hex')}`;
  await administer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const address = (user?: string): string => {
    const url = new URL(server);
    url.pathname = `/${name}`;
    if (user) Object.assign(url, { username: user, password });
    return url.href;
  };
  return {
    name,
    ownerUrl: address(),
    appUrl: address('goodfaith_app'),
    drop: () => administer(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

/** Copies of one template are made one after the other: PostgreSQL refuses while another copy is under way. */
async function administer(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(1)');
    await client.query(sql);
  } finally {
    await client.end();
  }
}
