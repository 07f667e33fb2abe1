import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Quarters } from './account.js';
import { own } from './account.js';

/** The longest socket path that every system takes (macOS: 104 bytes with the closing zero). */
const LONGEST_PATH = 103;

/**
 * An empty folder for the server's socket, or '' where there cannot be one. Over a socket a round trip costs a third
 * less than over loopback TCP, and only the account that runs the server (and root) can enter the folder.
 */
export function prepareSocketDirectory({ dataHome, account }: Quarters): string {
  const directory = join(dataHome, 'socket');
  if (process.platform === 'win32' || Buffer.byteLength(join(directory, '.s.PGSQL.65535')) > LONGEST_PATH) return '';
  // What a killed server left would block a new one whose port is the same.
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { mode: 0o700 });
  own(directory, account);
  return directory;
}
