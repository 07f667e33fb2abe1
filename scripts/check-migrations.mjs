// On a fresh database: migrate, find no drift between entities and tables, revert everything, migrate again.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataSource } from '../dist/src/data-source.js';
import { startEmbeddedPostgres } from '../dist/src/platform/db/embedded/embedded-postgres.js';
import { prepareDatabase } from '../dist/src/platform/db/prepare-database.js';

const home = mkdtempSync(join(tmpdir(), 'goodfaith-migrations-'));
chmodSync(home, 0o755); // as root, Postgres runs as another account
const server = await startEmbeddedPostgres({ home, settings: { fsync: 'off' } });
try {
  const database = { ownerUrl: server.url, appPassword: randomBytes(12).toString('hex'), createDataSource };
  await prepareDatabase(database);
  const before = await withDataSource(async (dataSource) => {
    await refuseDrift(dataSource);
    const tables = await describeTables(dataSource);
    await revertAll(dataSource);
    return tables;
  });
  await prepareDatabase(database);
  const after = await withDataSource(describeTables);
  if (before !== after) throw new Error(`Reverting left something behind:\n${difference(before, after)}`);
  console.log('migrations apply, match the entities, revert and apply again');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await server.stop('immediate');
  rmSync(home, { recursive: true, force: true });
  if (!server.dataHome.startsWith(home)) rmSync(server.dataHome, { recursive: true, force: true });
}

async function withDataSource(work) {
  const dataSource = createDataSource(server.url);
  await dataSource.initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** What `typeorm migration:generate --check` does. */
async function refuseDrift(dataSource) {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  if (upQueries.length > 0) {
    const statements = upQueries.map(({ query }) => `  ${query}`).join('\n');
    throw new Error(`Entities and migrations disagree. The entities would want:\n${statements}`);
  }
}

async function revertAll(dataSource) {
  for (let left = await appliedCount(dataSource); left > 0; left--) {
    const last = await lastApplied(dataSource);
    try {
      await dataSource.undoLastMigration({ transaction: 'each' });
    } catch (error) {
      throw new Error(`${last} cannot be reverted: ${error.message}`);
    }
  }
  const remaining = await appliedCount(dataSource);
  if (remaining > 0) throw new Error(`${remaining} migrations were not reverted.`);
  // A revert that leaves a table behind would make the second run fail in production, not here, if it says IF NOT EXISTS.
  const tables = await ownTables(dataSource);
  if (tables.length > 0)
    throw new Error(`After reverting everything these tables are still there: ${tables.join(', ')}`);
}

async function appliedCount(dataSource) {
  const [{ count }] = await dataSource.query(`SELECT count(*)::int AS count FROM ${migrationsTable(dataSource)}`);
  return count;
}

async function lastApplied(dataSource) {
  const [{ name }] = await dataSource.query(`SELECT name FROM ${migrationsTable(dataSource)} ORDER BY id DESC LIMIT 1`);
  return name;
}

async function ownTables(dataSource) {
  const rows = await dataSource.query(`
    SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
      AND n.nspname <> 'graphile_worker' ORDER BY 1`);
  const bookkeeping = [migrationsTable(dataSource).replaceAll('"', '').split('.').at(-1), 'typeorm_metadata'];
  return rows.map(({ name }) => name).filter((name) => !bookkeeping.includes(name.split('.').at(-1)));
}

/** Columns, constraints, indexes, policies and functions, as text that can be compared. */
async function describeTables(dataSource) {
  const rows = await dataSource.query(`
    SELECT format('column %s.%s.%s %s %s %s', table_schema, table_name, column_name, data_type, is_nullable, column_default) AS line
      FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
    UNION ALL SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE conrelid <> 0
    UNION ALL SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname <> 'pg_catalog'
    UNION ALL SELECT format('policy %s.%s %s %s %s %s', schemaname, tablename, policyname, roles, qual, with_check) FROM pg_policies
    UNION ALL SELECT format('function %s', p.oid::regprocedure) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
    ORDER BY 1`);
  return rows.map(({ line }) => line).join('\n');
}

function difference(before, after) {
  const [first, second] = [before.split('\n'), after.split('\n')];
  const gone = first.filter((line) => !second.includes(line)).map((line) => `- ${line}`);
  const added = second.filter((line) => !first.includes(line)).map((line) => `+ ${line}`);
  return [...gone, ...added].join('\n');
}

function migrationsTable(dataSource) {
  const { migrationsTableName = 'migrations', schema } = dataSource.options;
  return schema ? `"${schema}"."${migrationsTableName}"` : `"${migrationsTableName}"`;
}
