import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { agreementScenes } from './support/agreement-scenes.js';
import { upload } from './support/attachment-scenes.js';
import { asCaller, callerOf } from './support/database-callers.js';
import { ABOUT_FUNDER } from './support/obstacle-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import type { Sponsorship } from './support/sponsor-scenes.js';
import { addSponsorship, sponsorScenes } from './support/sponsor-scenes.js';

let network: Network;
let project: Sponsorship;
let agreementId: string;
let login: pg.Client;
beforeAll(async () => {
  network = await startNetwork();
  project = await addSponsorship(network);
  const agreements = agreementScenes(() => network);
  agreementId = ((await sponsorScenes(() => network, agreements).active(project)) as { id: string }).id;
  login = new pg.Client({ connectionString: network.databaseUrls.app });
  await login.connect();
});
afterAll(async () => {
  await login.end();
  await network.stop();
});

/** Whether the row is there for a party, by the database alone and by `node(id)`. */
async function seenBy(key: string, table: string, id: string): Promise<[inDatabase: boolean, byNode: boolean]> {
  const uuid = id.slice(4).replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const rows = await asCaller(login, await callerOf(network, key), (query) =>
    query(`SELECT 1 FROM ${table} WHERE id = $1`, [uuid]),
  );
  const { data } = await network.call(key, 'query ($id: ID!) { node(id: $id) { id } }', { id });
  return [rows.length === 1, (data as { node: object | null }).node !== null];
}

it('a sponsor sees no obstacle of its group, not even a shared one about their agreement', async () => {
  const input = { ...ABOUT_FUNDER, tier: 'SHARED', agreementId };
  const { obstacle } = (await network.mutate(project.group.key, 'logObstacle', input, 'obstacle { id }')) as {
    obstacle: { id: string };
  };
  expect(await seenBy(project.group.key, 'obstacles.shared', obstacle.id)).toEqual([true, true]);
  expect(await seenBy(network.keys.funder, 'obstacles.shared', obstacle.id)).toEqual([true, true]);
  expect(await seenBy(project.sponsor.key, 'obstacles.shared', obstacle.id)).toEqual([false, false]);
});

it('a sponsor sees what its group shares and the files of that, for as long as it is shared', async () => {
  const { group, sponsor } = project;
  const sections = [{ prompt: 'WHAT_HAPPENED', text: 'Nước rút, ghe về.' }];
  const act = (name: string, input: object, selection: string): Promise<unknown> =>
    network.mutate(group.key, name, input, selection);
  const { narrativeReport: draft } = (await act('draftReport', { sections }, 'narrativeReport { id version }')) as {
    narrativeReport: { id: string; version: number };
  };
  await upload(network, group.key, draft.id);
  const { narrativeReport: report } = (await act(
    'submitReport',
    { id: draft.id, expectedVersion: draft.version, shareWith: [agreementId] },
    'narrativeReport { shares { nodes { id attachments { id } } } }',
  )) as { narrativeReport: { shares: { nodes: { id: string; attachments: { id: string }[] }[] } } };
  const [share] = report.shares.nodes;
  const [file] = share.attachments;
  const query = 'query ($id: ID!) { node(id: $id) { ... on ReportShare { attachments { url } } } }';
  const { data } = await network.call(sponsor.key, query, { id: share.id });
  const [{ url }] = (data as { node: { attachments: { url: string }[] } }).node.attachments;
  const fetched = async (): Promise<number> => (await fetch(network.url + url)).status;
  const seen = async (): Promise<unknown[]> => [
    await seenBy(sponsor.key, 'report_shares', share.id),
    await seenBy(sponsor.key, 'report_share_attachments', file.id),
    await fetched(),
  ];
  expect(await seen()).toEqual([[true, true], [true, true], 200]);
  await act('unshareReport', { shareId: share.id }, '__typename');
  expect(await seen()).toEqual([[false, false], [false, false], 404]);
});
