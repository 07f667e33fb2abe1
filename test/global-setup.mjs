// Plain ESM on purpose: jest compiles a TypeScript globalSetup to CommonJS, and does not map `.js` to `.ts` for it.
import '@swc-node/register/esm-register';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** Migrated once; each test file creates its own database from it. */
const TEMPLATE = 'goodfaith_template';

/**
 * One throw-away server for the run. Tests find it by TEST_DATABASE_URL (superuser), TEST_TEMPLATE_DATABASE and
 * TEST_APP_PASSWORD (of goodfaith_app). With TEST_DATABASE_URL already set, that server is used instead; it needs
 * shared_preload_libraries = 'pg_stat_statements'.
 */
export default async function globalSetup() {
  process.env.TEST_APP_PASSWORD ??= randomBytes(12).toString('hex');
  process.env.TEST_TEMPLATE_DATABASE = TEMPLATE;
  if (!process.env.TEST_DATABASE_URL) await startThrowAwayServer();
  try {
    await buildTemplate(process.env.TEST_DATABASE_URL, process.env.TEST_APP_PASSWORD);
  } catch (error) {
    await globalThis.stopTestDatabase?.(); // jest runs no globalTeardown after a failed globalSetup
    throw new Error(`The database of the tests was not made: ${error.message}`, { cause: error });
  }
}

async function startThrowAwayServer() {
  const { startEmbeddedPostgres } = await import('../src/platform/db/embedded/embedded-postgres.ts');
  // A directory for each run, so that two runs at once do not meet.
  const home = mkdtempSync(join(tmpdir(), 'goodfaith-test-'));
  chmodSync(home, 0o755); // as root, Postgres runs as another account
  const remove = () => rmSync(home, { recursive: true, force: true });
  let server;
  try {
    server = await startEmbeddedPostgres({
      home,
      settings: {
        ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200 },
        // What an operator reads of the texts of statements: written down for the databases that ask for it alone.
        ...{ shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track': 'none' },
      },
    });
  } catch (error) {
    remove();
    throw new Error(`PostgreSQL did not start: ${error.message}`, { cause: error });
  }
  process.env.TEST_DATABASE_URL = server.url;

  const killAtExit = () => {
    try {
      process.kill(server.pid, 'SIGQUIT'); // the postmaster's immediate shutdown
    } catch {
      // already gone
    }
    remove();
  };
  const exit = () => process.exit(130);
  process.once('exit', killAtExit).once('SIGINT', exit).once('SIGTERM', exit);
  globalThis.stopTestDatabase = async () => {
    await server.stop('immediate');
    process.off('exit', killAtExit).off('SIGINT', exit).off('SIGTERM', exit);
    remove();
    if (server.dataHome !== join(home, 'postgres')) rmSync(server.dataHome, { recursive: true, force: true });
  };
}

async function buildTemplate(serverUrl, appPassword) {
  const { createDataSource } = await import('../src/data-source.ts');
  const { prepareDatabase } = await import('../src/platform/db/prepare-database.ts');
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  try {
    await server.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
    await server.query(`CREATE DATABASE ${TEMPLATE}`);
  } finally {
    await server.end();
  }
  const ownerUrl = new URL(serverUrl);
  ownerUrl.pathname = `/${TEMPLATE}`;
  await prepareDatabase({ ownerUrl: ownerUrl.href, appPassword, createDataSource });
}
