import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Quarters, own } from './account.js';
import type { RunCommand } from './commands.js';

export const SUPERUSER = 'postgres';

export interface Cluster {
  readonly pgdata: string;
  readonly password: string;
  /** True when this call made it. */
  readonly initialised: boolean;
}

/** Opens the data directory, or makes it with a fresh superuser password on the first start. */
export async function openCluster(run: RunCommand, quarters: Quarters, durable: boolean): Promise<Cluster> {
  const pgdata = join(quarters.dataHome, 'pgdata');
  const initialised = !existsSync(join(pgdata, 'PG_VERSION'));
  if (initialised) await initialise(run, quarters, pgdata, durable);
  const { password } = JSON.parse(readFileSync(join(pgdata, 'credentials.json'), 'utf8')) as { password: string };
  return { pgdata, password, initialised };
}

async function initialise(run: RunCommand, quarters: Quarters, pgdata: string, durable: boolean): Promise<void> {
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(quarters.dataHome, 'initdb-password');
  const scratch = `${pgdata}.new`;
  rmSync(scratch, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
  own(passwordFile, quarters.account);
  try {
    const result = await run('initdb', [
      `--pgdata=${scratch}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same order of text on every operating system, whatever locales the host has.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(durable ? [] : ['--no-sync']),
    ]);
    if (!result.succeeded) throw new Error(`initdb failed:\n${result.output}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  const credentials = join(scratch, 'credentials.json');
  writeFileSync(credentials, JSON.stringify({ user: SUPERUSER, password }), { mode: 0o600 });
  own(credentials, quarters.account);
  renameSync(scratch, pgdata); // last: a crash before this line leaves no half-made cluster
}
