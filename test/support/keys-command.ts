import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Network } from './network.js';

/** `npm run keys` beside the service of a test. */
export async function runKeys(
  network: Network,
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const command = ['--import', '@swc-node/register/esm-register', 'src/cli/keys.ts', ...args];
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: network.databaseUrls.app,
    GOODFAITH_SECRET: network.secret,
    NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
  };
  return promisify(execFile)(process.execPath, command, { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );
}
