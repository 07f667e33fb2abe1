// Fails when package-lock.json lacks a platform package: npm leaves out, without a word, an optional dependency whose
// version the registry does not have (yet), and `npm ci` then refuses the lock file.
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const names = new Set(Object.keys(packages).map((key) => key.replace(/.*node_modules\//, '')));
const missing = Object.entries(packages).flatMap(([key, entry]) =>
  Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !names.has(name))
    .map((name) => `${key || 'root'} -> ${name}`),
);
if (missing.length > 0) {
  console.error(`package-lock.json is incomplete:\n${missing.join('\n')}`);
  process.exit(1);
}
