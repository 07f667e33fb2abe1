import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../dist/src/config.js';
import { openDatabase } from '../dist/src/local-database.js';
import { startEmbeddedPostgres } from '../dist/src/platform/db/embedded/embedded-postgres.js';
import pg from 'pg';
import { DATA_VERSION, loadData } from './data.js';

const ROOT = join(import.meta.dirname, '..');
export const HOME = join(ROOT, '.goodfaith-bench');
const LOADED = 'goodfaith_loaded';

/**
 * The embedded server with the data. They are loaded once into a database that is only copied from, so that each run
 * begins with the same.
 */
export async function openBenchDatabase({ rebuild, log }) {
  mkdirSync(HOME, { recursive: true, mode: 0o755 });
  // Counting statements is switched on only while they are counted.
  const settings = { shared_preload_libraries: 'pg_stat_statements' };
  const server = await startEmbeddedPostgres({ home: HOME, settings, log });
  const stop = () => server.stop();
  try {
    await administer(server.url, ...track('none'));
    const wanted = fingerprint();
    if (rebuild || (await commentOf(server.url)) !== wanted) {
      log('making the data ...');
      const began = performance.now();
      await administer(server.url, `DROP DATABASE IF EXISTS ${LOADED}`, 'DROP DATABASE IF EXISTS goodfaith');
      const ready = await migrated();
      await inDatabase(server.url, loadData);
      await ready.stop();
      await administer(
        server.url,
        `ALTER DATABASE goodfaith RENAME TO ${LOADED}`,
        `COMMENT ON DATABASE ${LOADED} IS '${wanted}'`,
      );
      log(`made in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    }
    await administer(
      server.url,
      'DROP DATABASE IF EXISTS goodfaith',
      `CREATE DATABASE goodfaith TEMPLATE ${LOADED} STRATEGY file_copy`,
    );
    const ready = await migrated();
    return {
      ownerUrl: server.url,
      appUrl: ready.url,
      pid: server.pid,
      stop: async () => {
        await ready.stop();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Runs `work` with a connection as the superuser, who stands above row security. */
export async function inDatabase(ownerUrl, work) {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** How often each statement ran while `work` did, by its text. */
export async function countStatements(ownerUrl, work) {
  return inDatabase(ownerUrl, async (owner) => {
    await owner.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    for (const statement of track('top')) await owner.query(statement);
    await owner.query('SELECT pg_stat_statements_reset()');
    try {
      await work();
    } finally {
      for (const statement of track('none')) await owner.query(statement);
    }
    const { rows } = await owner.query(
      `SELECT s.query, s.calls::int AS calls, s.total_exec_time AS ms FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid
       WHERE r.rolname <> current_user AND s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY s.calls DESC`,
    );
    return rows;
  });
}

/** For all connections: they read a new setting between two statements, for which the sleep leaves them time. */
function track(what) {
  return [`ALTER SYSTEM SET pg_stat_statements.track = '${what}'`, 'SELECT pg_reload_conf()', 'SELECT pg_sleep(0.2)'];
}

function migrated() {
  const env = { ...process.env, GOODFAITH_HOME: HOME };
  for (const name of ['DATABASE_URL', 'DATABASE_MIGRATION_URL', 'GOODFAITH_SECRET']) delete env[name];
  return openDatabase(readConfig(env));
}

function fingerprint() {
  const hash = createHash('sha256').update(String(DATA_VERSION));
  const sources = join(ROOT, 'migrations');
  for (const name of readdirSync(sources).sort()) hash.update(name).update(readFileSync(join(sources, name)));
  return hash.update(readFileSync(join(import.meta.dirname, 'data.js'))).digest('hex');
}

async function commentOf(url) {
  return inDatabase(atPostgres(url), async (client) => {
    const { rows } = await client.query(
      `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = $1`,
      [LOADED],
    );
    return rows[0]?.comment;
  });
}

function administer(url, ...statements) {
  return inDatabase(atPostgres(url), async (client) => {
    for (const statement of statements) await client.query(statement);
  });
}

function atPostgres(url) {
  return url.replace(/\/[^/]*$/, '/postgres');
}
