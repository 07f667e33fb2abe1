import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The service as its users start it, from source: a process of its own, that can be killed. */
export interface ServiceProcess {
  readonly url: string;
  readonly child: ChildProcess;
  readonly exit: Promise<Exit>;
  stderr(): string;
}
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const SETTINGS = /^(PORT|HOST|GOODFAITH_|DATABASE_|RATE_|LOG_LEVEL|TRUST_PROXY|JOBS|COMPILED_)/;
const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SETTINGS.test(name)));

/** A directory for the data of one service; as root, PostgreSQL runs as another account, which must get in. */
export function temporaryHome(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'goodfaith-process-'));
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs a TypeScript file of the service with just these settings. */
export function run(file: string, env: Record<string, string>, args: readonly string[] = []) {
  const child = spawn(process.execPath, ['--import', '@swc-node/register/esm-register', file, ...args], {
    env: { ...inherited, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exit = new Promise<Exit>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr })),
  );
  return { child, exit, stderr: () => stderr };
}

/** Starts the service, and waits until it says where it answers. */
export async function startService(env: Record<string, string>): Promise<ServiceProcess> {
  const started = run('src/main.ts', { PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error', ...env });
  const address = new Promise<string>((resolve) =>
    started.child.stderr.on('data', () => {
      const port = /answers on http:\/\/localhost:(\d+)/.exec(started.stderr())?.[1];
      if (port) resolve(`http://127.0.0.1:${port}`);
    }),
  );
  const ended = started.exit.then(({ code, stderr }) => {
    throw new Error(`the service ended with ${code}: ${stderr}`);
  });
  const url = await Promise.race([address, ended]);
  ended.catch(() => undefined);
  return { ...started, url };
}
