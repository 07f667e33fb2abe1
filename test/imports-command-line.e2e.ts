import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { file, grant, send } from './support/grants.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

describe('npm run import', () => {
  const run = (path: string, ...options: string[]) => {
    const command = ['--import', '@swc-node/register/esm-register', 'src/cli/import.ts', path, ...options];
    const env = {
      PATH: process.env.PATH,
      DATABASE_URL: network.databaseUrls.app,
      GOODFAITH_SECRET: 'a secret for the command line that is long enough',
      LEDGER_FOLDER: network.ledger,
      NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
    };
    return promisify(execFile)(process.execPath, command, { env }).then(
      ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
    );
  };

  it('records a file beside the running service, and prints the summary alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'goodfaith-grants-'));
    try {
      const path = join(folder, 'grants.json');
      await writeFile(path, file(grant('cli'), grant('cli-bad', { currency: 'pounds' })));
      const dry = await run(path, '--dry-run');
      expect(JSON.parse(dry.stdout)).toMatchObject({ read: 2, created: 1, rejectedCount: 1, dryRun: true });
      const rule = ['--restriction', 'title:A year*=UNRESTRICTED', '--issued', '2020-05-07'];
      const done = await run(path, ...rule);
      expect(done.code).toBe(0);
      expect(JSON.parse(done.stdout)).toMatchObject({ read: 2, created: 1, rejectedCount: 1, dryRun: false });
      expect(JSON.parse(done.stdout)).toMatchObject({
        issued: '2020-05-07',
        restrictionRules: [{ field: 'title', value: 'A year*', restriction: 'UNRESTRICTED', grants: 1 }],
      });
      expect((await send(network, file(grant('cli')))).body).toMatchObject({ read: 1, undatedKeptCount: 1 });
      const wrong = await run(path, '--restriction', 'title:Rent');
      expect([wrong.code, wrong.stdout]).toEqual([1, '']);
      expect(wrong.stderr).toContain('A rule is a field (`fundingType`, `grantProgramme` or `title`), a colon');

      await writeFile(path, file(grant('cli-cut')).slice(0, -1));
      const cut = await run(path);
      expect([cut.code, cut.stdout]).toEqual([1, '']);
      expect(cut.stderr).toContain('The file breaks off before its end at line 1');
      expect(await network.sql(`SELECT FROM imported_grants WHERE source_id = '360G-test-cli-cut'`)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 240_000);
});
