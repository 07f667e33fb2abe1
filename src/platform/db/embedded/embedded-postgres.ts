import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { prepareQuarters, type Quarters } from './account.js';
import { prepareBinaries } from './binaries.js';
import { type Cluster, openCluster, SUPERUSER } from './cluster.js';
import { commandRunner, type RunCommand } from './commands.js';
import { Holders } from './holders.js';
import { runningPostmaster } from './postmaster-pid.js';
import { type ServerSettings, startServer, type StopMode, stopServer } from './server.js';
import { withStartLock } from './start-lock.js';

export interface EmbeddedPostgresOptions {
  /** The server's files go into `<home>/postgres`; see `EmbeddedPostgres.dataHome`. */
  home: string;
  /** Created when it is missing. Default `goodfaith`. */
  database?: string;
  /** Loopback TCP port; a free one when not given. A server that already runs keeps its own. */
  port?: number;
  /** `postgres -c name=value`, over the defaults. */
  settings?: ServerSettings;
  log?: (message: string) => void;
}

export interface EmbeddedPostgres {
  /** Superuser connection to the database. */
  readonly url: string;
  /** The folder of its socket, which is faster than TCP; empty when there is none. */
  readonly socketDirectory: string;
  readonly port: number;
  /** The postmaster. */
  readonly pid: number;
  /** False when another live process was already using the server. */
  readonly owned: boolean;
  /** True when this call made the data directory. */
  readonly initialised: boolean;
  /** Where the files really are: not under `home` when root started it in a place others cannot enter. */
  readonly dataHome: string;
  /** Leaves the server, and stops it unless another live process still uses it. Calling it again is harmless. */
  stop(mode?: StopMode): Promise<void>;
}

/**
 * A real PostgreSQL from npm packages, for a service that starts with nothing set up. Installs no signal handlers: the
 * caller decides when to stop. A server left by a killed process is used again; a killed server recovers.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const quarters = prepareQuarters(options.home, log);
  return withStartLock(lockFile(quarters), () => start(quarters, options, log));
}

async function start(
  quarters: Quarters,
  options: EmbeddedPostgresOptions,
  log: (message: string) => void,
): Promise<EmbeddedPostgres> {
  const run = commandRunner(prepareBinaries(quarters, log), quarters);
  const cluster = await openCluster(run, quarters, options.settings?.fsync !== 'off');
  const holders = new Holders(join(quarters.dataHome, 'holders'));
  const owned = !holders.any();
  const { pid, port, socketDirectory } =
    runningPostmaster(cluster.pgdata) ?? (await startServer(run, quarters, cluster.pgdata, { ...options, log }));
  const leave = holders.join();
  const stop = once((mode) => leaveAndStop(run, quarters, cluster, { holders, leave, mode }));

  const database = options.database ?? 'goodfaith';
  const url = (name: string): string => `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${name}`;
  try {
    await createDatabase(url('postgres'), database);
  } catch (error) {
    leave();
    if (owned) await stopServer(run, cluster.pgdata, 'fast');
    throw error;
  }
  const { initialised } = cluster;
  return { url: url(database), socketDirectory, port, pid, owned, initialised, dataHome: quarters.dataHome, stop };
}

async function leaveAndStop(
  run: RunCommand,
  quarters: Quarters,
  { pgdata }: Cluster,
  { holders, leave, mode }: { holders: Holders; leave: () => void; mode: StopMode },
): Promise<void> {
  await withStartLock(lockFile(quarters), async () => {
    leave();
    if (!holders.any()) await stopServer(run, pgdata, mode);
  });
}

function once(stop: (mode: StopMode) => Promise<void>): (mode?: StopMode) => Promise<void> {
  let stopping: Promise<void> | undefined;
  return (mode = 'fast') => (stopping ??= stop(mode));
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = await connect(url);
  try {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** A server found running may still be recovering (57P03). */
async function connect(url: string): Promise<pg.Client> {
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if ((error as { code?: string }).code !== '57P03' || attempt === 300) throw error;
      await sleep(200);
    }
  }
}

function lockFile({ dataHome }: Quarters): string {
  return join(dataHome, 'start.lock');
}
