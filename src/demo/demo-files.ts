import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { KeyName, Shown } from './demo-organizations.js';

/** How far the network is told, with all its keys: what lets a broken-off first start continue. */
export interface DemoState {
  /** Days in the network are counted from here, so that a continued start repeats the same calls. */
  readonly begunOn: string;
  readonly isComplete: boolean;
  readonly keys: Partial<Record<KeyName | 'steward' | 'group', string>>;
}

const STATE_FILE = 'demo-network.json';
const KEYS_FILE = 'demo-keys.json';

/** Null when there is none; one that cannot be read counts as none, since keys can be issued again. */
export function readState(home: string): DemoState | null {
  const file = path.join(home, STATE_FILE);
  if (!existsSync(file)) return null;
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as Partial<DemoState>;
    return state.keys && state.begunOn
      ? { ...state, keys: state.keys, begunOn: state.begunOn, isComplete: state.isComplete === true }
      : null;
  } catch {
    return null;
  }
}

export function writeState(home: string, state: DemoState): void {
  write(path.join(home, STATE_FILE), state);
}

/** The keys people use; answers where they are. */
export function writeKeys(home: string, keys: Record<Shown, string>): string {
  const file = path.join(home, KEYS_FILE);
  write(file, keys);
  return file;
}

/** Whole or not at all, and for its owner only: these are keys. */
function write(file: string, content: object): void {
  const next = `${file}.next`;
  writeFileSync(next, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  // A file left by a broken-off write keeps the mode it had.
  chmodSync(next, 0o600);
  renameSync(next, file);
}
