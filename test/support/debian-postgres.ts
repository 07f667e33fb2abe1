import type { SpawnSyncReturns } from 'node:child_process';
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const INSTALLED = '/usr/lib/postgresql';

/** A server as an operator has one: made by Debian's programs, with a superuser that is none of the service's. */
export interface DebianPostgres {
  readonly version: number;
  readonly port: number;
  /** The environment in which psql, pg_dump and their like reach the server as its superuser; PATH is where they are. */
  readonly env: Record<string, string>;
  /** An address of the server; no password where none is given. */
  address(login: string, password: string, database: string): string;
  /** Runs one of Debian's programs, as the superuser unless `env` says otherwise. */
  program(name: string, args: readonly string[], env?: Record<string, string>): SpawnSyncReturns<string>;
  /** As the superuser; ends the test with what psql said when a statement fails. */
  sql(text: string, database?: string): string;
  log(): string;
  stop(): void;
}

export async function startDebianPostgres(): Promise<DebianPostgres> {
  const { version, bin } = installed();
  const folder = mkdtempSync(join(tmpdir(), 'goodfaith-debian-'));
  const account = process.getuid?.() === 0 ? accountNamed('postgres') : undefined;
  if (account) chownSync(folder, account.uid, account.gid);
  const port = await freePort();
  const as = (name: string, args: string[]): void => {
    const done = spawnSync(join(bin, name), args, {
      ...account,
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (done.status !== 0) throw new Error(`${name} failed: ${done.error?.message ?? done.stderr}`);
  };
  const passwordFile = join(folder, 'password');
  const data = join(folder, 'data');
  const logFile = join(folder, 'log');
  writeFileSync(passwordFile, 'superuser');
  if (account) chownSync(passwordFile, account.uid, account.gid);
  as('initdb', [`--pgdata=${data}`, '--username=postgres', `--pwfile=${passwordFile}`, ...SETTINGS]);
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off -c log_statement=all`;
  as('pg_ctl', ['start', '-w', `--pgdata=${data}`, `--log=${logFile}`, '-o', settings]);
  const kill = (): void => {
    try {
      as('pg_ctl', ['stop', '-m', 'immediate', `--pgdata=${data}`]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  process.once('exit', kill);
  const env = { PGHOST: '127.0.0.1', PGPORT: String(port), PGUSER: 'postgres', PGPASSWORD: 'superuser', PATH: bin };
  const program: DebianPostgres['program'] = (name, args, more = {}) =>
    spawnSync(join(bin, name), args, { env: { ...env, ...more }, encoding: 'utf8', cwd: folder });
  return {
    version,
    port,
    env,
    address: (login, password, database) => `postgres://${login}:${password}@127.0.0.1:${port}/${database}`,
    program,
    sql: (text, database = 'postgres') => {
      const done = program('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', database, '-c', text]);
      if (done.status !== 0) throw new Error(done.stderr);
      return done.stdout.trim();
    },
    log: () => readFileSync(logFile, 'utf8'),
    stop: () => {
      process.off('exit', kill);
      kill();
    },
  };
}

const SETTINGS = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];

/** The newest version there is. */
function installed(): { version: number; bin: string } {
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED).map(Number) : [];
  const [version] = versions
    .filter((one) => existsSync(join(INSTALLED, String(one), 'bin', 'initdb')))
    .sort((a, b) => b - a);
  if (version === undefined) {
    throw new Error(
      `These tests need a PostgreSQL of Debian's below ${INSTALLED}: apt-get install --no-install-recommends postgresql`,
    );
  }
  return { version, bin: join(INSTALLED, String(version), 'bin') };
}

function accountNamed(name: string): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${name}:`));
  if (!line) throw new Error(`There is no account ${name}, as which PostgreSQL would run.`);
  const [, , uid, gid] = line.split(':').map(Number);
  return { uid, gid };
}

/** As many as are asked for, one after the other. */
export async function freePorts(count: number): Promise<number[]> {
  for (;;) {
    const first = await freePort();
    const ports = Array.from({ length: count }, (_, i) => first + i);
    const rest = await Promise.all(ports.slice(1).map((port) => freePort(port).catch(() => null)));
    if (!rest.includes(null)) return ports;
  }
}

function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
