import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, processToken } from './process-token.js';

/** Longer than a first start with initdb, or a stop that waits for a checkpoint, takes on a slow disk. */
const PATIENCE_MS = 120_000;
/** A lock file without content was left by a process killed between creating and writing it. */
const EMPTY_MS = 2_000;

/** One start or stop at a time on a directory, across processes. A lock whose holder is gone is taken over. */
export async function withStartLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const token = processToken();
  const deadline = Date.now() + PATIENCE_MS;
  while (!acquire(file, token)) {
    if (Date.now() > deadline) throw new Error(`${file} is held by process ${read(file) || 'unknown'}`);
    await sleep(50);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function acquire(file: string, token: string): boolean {
  try {
    writeFileSync(file, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const holder = read(file);
    if (holder === undefined || isHeld(file, holder)) return false;
    discard(file, holder);
    return false;
  }
}

function isHeld(file: string, holder: string): boolean {
  if (holder !== '') return isRunning(holder);
  const made = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return made === undefined || Date.now() - made < EMPTY_MS;
}

/** Renames first and looks again: the file may have become somebody's fresh lock since it was read. */
function discard(file: string, deadHolder: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // another process was faster
  }
  if (read(aside) === deadHolder) rmSync(aside, { force: true });
  else renameSync(aside, file);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
