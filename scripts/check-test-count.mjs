// Fails when jest ran fewer suites than there are test files, or skipped a test: a wrong pattern would else pass unseen.
// Usage: node scripts/check-test-count.mjs <file written by jest --json --outputFile>
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const result = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const files = ['src', 'test'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true }).filter((name) => /\.(spec|e2e)\.ts$/.test(name)),
);

const { numTotalTestSuites: suites, numPassedTestSuites: passed, numTotalTests: tests } = result;
const skipped = result.numPendingTests + result.numTodoTests;
console.log(`${suites} suites of ${files.length} test files ran, ${passed} passed; ${tests} tests, ${skipped} skipped`);
if (files.length === 0 || suites !== files.length || passed !== suites || tests === 0 || skipped > 0) process.exit(1);
