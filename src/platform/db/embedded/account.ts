import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, lstatSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';

/** The operating system account that runs Postgres; uid and gid only where it is not the account of this process. */
export interface Account {
  readonly name: string;
  readonly uid?: number;
  readonly gid?: number;
}

/** Where the server's files are, and who runs it. */
export interface Quarters {
  readonly account: Account;
  readonly dataHome: string;
}

/**
 * Postgres refuses to run as root, so root starts it as an unprivileged account, in a folder of that account's own:
 * `<home>/postgres`, or one under /var/tmp when the account cannot enter home (a checkout under /root).
 */
export function prepareQuarters(home: string, log: (message: string) => void): Quarters {
  const wanted = join(resolve(home), 'postgres');
  mkdirSync(wanted, { recursive: true });
  if (process.getuid?.() !== 0) {
    refuseForeignData(wanted);
    return { account: { name: userInfo().username }, dataHome: wanted };
  }
  const account = unprivilegedAccount(wanted);
  own(wanted, account);
  if (canEnter(wanted, account)) return { account, dataHome: wanted };

  const name = `goodfaith-postgres-${createHash('sha256').update(wanted).digest('hex').slice(0, 16)}`;
  const moved = join('/var/tmp', name);
  log(`account ${account.name} cannot enter ${wanted}: the data is in ${moved}`);
  mkdirSync(moved, { recursive: true, mode: 0o700 });
  const found = lstatSync(moved);
  // Anybody may create a name in /var/tmp.
  if (!found.isDirectory() || ![0, account.uid].includes(found.uid)) {
    throw new Error(`${moved} belongs to another account`);
  }
  own(moved, account);
  return { account, dataHome: moved };
}

export function own(path: string, account: Account): void {
  if (account.uid !== undefined && account.gid !== undefined) chownSync(path, account.uid, account.gid);
}

/** The owner of existing data, so that root can start what a user began; else `postgres`, else `nobody`. */
function unprivilegedAccount(dataHome: string): Account {
  // initdb needs an account with a passwd entry.
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]): Account => ({ name, uid: Number(uid), gid: Number(gid) }));
  const owner = statSync(join(dataHome, 'pgdata'), { throwIfNoEntry: false })?.uid;
  const found =
    accounts.find(({ uid }) => owner !== undefined && owner !== 0 && uid === owner) ??
    accounts.find(({ name }) => name === 'postgres') ??
    accounts.find(({ name }) => name === 'nobody');
  if (!found) {
    throw new Error('Running as root, and no unprivileged account (postgres, nobody) exists. Set DATABASE_URL.');
  }
  return found;
}

function refuseForeignData(dataHome: string): void {
  const owner = statSync(dataHome).uid;
  if (process.getuid && owner !== process.getuid()) {
    throw new Error(
      `${dataHome} belongs to uid ${owner}: it was probably first started as root. ` +
        'Start as that account or as root, or set GOODFAITH_HOME to another directory.',
    );
  }
}

function canEnter(directory: string, { uid, gid }: Account): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', directory], { uid, gid, cwd: '/' }).status === 0;
}
