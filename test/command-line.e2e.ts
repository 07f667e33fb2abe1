import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runKeys } from './support/keys-command.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import type { Exit } from './support/service-process.js';
import { run } from './support/service-process.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
  await network.call(network.keys.steward, '{ events { nodes { id } } }');
});
afterAll(() => network.stop());

/** A command of the operator, on the database of the network, as its owner. */
const command = (name: string, ...args: string[]): Promise<Exit> => {
  const env = {
    DATABASE_URL: network.databaseUrls.app,
    DATABASE_MIGRATION_URL: network.databaseUrls.owner,
    GOODFAITH_SECRET: network.secret,
  };
  return run(env, join('src', 'cli', `${name}.js`), [], args).exit;
};

describe('a command that is refused', () => {
  it('says the sentence beside the code', async () => {
    const { code, stderr } = await runKeys(network, 'create', '--role', 'FUNDER');
    expect([code, stderr.trim()]).toEqual([1, expect.stringMatching(/^Refused: KEY_NEEDS_ORGANIZATION: .+ .+\.$/m)]);
    const unknown = await runKeys(network, 'revoke', 'key_00000000000000000000000000000000');
    expect([unknown.code, unknown.stderr.trim()]).toEqual([1, expect.stringMatching(/^Refused: NOT_FOUND: .+\.$/m)]);
  });

  it('says a mistake in two lines, and not under its whole help', async () => {
    const { code, stderr } = await command('doctor', '--nope');
    expect([code, stderr.trim().split('\n')]).toEqual([1, [expect.stringContaining('--nope'), expect.any(String)]]);
  });
});

describe('the doctor', () => {
  it('ends with how many checks hold', async () => {
    const { code, stdout } = await command('doctor');
    expect([code, stdout.trim().split('\n').at(-1)]).toEqual([0, expect.stringMatching(/^All \d+ checks hold\.$/)]);
  });

  it('says of a kept head what is wrong with it', async () => {
    const hash = 'a'.repeat(64);
    const { code, stdout } = await command('doctor', '--head', `999999:${hash}`, '--head', `1:${hash}`);
    expect(code).toBe(1);
    expect(stdout).toContain('there is no position 999999');
    expect(stdout).toContain('position 1 has another hash');
    expect(stdout.trim().split('\n').at(-1)).toMatch(/^Broken: 2 of \d+ checks\.$/);
    const short = await command('doctor', '--head', '2026-11-27:abcdef');
    expect([short.code, short.stderr]).toEqual([1, expect.stringContaining('64')]);
  });
});

it('migrating says what was missing', async () => {
  const { code, stdout } = await command('db-migrate');
  expect([code, stdout]).toEqual([0, 'No migration was missing. The database is up to date.\n']);
});
