// Builds when dist is missing or older than what it is made of, so that a command can be called again and again without
// paying for the compiler. Without sources or compiler (a production image) dist is taken as it is.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
/** Its time is when the last successful build began. The compiler's own files are written after a failed one too. */
const STAMP = join(ROOT, 'dist', '.built');
const COMPILER = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
const INPUTS = ['src', 'migrations', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];

if (existsSync(COMPILER) && existsSync(join(ROOT, 'src')) && isStale()) {
  const began = new Date();
  // Diagnostics go to stderr: stdout belongs to the command that follows.
  const { status } = spawnSync(process.execPath, [COMPILER, '-p', 'tsconfig.build.json'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(STAMP, '');
  utimesSync(STAMP, began, began);
}

function isStale() {
  const built = modified(STAMP);
  if (built === 0 || !existsSync(join(ROOT, 'dist', 'src'))) return true;
  return INPUTS.some((input) => newest(join(ROOT, input)) > built);
}

/** The latest change in a tree; folders count, because a deleted file changes only its folder. */
function newest(path) {
  const own = modified(path);
  if (own === 0 || !statSync(path).isDirectory()) return own;
  return readdirSync(path, { recursive: true }).reduce((latest, name) => {
    return Math.max(latest, modified(join(path, name)));
  }, own);
}

function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
