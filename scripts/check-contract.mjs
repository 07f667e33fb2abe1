// The committed contracts must be what the built application says, and must not break what the last release promised.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const ROOT = join(import.meta.dirname, '..');
const CONTRACTS = ['schema.graphql', 'openapi.json'];

const fresh = mkdtempSync(join(tmpdir(), 'goodfaith-contract-'));
try {
  emitTo(fresh);
  const stale = CONTRACTS.filter((name) => isStale(name));
  if (stale.length > 0)
    fail(`${stale.join(' and ')} not up to date: run "npm run contract:emit" and commit the result.`);
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
await compareWithLastRelease();

function emitTo(directory) {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'dist/src/contract.js'), directory], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) fail('dist/src/contract.js could not write the contracts.');
}

function isStale(name) {
  const committed = join(ROOT, name);
  const now = join(fresh, name);
  if (!existsSync(committed)) {
    console.error(`${name} does not exist yet.`);
    return true;
  }
  if (readFileSync(committed).equals(readFileSync(now))) return false;
  spawnSync('git', ['--no-pager', 'diff', '--no-index', '--', committed, now], { stdio: ['ignore', 2, 2] });
  return true;
}

async function compareWithLastRelease() {
  const tag = git('describe', '--tags', '--abbrev=0');
  const released = tag && git('show', `${tag}:schema.graphql`);
  if (!released) {
    console.log('contracts are up to date; no release to compare with');
    return;
  }
  const current = readFileSync(join(ROOT, 'schema.graphql'), 'utf8');
  const changes = await diff(buildSchema(released), buildSchema(current));
  const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
  if (breaking.length > 0) {
    const list = breaking.map(({ message }) => `  ${message}`).join('\n');
    fail(`schema.graphql breaks what ${tag} promised:\n${list}\nAdd beside it, and deprecate with a date.`);
  }
  console.log(`contracts are up to date; ${changes.length} compatible changes since ${tag}`);
}

function git(...args) {
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return status === 0 ? stdout.trim() : undefined;
}

function fail(message) {
  console.error(message);
  rmSync(fresh, { recursive: true, force: true });
  process.exit(1);
}
