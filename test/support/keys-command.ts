import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Network } from './network.js';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run keys` beside the service of a test. */
export function runKeys(network: Network, ...args: string[]): Promise<Ended> {
  return runKeysWith('', network, ...args);
}

/** The same with something piped into it. */
export async function runKeysWith(input: string, network: Network, ...args: string[]): Promise<Ended> {
  const command = ['--import', '@swc-node/register/esm-register', 'src/cli/keys.ts', ...args];
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: network.databaseUrls.app,
    GOODFAITH_SECRET: network.secret,
    NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
  };
  const ended = promisify(execFile)(process.execPath, command, { env });
  ended.child.stdin?.end(input);
  return ended.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );
}
