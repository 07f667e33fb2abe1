import { copyFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { STORED_FILES, differingFiles } from '../src/doctor/stored-files.js';
import { Clock } from '../src/platform/clock/clock.js';
import { Entropy } from '../src/platform/clock/entropy.js';
import { DiskFileStore } from '../src/platform/files/disk-file-store.js';
import { PDF, PNG, upload } from './support/attachment-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
let owner: pg.Client;
let files: DiskFileStore;
beforeAll(async () => {
  network = await startNetwork();
  owner = new pg.Client({ connectionString: network.databaseUrls.owner });
  await owner.connect();
  files = new DiskFileStore(network.folder, new Entropy(new Clock()));
  const draft = { sections: [{ prompt: 'LEARNED', text: 'People come when asked.' }] };
  const { narrativeReport } = (await network.mutate(
    network.keys.grantee,
    'draftReport',
    draft,
    'narrativeReport { id }',
  )) as {
    narrativeReport: { id: string };
  };
  for (const [name, bytes] of [
    ['picture.png', PNG],
    ['paper.pdf', PDF],
  ] as const)
    expect((await upload(network, network.keys.grantee, narrativeReport.id, { name, bytes })).status).toBe(201);
});
afterAll(async () => {
  await owner.end();
  await network.stop();
});

/** The place of the file that was kept first, by its id. */
function placeOf(id: string): string {
  const found = readdirSync(network.folder, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith(id));
  return join(network.folder, found!);
}
async function anyFile(): Promise<string> {
  return (await network.sql<{ id: string }>(`SELECT file_id AS id FROM report_attachments ORDER BY name LIMIT 1`))[0]
    .id;
}

describe('the files of attachments', () => {
  let place: string;
  afterEach(() => {
    if (place) renameSync(`${place}.kept`, place);
    place = '';
  });
  const change = async (how: (place: string) => void): Promise<string> => {
    const id = await anyFile();
    place = placeOf(id);
    copyFileSync(place, `${place}.kept`);
    how(place);
    return id;
  };

  it('are what was recorded in a network that is well', async () => {
    expect(await differingFiles(owner, files)).toEqual({ name: STORED_FILES, breaches: [] });
  });

  it.each([
    [
      'one byte is another',
      (at: string) => writeFileSync(at, Buffer.from(PDF.toString('latin1').replace('Root 1', 'Root 2'), 'latin1')),
    ],
    ['it is cut short', (at: string) => writeFileSync(at, PDF.subarray(0, 20))],
    ['it is empty', (at: string) => writeFileSync(at, '')],
  ])('are named when %s', async (_, how) => {
    const id = await change(how);
    expect((await differingFiles(owner, files)).breaches).toEqual([`${id} (another file)`]);
  });

  it('are named when one is missing', async () => {
    const id = await change(rmSync);
    expect((await differingFiles(owner, files)).breaches).toEqual([`${id} (missing)`]);
  });
});
