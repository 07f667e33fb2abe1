import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

/** A file of tests whose network does not start, in a run of its own. */
const FAILING = `
let network;
beforeAll(async () => { throw new Error('the service ended with 1: the port is taken\\nand much ' + 'more'); });
afterAll(() => network.stop());
for (const name of ['one', 'two', 'three']) it(name, () => network.call());
`;
const SLOW = `
beforeAll(() => new Promise((resolve) => setTimeout(resolve, 300)));
it('waits for its hook longer than a test may take', () => undefined);
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'goodfaith-environment-'));
  writeFileSync(join(folder, 'failing.test.cjs'), FAILING);
  writeFileSync(join(folder, 'slow.test.cjs'), SLOW);
  const config = {
    rootDir: folder,
    testMatch: ['**/*.test.cjs'],
    testEnvironment: resolve('test/environment.mjs'),
    transform: {},
    testTimeout: 200,
  };
  writeFileSync(join(folder, 'jest.config.json'), JSON.stringify(config));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(file: string): { output: string; code: number | null } {
  const options = ['--experimental-vm-modules', resolve('node_modules/jest/bin/jest.js')];
  const { stderr, status } = spawnSync(
    process.execPath,
    [...options, '--config', join(folder, 'jest.config.json'), file],
    { encoding: 'utf8', env: { ...process.env, NODE_ENV: 'test', FORCE_COLOR: '0' } },
  );
  return { output: stderr, code: status };
}

it('tells once what broke when the set-up fails, and in one line of each other test', () => {
  const { output, code } = run('failing');
  expect(code).toBe(1);
  expect(output.match(/and much more/g)).toHaveLength(1);
  expect(output.match(/not run, since the set-up failed: the service ended with 1: the port is taken/g)).toHaveLength(
    2,
  );
  expect(output).not.toContain("reading 'stop'");
  expect(output).toContain('3 failed');
});

it('gives hooks more time than tests', () => {
  expect(run('slow').code).toBe(0);
});
