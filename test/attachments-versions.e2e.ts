import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import type { Attached } from './support/attachment-scenes.js';
import { AttachmentScenes, PDF, WAV } from './support/attachment-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { makeAgreement } from './support/report-scenes.js';

let network: Network;
let agreementId: string;
let scenes: AttachmentScenes;
beforeAll(async () => {
  network = await startNetwork();
  agreementId = await makeAgreement(network, 'funder', 'grantee');
  scenes = new AttachmentScenes(network);
});
afterAll(() => network.stop());

describe('versions and shares', () => {
  it('a share has copies of the visible files, under ids of its own', async () => {
    const { id, version } = await scenes.draft();
    await scenes.attach(id, { name: 'one.png' });
    await scenes.attach(id, { name: 'hidden.pdf', bytes: PDF, isVisible: false });
    await scenes.attach(id, { name: 'two.wav', bytes: WAV });
    const report = await scenes.done('submitReport', { id, expectedVersion: version, shareWith: [agreementId] });
    const [share] = report.shares.nodes;
    expect(share.attachments.map(({ name }) => name)).toEqual(['one.png', 'two.wav']);
    const seen = await scenes.shareOf(network.keys.funder, share.id);
    expect(seen!.attachments.map(({ id: own, name, sha256 }) => ({ own, name, sha256 }))).toEqual(
      share.attachments.map(({ id: own, name, sha256 }) => ({ own, name, sha256 })),
    );
    const text = JSON.stringify(seen);
    for (const { id: own } of report.attachments) expect(text).not.toContain(own.slice(4));
    expect(text).not.toContain(id.slice(4));
    expect(Buffer.from(await (await scenes.get(seen!.attachments[1].url)).arrayBuffer()).equals(WAV)).toBe(true);
  });

  it('changing a submitted report makes a version, and rewrites none', async () => {
    const { id, version } = await scenes.draft();
    await scenes.attach(id, { name: 'first.png' });
    const submitted = await scenes.done('submitReport', { id, expectedVersion: version, shareWith: [agreementId] });
    await scenes.attach(id, { name: 'second.pdf', bytes: PDF });
    const added = await scenes.read(network.keys.grantee, id);
    expect([added.contentVersion, added.version]).toEqual([2, submitted.version + 1]);
    const hidden = await scenes.done('setAttachmentVisibility', { id: added.attachments[1].id, isVisible: false });
    expect([hidden.contentVersion, hidden.attachments.map(({ isVisible }) => isVisible)]).toEqual([3, [true, false]]);
    const removed = await scenes.done('removeAttachment', { id: hidden.attachments[0].id });
    expect([removed.contentVersion, removed.attachments.map(({ name }) => name)]).toEqual([4, ['second.pdf']]);
    const { data } = await network.call(
      network.keys.grantee,
      'query ($id: ID!) { narrativeReport(id: $id) { versions { nodes { number attachments { name isVisible } } } } }',
      { id },
    );
    const first = { name: 'first.png', isVisible: true };
    const second = (isVisible: boolean): object => ({ name: 'second.pdf', isVisible });
    expect(data.narrativeReport.versions.nodes).toEqual([
      { number: 4, attachments: [second(false)] },
      { number: 3, attachments: [first, second(false)] },
      { number: 2, attachments: [first, second(true)] },
      { number: 1, attachments: [first] },
    ]);
    expect((await scenes.shareOf(network.keys.funder, submitted.shares.nodes[0].id))!.attachments).toHaveLength(1);
    const older = await scenes.done('shareReport', {
      id,
      contentVersion: 2,
      shareWith: [await makeAgreement(network, 'secondFunder', 'grantee')],
    });
    expect(older.shares.nodes[0].attachments.map(({ name }) => name)).toEqual(['first.png', 'second.pdf']);
  });

  it('is the database’s rule as well', async () => {
    const { id, version } = await scenes.draft();
    await scenes.attach(id);
    await scenes.done('submitReport', { id, expectedVersion: version });
    const report = id.slice(4);
    for (const sql of [
      `DELETE FROM report_attachments WHERE replace(report_id::text, '-', '') = $1`,
      `UPDATE report_attachments SET is_visible = false WHERE replace(report_id::text, '-', '') = $1`,
      `UPDATE report_attachments SET removed_in = 5 WHERE replace(report_id::text, '-', '') = $1`,
      `INSERT INTO report_attachments SELECT gen_random_uuid(), organization_id, report_id, file_id, name, media_type, size, sha256, is_visible, 1, NULL, created_at
       FROM report_attachments WHERE replace(report_id::text, '-', '') = $1`,
    ]) {
      await expect(network.sql(sql, [report])).rejects.toThrow('a version of report');
    }
    await expect(network.sql('DELETE FROM report_share_attachments')).rejects.toThrow('insert-only');
  });

  it('a draft’s file can be hidden, and taken off for good', async () => {
    const { id } = await scenes.draft();
    const { body } = await scenes.attach(id);
    const hidden = await scenes.done('setAttachmentVisibility', { id: (body as Attached).id, isVisible: false });
    expect([hidden.attachments[0].isVisible, hidden.contentVersion]).toEqual([false, null]);
    expect((await scenes.done('removeAttachment', { id: (body as Attached).id })).attachments).toEqual([]);
    expect((await scenes.get((body as Attached).url)).status).toBe(404);
    const again = await network.mutate(
      network.keys.grantee,
      'removeAttachment',
      { id: (body as Attached).id },
      'narrativeReport { id }',
    );
    expect(again.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const foreign = await network.mutate(
      network.keys.secondGrantee,
      'removeAttachment',
      { id: (body as Attached).id },
      'narrativeReport { id }',
    );
    expect(foreign.userErrors).toEqual(again.userErrors);
  });

  it('a recording may be attached, and stays one', async () => {
    const { id, version } = await scenes.done('draftReport', { format: 'RECORDING' });
    await scenes.attach(id, { name: 'not a recording.png' });
    const refused = async (name: string, input: object): Promise<unknown> =>
      (await network.mutate(network.keys.grantee, name, input, 'narrativeReport { id }')).userErrors;
    const submission = { id, expectedVersion: version, shareWith: [agreementId] };
    expect(await refused('submitReport', submission)).toMatchObject([{ code: 'FILE_OR_LINK_MISSING' }]);
    const { body } = await scenes.attach(id, { name: 'talk.wav', bytes: WAV, isVisible: true });
    const report = await scenes.done('submitReport', submission);
    expect(report.shares.nodes[0].attachments.map(({ name }) => name)).toEqual(['not a recording.png', 'talk.wav']);
    const last = { id: (body as Attached).id };
    expect(await refused('removeAttachment', last)).toMatchObject([{ code: 'FILE_OR_LINK_MISSING', path: ['id'] }]);
    const { contentVersion, attachments } = await scenes.read(network.keys.grantee, id);
    expect([contentVersion, attachments.length]).toEqual([1, 2]);
    await scenes.done('correctReport', {
      id,
      expectedVersion: report.version,
      links: [{ url: 'https://example.org/talk' }],
    });
    expect((await scenes.done('removeAttachment', last)).attachments).toHaveLength(1);
  });

  it('a document that nobody may see cannot be shared', async () => {
    const { id, version } = await scenes.done('draftReport', { format: 'REUSED_DOCUMENT' });
    await scenes.attach(id, { name: 'plan.pdf', bytes: PDF, isVisible: false });
    const input = { id, expectedVersion: version, shareWith: [agreementId] };
    const { userErrors } = await network.mutate(network.keys.grantee, 'submitReport', input, 'narrativeReport { id }');
    expect(userErrors).toMatchObject([{ code: 'REPORT_EMPTY', path: ['shareWith', '0'] }]);
    await scenes.attach(id, { name: 'plan.pdf', bytes: PDF });
    const report = await scenes.done('submitReport', input);
    expect(report.shares.nodes[0].attachments).toHaveLength(1);
  });
});

describe('clearing', () => {
  const later = async (hours: number): Promise<void> => {
    network.clock.set(new Date(Date.now() + hours * 3_600_000).toISOString());
    await network.app.get(Jobs).runScheduled('clear_files');
  };

  it('takes away after a day what nothing refers to, and nothing else', async () => {
    const kept = await scenes.draft();
    const link = ((await scenes.attach(kept.id)).body as Attached).id;
    const gone = await scenes.draft();
    const before = scenes.storedFiles();
    await scenes.attach(gone.id);
    const [orphan] = scenes.storedFiles().filter((name) => !before.includes(name));
    await network.mutate(
      network.keys.grantee,
      'deleteDraftReport',
      { id: gone.id, expectedVersion: gone.version },
      'deletedReportId',
    );
    expect(
      await network.sql(`SELECT 1 FROM report_attachments WHERE replace(report_id::text, '-', '') = $1`, [
        gone.id.slice(4),
      ]),
    ).toEqual([]);
    await later(23);
    expect(scenes.storedFiles()).toContain(orphan);
    const referred = await network.sql<{ id: string }>(
      'SELECT file_id AS id FROM report_attachments UNION SELECT file_id FROM report_share_attachments',
    );
    await later(25);
    expect(scenes.storedFiles()).not.toContain(orphan);
    expect(scenes.storedFiles().map((name) => name.slice(3))).toEqual(
      expect.arrayContaining(referred.map(({ id }) => id)),
    );
    const { attachments } = await scenes.read(network.keys.grantee, kept.id);
    expect([attachments[0].id, (await scenes.get(attachments[0].url)).status]).toEqual([link, 200]);
  });
});
