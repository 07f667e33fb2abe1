import { fork, spawn } from 'node:child_process';
import { mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '..');
const POLL_MS = 5;
/** Linux counts CPU time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** Everything a real call has is on; only the allowances are so high that nothing is refused. */
const SETTINGS = { RATE_PER_KEY: '10000000', RATE_PER_ADDRESS: '10000000', LOG_LEVEL: 'info', JOBS: 'on' };

/** The built service as `npm start` runs it, its request log in a file. Answers when it is ready. */
export async function startService(home, { profile, logFile = join(home, 'service.log') } = {}) {
  const port = await freePort();
  mkdirSync(home, { recursive: true });
  const log = openSync(logFile, 'w');
  const flags = ['--enable-source-maps'];
  if (profile) flags.push('--cpu-prof', `--cpu-prof-dir=${profile}`);
  const env = { ...process.env, ...SETTINGS, GOODFAITH_HOME: home, PORT: String(port), HOST: '127.0.0.1' };
  for (const name of ['DATABASE_URL', 'DATABASE_MIGRATION_URL', 'GOODFAITH_SECRET']) delete env[name];
  const began = performance.now();
  const child = spawn(process.execPath, [...flags, 'dist/src/main.js'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', log, log],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let gone = false;
  void ended.then(() => (gone = true));
  while (!(await isReady(port))) {
    if (gone) throw new Error(`The service did not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`);
    await sleep(POLL_MS);
  }
  const readySeconds = (performance.now() - began) / 1000;
  return {
    name: 'service',
    pid: child.pid,
    port,
    readySeconds,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** One of the bare programs beside this file, in a process of its own. It sends a message when it is ready. */
export async function startBare(file, options) {
  const child = fork(join(import.meta.dirname, file), { stdio: 'inherit' });
  const next = () =>
    new Promise((resolve, reject) => {
      const failed = (code) => reject(new Error(`${file} ended with ${code}`));
      child.once('exit', failed);
      child.once('message', (message) => {
        child.removeListener('exit', failed);
        resolve(message);
      });
    });
  const ask = (message) => {
    const answer = next();
    child.send(message);
    return answer;
  };
  const ready = await ask(options);
  return { name: options.name, pid: child.pid, port: ready.port, ask, stop: async () => void child.kill('SIGTERM') };
}

/** CPU time of a process in microseconds, or NaN where the system does not tell. */
export function cpuMicroseconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1e6) / TICKS_PER_SECOND;
  } catch {
    return NaN;
  }
}

/** CPU time of the postmaster's children, by process: backends come and go. */
export function serverCpu(postmaster) {
  const times = new Map();
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ');
      if (stat?.[1] === String(postmaster)) times.set(name, cpuMicroseconds(name));
    }
  } catch {
    /* a process that ended meanwhile, or no /proc */
  }
  return times;
}

export function serverCpuSince(postmaster, before) {
  let sum = 0;
  for (const [pid, time] of serverCpu(postmaster)) sum += time - (before.get(pid) ?? 0);
  return sum;
}

/** Resident memory in MB: now and at its highest. */
export function memory(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const of = (field) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)[1]) / 1024;
    return { now: of('VmRSS'), peak: of('VmHWM') };
  } catch {
    return { now: NaN, peak: NaN };
  }
}

function isReady(port) {
  return new Promise((resolve) => {
    const request = get({ port, host: '127.0.0.1', path: '/health/ready', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', () => resolve(false));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
