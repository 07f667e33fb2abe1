import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/platform/db/embedded/embedded-postgres.js';
import type { OwnServer } from './own-server.js';

/** What the first server needs so that another can follow it. */
export const FOLLOWED = { wal_level: 'replica', max_wal_senders: 4, fsync: 'off' };

/** A server that streams from another, of a folder that the other was started in. */
export interface OwnReplica {
  readonly appUrl: string;
  /** As the superuser. */
  sql<T extends object>(text: string): Promise<T[]>;
  /** To all its processes, such as SIGSTOP. */
  signal(name: NodeJS.Signals): void;
  restart(): Promise<void>;
  drop(): Promise<void>;
}

/** Copies the files of the running server, as a base backup does, and follows it from there. */
export async function follow(first: OwnServer, folder: string): Promise<OwnReplica> {
  const home = mkdtempSync(join(tmpdir(), 'goodfaith-replica-'));
  // As root, PostgreSQL runs as another account, which must get in.
  chmodSync(home, 0o755);
  const [from, to] = [folder, home].map((each) => join(each, 'postgres'));
  const pgdata = join(to, 'pgdata');
  const { uid, gid } = statSync(join(from, 'pgdata'));
  const write = (name: string, text: string): void => {
    writeFileSync(join(pgdata, name), text);
    chownSync(join(pgdata, name), uid, gid);
  };

  const client = new pg.Client({ connectionString: first.database.ownerUrl });
  await client.connect();
  await client.query(`SELECT pg_backup_start('replica', true)`);
  execFileSync('cp', ['-a', from, to]);
  const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
  await client.end();
  for (const left of ['pgdata/postmaster.pid', 'holders']) rmSync(join(to, left), { recursive: true, force: true });
  write('backup_label', rows[0].labelfile);
  write('standby.signal', '');
  const { hostname, port, username, password } = new URL(first.database.ownerUrl);
  const source = `host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}`;
  appendFileSync(join(pgdata, 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`);

  let server = await startEmbeddedPostgres({ home, settings: FOLLOWED });
  const at = (url: string): string => Object.assign(new URL(url), { port: String(server.port) }).href;
  return {
    appUrl: at(first.database.appUrl),
    sql: async <T extends object>(text: string): Promise<T[]> => {
      const owner = new pg.Client({ connectionString: at(first.database.ownerUrl) });
      await owner.connect();
      try {
        return (await owner.query<T>(text)).rows;
      } finally {
        await owner.end();
      }
    },
    signal: (name) => {
      for (const pid of processesOf(server.pid)) send(pid, name);
    },
    restart: async () => {
      server = await startEmbeddedPostgres({ home, settings: FOLLOWED, port: server.port });
    },
    drop: async () => {
      await server.stop('immediate');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function send(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // A backend that has ended since it was listed.
    if ((error as { code?: string }).code !== 'ESRCH') throw error;
  }
}

/** The postmaster first, so that it starts no child anew. */
function processesOf(postmaster: number): number[] {
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8');
  return [postmaster, ...children.trim().split(/\s+/).filter(Boolean).map(Number)];
}
