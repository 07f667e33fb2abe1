// Fails for names that say nothing, and for files too long to read in one sitting. Both are split by use.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const EMPTY_WORDS = /(^|[-_.])(utils?|helpers?|common|manager)([-_.]|$)/i;
const MOST_LINES = 300;

const entries = ['src', 'test', 'migrations'].flatMap((folder) => {
  try {
    return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
});

const complaints = entries.flatMap((entry) => {
  const path = join(entry.parentPath, entry.name);
  const shown = relative(ROOT, path);
  const found = [];
  if (EMPTY_WORDS.test(entry.name)) found.push(`${shown}: name it after what it is for`);
  if (entry.isFile() && /\.(ts|mjs)$/.test(entry.name)) {
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n').length;
    if (lines > MOST_LINES) found.push(`${shown}: ${lines} lines, at most ${MOST_LINES}; split it by use case`);
  }
  return found;
});
if (complaints.length > 0) {
  console.error(complaints.join('\n'));
  process.exit(1);
}
