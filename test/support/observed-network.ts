import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSchema } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import pg from 'pg';
import { surviveLostConnections } from '../../src/platform/db/lost-connections.js';
import type { TestDatabase } from './database.js';
import { createTestDatabase } from './database.js';
import type { Network } from './network.js';
import { callsTo, populate } from './network.js';
import type { Exit } from './service-process.js';
import { run, temporaryHome } from './service-process.js';

/** What the process did outside itself, in order: see `test/privacy/service/record-deeds.mjs`. */
export interface Deed {
  readonly way: string;
  readonly what: string;
}
export interface Ended extends Pick<Exit, 'stdout' | 'stderr'> {
  readonly deeds: readonly Deed[];
}

/**
 * A network whose service runs in a process of its own: all that leaves that process is seen. Clock and randomness are
 * those of `repeatable()`, so that a second one that is asked the same does the same.
 */
export interface ObservedNetwork extends Network {
  readonly schema: GraphQLSchema;
  /** For temporary files; the only place but the file store in which the service should write. */
  readonly temporary: string;
  readonly tasks: readonly string[];
  runScheduled(task: string): Promise<void>;
  /** Ends the service, as an operator does; the database stays until `stop()`. */
  end(): Promise<Ended>;
}

interface Ready {
  readonly port: number;
  readonly steward: string;
  readonly sdl: string;
  readonly kinds: Readonly<Record<string, string>>;
  readonly tasks: readonly string[];
}

export async function startObservedNetwork(env: Record<string, string> = {}): Promise<ObservedNetwork> {
  const database = await createTestDatabase();
  await watchStatements(database);
  const home = temporaryHome();
  const [folder, ledger, temporary, record] = ['files', 'ledger', 'temporary', 'deeds'].map((name) =>
    join(home.path, name),
  );
  for (const each of [folder, ledger, temporary]) mkdirSync(each);
  const secret = 'a secret for tests that is long enough for all of them';
  const preload = `file://${resolve('test', 'privacy', 'service', 'record-deeds.mjs')}`;
  const { child, exit } = run(
    {
      ...{ DATABASE_URL: database.appUrl, GOODFAITH_SECRET: secret, GOODFAITH_HOME: home.path },
      ...{ ATTACHMENTS_FOLDER: folder, LEDGER_FOLDER: ledger, TMPDIR: temporary, RECORD_OF_DEEDS: record },
      ...{
        LOG_LEVEL: 'info',
        JOBS: 'off',
        RATE_PER_KEY: '1000000',
        RATE_PER_ADDRESS: '1000000',
        RATE_PER_ADDRESS_FILES: '1000000',
        ...env,
      },
    },
    join('test', 'privacy', 'service', 'main.js'),
    ['--import', preload],
  );
  const early = exit.then(({ code, stderr }) => {
    throw new Error(`the service ended with ${code}: ${stderr}`);
  });
  early.catch(() => undefined);
  const [ready] = (await Promise.race([once(child, 'message'), early])) as [Ready];
  const url = `http://127.0.0.1:${ready.port}`;
  const { call, mutate } = callsTo(url);
  const populated = await populate(mutate, ready.steward);
  await mutate(ready.steward, 'declareNoStewardOrganization', { expectedVersion: 1 }, 'network { stewardship }');
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 3 });
  surviveLostConnections(owner);
  const end = async (): Promise<Ended> => {
    child.kill('SIGTERM');
    const { stdout, stderr } = await exit;
    const lines = readFileSync(record, 'utf8').split('\n').filter(Boolean);
    return { stdout, stderr, deeds: lines.map((line) => JSON.parse(line) as Deed) };
  };
  const elsewhere = (): never => {
    throw new Error('the service of an observed network runs in a process of its own');
  };
  return {
    get app() {
      return elsewhere();
    },
    get clock() {
      return elsewhere();
    },
    ...{ url, call, mutate, folder, ledger, temporary, secret, end, tasks: ready.tasks, schema: schemaOf(ready) },
    ...populated,
    databaseUrls: { owner: database.ownerUrl, app: database.appUrl },
    sql: async <T extends object>(text: string, values: unknown[] = []) =>
      (await owner.query(text, values)).rows as T[],
    async runScheduled(task) {
      const done = once(child, 'message');
      child.send(task);
      const [{ error }] = (await done) as [{ error?: string }];
      if (error) throw new Error(`${task}: ${error}`);
    },
    stop: async () => {
      child.kill('SIGKILL');
      await exit;
      await owner.end();
      await database.drop();
      home.remove();
    },
  };
}

/** The schema of the other process, with what its types say of nodes. */
function schemaOf({ sdl, kinds }: Ready): GraphQLSchema {
  const schema = buildSchema(sdl);
  for (const [type, kind] of Object.entries(kinds))
    Object.assign(schema.getType(type)!, { extensions: { node: { kind } } });
  return schema;
}

/** What PostgreSQL tells of statements to those who have no right to any table. */
async function watchStatements({ ownerUrl }: TestDatabase): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query('CREATE SCHEMA watched');
    // A server of one's own (TEST_DATABASE_URL) needs shared_preload_libraries = 'pg_stat_statements'.
    await owner.query('CREATE EXTENSION pg_stat_statements SCHEMA watched');
    await owner.query(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET pg_stat_statements.track = top', current_database()); END $$`,
    );
  } finally {
    await owner.end();
  }
}
