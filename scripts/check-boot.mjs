// Boots the built application as a user would: fresh, answers, stops cleanly; then again after a kill -9. Test runners
// load circular imports happily that kill the compiled application, so only this proves that it starts.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const MAIN = join(import.meta.dirname, '..', 'dist/src/main.js');
const PATIENCE_MS = 60_000;

const home = mkdtempSync(join(tmpdir(), 'goodfaith-boot-'));
chmodSync(home, 0o755); // as root, Postgres runs as another account
let running;
try {
  await boot('first start');
  await askObstacleCodes();
  await stop('first start');

  await boot('second start');
  await kill();
  await boot('start after kill -9');
  await askObstacleCodes();
  await stop('start after kill -9');
} catch (error) {
  console.error(error);
  if (running) console.error(`output of the service:\n${running.output.slice(-8000)}`);
  process.exitCode = 1;
} finally {
  // A server that a failed step left behind is stopped by starting and stopping the service's own supervisor.
  if (running?.child.exitCode === null) running.child.kill('SIGKILL');
  const { startEmbeddedPostgres } = await import('../dist/src/platform/db/embedded/embedded-postgres.js');
  const server = await startEmbeddedPostgres({ home });
  await server.stop('immediate');
  rmSync(home, { recursive: true, force: true });
  if (!server.dataHome.startsWith(home)) rmSync(server.dataHome, { recursive: true, force: true });
}

async function boot(step) {
  const port = await freePort();
  const started = performance.now();
  const { DATABASE_URL, DATABASE_MIGRATION_URL, ...inherited } = process.env;
  const env = { ...inherited, GOODFAITH_HOME: home, HOST: '127.0.0.1', PORT: String(port) };
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running = { child, port, output: '' };
  const current = running;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (current.output += chunk));

  while (!(await isReady(port))) {
    if (child.exitCode !== null || child.signalCode) throw new Error(`${step}: the service ended before it was ready`);
    if (performance.now() - started > PATIENCE_MS) throw new Error(`${step}: not ready after ${PATIENCE_MS} ms`);
    await sleep(50);
  }
  console.log(`${step}: ready after ${Math.round(performance.now() - started)} ms`);
}

async function isReady(port) {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok;
  } catch {
    return false;
  }
}

async function askObstacleCodes() {
  const response = await fetch(`http://127.0.0.1:${running.port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ obstacleCodes { code } }' }),
  });
  const body = await response.json();
  assert.equal(response.status, 200, JSON.stringify(body));
  assert.equal(body.errors, undefined, JSON.stringify(body.errors));
  assert.ok(body.data.obstacleCodes.length > 0, 'no obstacle codes');
}

async function stop(step) {
  const { child } = running;
  const started = performance.now();
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const [code, signal] = await exit;
  clearTimeout(late);
  assert.equal(code, 0, `${step}: ended with ${code ?? signal} on SIGTERM`);
  console.log(`${step}: stopped in ${Math.round(performance.now() - started)} ms`);
}

async function kill() {
  const exit = once(running.child, 'exit');
  running.child.kill('SIGKILL');
  await exit;
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}
