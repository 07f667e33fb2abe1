import { existsSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import type { Quarters } from './account.js';
import type { RunCommand } from './commands.js';
import { prepareSocketDirectory } from './socket-directory.js';
import { disarmStalePid, type Postmaster, runningPostmaster } from './postmaster-pid.js';

export type StopMode = 'smart' | 'fast' | 'immediate';
export type ServerSettings = Readonly<Record<string, string | number>>;

/** For one service on one machine; every commit still reaches the disk. */
const DEFAULT_SETTINGS: ServerSettings = {
  listen_addresses: '127.0.0.1',
  max_connections: 100,
  shared_buffers: '128MB',
  // Nothing replicates from this server, so its log carries only what recovery needs.
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_wal_size: '512MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The log must not hold what people wrote: neither failing rows (DETAIL) nor statements. Errors of statements are left
  // out whole ("log" ranks above "error"), since they name tables and constraints: of a hidden obstacle too.
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

const START_ATTEMPTS = 3;

export async function startServer(
  run: RunCommand,
  quarters: Quarters,
  pgdata: string,
  options: { port?: number; settings?: ServerSettings; log: (message: string) => void },
): Promise<Postmaster> {
  if (disarmStalePid(pgdata)) options.log('found the pid file of a server that was killed; recovering');
  const logFile = join(quarters.dataHome, 'server.log');
  const sockets = { unix_socket_directories: prepareSocketDirectory(quarters) };
  for (let attempt = 1; ; attempt++) {
    const port = options.port || (await freePort());
    const settings = Object.entries({ ...DEFAULT_SETTINGS, ...sockets, ...options.settings });
    const flags = [`-p ${port}`, ...settings.map(([name, value]) => `-c ${name}=${quote(String(value))}`)].join(' ');
    const args = ['start', '--wait', '--timeout=60', '--silent', '-D', pgdata, '-l', logFile, '-o', flags];
    const result = await run('pg_ctl', args);
    const server = runningPostmaster(pgdata);
    if (result.succeeded && server) return server;
    const tail = existsSync(logFile) ? readFileSync(logFile, 'utf8').slice(-2000) : '';
    // Between choosing a free port and binding it, another process may have taken it.
    const portTaken = /could not bind|Address already in use/.test(tail);
    if (!portTaken || options.port || attempt === START_ATTEMPTS) {
      throw new Error(`The embedded PostgreSQL did not start:\n${result.output}\n${tail}`);
    }
  }
}

/** Stops the server of this data directory; one that is already gone (killed) is no error. */
export async function stopServer(run: RunCommand, pgdata: string, mode: StopMode): Promise<void> {
  if (!runningPostmaster(pgdata)) return;
  const result = await run('pg_ctl', ['stop', '--wait', '--timeout=60', '--silent', '-m', mode, '-D', pgdata]);
  if (!result.succeeded && runningPostmaster(pgdata)) {
    throw new Error(`The embedded PostgreSQL did not stop:\n${result.output}`);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** pg_ctl hands its -o text to a shell. */
function quote(value: string): string {
  return process.platform === 'win32' ? `"${value}"` : `'${value.replaceAll("'", `'\\''`)}'`;
}
