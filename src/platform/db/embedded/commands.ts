import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Quarters } from './account.js';
import { executable } from './binaries.js';

export interface CommandResult {
  readonly succeeded: boolean;
  readonly output: string;
}

/** Runs one of the server's own programs to its end, as the account that runs Postgres. */
export type RunCommand = (program: 'initdb' | 'pg_ctl', args: readonly string[]) => Promise<CommandResult>;

export function commandRunner(native: string, { dataHome, account }: Quarters): RunCommand {
  const outputFile = join(dataHome, 'command.log');
  return (program, args) =>
    new Promise((resolve, reject) => {
      const output = openSync(outputFile, 'w', 0o600);
      const child = spawn(executable(native, program), args, {
        env: serverEnvironment(),
        cwd: dataHome,
        // A file, not a pipe: pg_ctl leaves the server behind with these descriptors, and a pipe would never close.
        stdio: ['ignore', output, output],
        uid: account.uid,
        gid: account.gid,
        windowsHide: true,
      });
      child.once('error', (error) => {
        closeSync(output);
        reject(error);
      });
      child.once('exit', (code) => {
        closeSync(output);
        resolve({ succeeded: code === 0, output: existsSync(outputFile) ? readFileSync(outputFile, 'utf8') : '' });
      });
    });
}

/** Only what the programs need: the service's own environment holds secrets, and PG* variables would redirect them. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'LD_LIBRARY_PATH', 'TMPDIR', 'SystemRoot', 'TEMP', 'TMP'] as const;
  const inherited = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...(Object.fromEntries(inherited) as NodeJS.ProcessEnv), LC_ALL: 'C', TZ: 'UTC' };
}
