import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformFileSync } from '@swc/core';
import type { Network } from './network.js';
import { UNHURRIED } from './waits.js';

/** The service as its users start it: a process of its own, that can be killed. */
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

const SETTINGS =
  /^(PORT|HOST|GOODFAITH_|DATABASE_|RATE_|LOG_LEVEL|TRUST_PROXY|JOBS|COMPILED_|ATTACHMENTS|LEDGER|S3_|AWS_)/;
const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !SETTINGS.test(name)));

/** For the data of one service. As root, PostgreSQL runs as another account, which must get in. Removed with what was compiled. */
export function temporaryHome(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'goodfaith-process-'));
  chmodSync(path, 0o755);
  const remove = (): void => {
    for (const made of [path, compiled]) if (made) rmSync(made, { recursive: true, force: true });
    compiled = undefined;
  };
  return { path, remove };
}

/** Where the main files are that start the service otherwise than its own: for the harness of observers, and with a late clock. */
const MAINS = [join('test', 'privacy', 'service'), join('test', 'faults', 'service')];
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));

/** Compiled once for all starts of a test file, where the packages are found: compiling is most of a start from source. */
let compiled: string | undefined;
function compile(): string {
  const cache = join('node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const target = mkdtempSync(join(cache, 'goodfaith-test-'));
  writeFileSync(join(target, 'package.json'), '{"type":"module"}');
  for (const file of [
    ...['src', 'migrations', ...MAINS].flatMap(filesBelow),
    join('test', 'support', 'repeatable.ts'),
  ]) {
    if (!file.endsWith('.ts') || /\.(spec|e2e)\.ts$/.test(file)) continue;
    const output = join(target, file.replace(/ts$/, 'js'));
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, transformFileSync(file, { swcrc: true, sourceMaps: false }).code);
  }
  return target;
}

/** Runs the service with just these settings; `main` is another file than its own to start it with. */
export function run(
  env: Record<string, string>,
  main = join('src', 'main.js'),
  options: readonly string[] = [],
  args: readonly string[] = [],
) {
  const child = spawn(process.execPath, [...options, join((compiled ??= compile()), main), ...args], {
    env: { ...inherited, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(options.length > 0 ? (['ipc'] as const) : [])],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout!.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exit = new Promise<Exit>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr })),
  );
  return { child, exit, stderr: () => stderr };
}

/** Starts the service, and waits until it says where it answers. */
export async function startService(env: Record<string, string>, main?: string): Promise<ServiceProcess> {
  const started = run({ PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error', ...env }, main);
  const address = new Promise<string>((resolve) =>
    started.child.stderr!.on('data', () => {
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

/** A process of its own on the database, the secret and the files of a network. */
export function startBeside(
  network: Network,
  env: Record<string, string> = {},
  main?: string,
): Promise<ServiceProcess> {
  const settings = {
    DATABASE_URL: network.databaseUrls.app,
    GOODFAITH_SECRET: network.secret,
    ATTACHMENTS_FOLDER: network.folder,
    LEDGER_FOLDER: network.ledger,
    RATE_PER_KEY: '100000',
    JOBS: 'off',
    ...UNHURRIED,
  };
  return startService({ ...settings, ...env }, main);
}

/** The most memory that a process had resident while the work went on, above what it had before. */
export async function extraMemory({ child }: ServiceProcess, work: () => Promise<void>): Promise<number> {
  const resident = (): number =>
    Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024;
  const before = resident();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, resident())), 50);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return Math.max(most, resident()) - before;
}
