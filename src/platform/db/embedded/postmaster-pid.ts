import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isAlive, processStat } from './process-token.js';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Where its socket is; empty when it has none. */
  readonly socketDirectory: string;
}

/** Above the largest pid_max of Linux and macOS, so no process has it. */
const IMPOSSIBLE_PID = 4_194_305;

/** The server that runs on this data directory now, if one does. */
export function runningPostmaster(pgdata: string): Postmaster | undefined {
  const recorded = readPostmasterPid(pgdata);
  return recorded && isPostmasterOf(recorded.pid, pgdata) ? recorded : undefined;
}

/**
 * Makes a postmaster.pid left by a kill -9 or a power cut harmless. Postgres only tests that some process has the pid,
 * so a zombie that nobody reaps (a container without an init process) or a recycled pid would block the start for ever.
 * The file is not removed: its shared-memory line lets Postgres notice backends of the dead server that still run.
 */
export function disarmStalePid(pgdata: string): boolean {
  const recorded = readPostmasterPid(pgdata);
  if (!recorded || !isAlive(recorded.pid) || isPostmasterOf(recorded.pid, pgdata)) return false;
  const file = pidFile(pgdata);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(IMPOSSIBLE_PID)));
  return true;
}

function readPostmasterPid(pgdata: string): Postmaster | undefined {
  try {
    const lines = readFileSync(pidFile(pgdata), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), socketDirectory: lines[4] ?? '' };
  } catch {
    return undefined;
  }
}

function isPostmasterOf(pid: number, pgdata: string): boolean {
  if (process.platform === 'win32') return isAlive(pid);
  if (process.platform !== 'linux') return isPostgresByPs(pid);
  const stat = processStat(pid);
  if (!stat || stat.zombie || !stat.command.startsWith('postgres')) return false;
  try {
    // A recycled pid may belong to another Postgres; each postmaster works in its own data directory.
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(pgdata);
  } catch {
    return true; // root in a container may not look at another account's process
  }
}

function isPostgresByPs(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'state=', '-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
  const [state = '', ...command] = (stdout ?? '').trim().split(/\s+/);
  return state !== '' && !state.startsWith('Z') && basename(command.join(' ')).startsWith('postgres');
}

function pidFile(pgdata: string): string {
  return join(pgdata, 'postmaster.pid');
}
