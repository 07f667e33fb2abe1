import { buffer } from 'node:stream/consumers';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import yauzl from 'yauzl';
import { AttachmentScenes, PDF, PNG } from './support/attachment-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { makeAgreement } from './support/report-scenes.js';

let network: Network;
let scenes: AttachmentScenes;
beforeAll(async () => {
  network = await startNetwork();
  scenes = new AttachmentScenes(network);
});
afterAll(() => network.stop());

const fetchExport = (key: string | null, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${network.url}/v1/reports/export`, {
    headers: { ...(key && { authorization: `Bearer ${key}` }), ...headers },
  });

/** What a person finds after unpacking. */
async function unpacked(response: Response): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const zip = await yauzl.fromBufferPromise(Buffer.from(await response.arrayBuffer()), { strictFileNames: true });
  for await (const entry of zip.eachEntry()) {
    expect(found.has(entry.fileName)).toBe(false);
    found.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  }
  return found;
}

const SCRIPT = '<script>alert(1)</script> [x](javascript:alert(1)) https://example.org\n# not a heading';

describe('the export', () => {
  it('of nothing is a ZIP that says what it is', async () => {
    const response = await fetchExport(network.keys.secondGrantee, { 'accept-language': 'vi' });
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('content-disposition'),
    ]).toEqual([
      200,
      'application/zip',
      expect.stringMatching(/^attachment; filename="goodfaith-reports-\d{4}-\d\d-\d\d\.zip"$/),
    ]);
    const files = await unpacked(response);
    expect([...files.keys()]).toEqual(['README.md']);
    expect(files.get('README.md')!.toString()).toContain('tổ chức của bạn đã viết');
  });

  it('has every version, hidden sections, files, shares and answers', async () => {
    const agreementId = await makeAgreement(network, 'funder', 'grantee');
    const { id, version } = await scenes.done('draftReport', {
      language: 'vi',
      minutesSpent: 25,
      sections: [
        { prompt: 'WHAT_HAPPENED', text: SCRIPT },
        { prompt: 'FUNDER_MAKES_HARDER', text: 'Chậm tiền.' },
      ],
    });
    await scenes.attach(id, { name: 'Ảnh: 1.png' });
    await scenes.attach(id, { name: 'ảnh_ 1.PNG', isVisible: false });
    const submitted = await scenes.done('submitReport', { id, expectedVersion: version, shareWith: [agreementId] });
    const shareId = submitted.shares.nodes[0].id;
    await network.mutate(
      network.keys.funder,
      'respondToReport',
      { shareId, kind: 'LEARNED', text: 'We learned <b>much</b>.' },
      'reportShare { id }',
    );
    await scenes.done('correctReport', {
      id,
      expectedVersion: submitted.version,
      sections: [{ prompt: 'WHAT_HAPPENED', text: 'Bản sửa.' }],
    });
    await scenes.attach(id, { name: 'plan.pdf', bytes: PDF });
    const draft = await scenes.draft();

    const files = await unpacked(await fetchExport(network.keys.grantee));
    const names = [...files.keys()];
    const document = names.find((name) => name.startsWith('reports/') && name.includes(id))!;
    const text = files.get(document)!.toString();
    expect(text.match(/^## Version \d/gm)).toEqual(['## Version 1', '## Version 2', '## Version 3']);
    expect(text).toContain(
      '\\<script\\>alert(1)\\</script\\> \\[x\\](javascript:alert(1)) https\\://example\\.org\\\n\\# not a heading',
    );
    expect(text).toContain('### What are we, your funder, making harder? (not in shares)\n\nChậm tiền.');
    expect(text).toContain('Bản sửa.');
    expect(text).toContain('- Minutes spent: 25');
    expect(text).toContain('## Shared with Riverstone Fund');
    expect(text).toContain('### Its answer: learned from it');
    expect(text).toContain('We learned \\<b\\>much\\</b\\>.');
    expect(files.get(names.find((name) => name.includes(draft.id))!)!.toString()).toContain('## Draft');

    const attached = names.filter((name) => name.startsWith('attachments/') && name.includes(id));
    expect(attached.map((name) => name.split('/')[2])).toEqual(['01 Ảnh_ 1.png', '02 ảnh_ 1.png', '03 plan.pdf']);
    expect([PNG, PNG, PDF].map((bytes, i) => files.get(attached[i])!.equals(bytes))).toEqual([true, true, true]);
    for (const [, link] of text.matchAll(/\]\((\.\.\/attachments\/[^)]*)\)/g)) {
      expect(names).toContain(decodeURIComponent(link.slice(3)));
    }
    // Windows: no reserved characters, and no two names that differ in case alone.
    expect(names.filter((name) => /[\\:*?"<>|\p{Cc}]|[. ](\/|$)/u.test(name))).toEqual([]);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it('has the talk after an answer, and the notes of conversations', async () => {
    const agreementId = await makeAgreement(network, 'funder', 'grantee');
    const { id, shares } = await scenes.done('submitReport', {
      sections: [{ prompt: 'WHAT_HAPPENED', text: 'Nước rút.' }],
      shareWith: [agreementId],
    });
    const shareId = shares.nodes[0].id;
    const { funder, grantee } = network.keys;
    const act = (key: string, name: string, input: object): Promise<unknown> =>
      network.mutate(key, name, input, '__typename');
    await act(funder, 'respondToReport', { shareId, kind: 'QUESTION', text: 'How high did it come?' });
    await act(grantee, 'replyToReportResponse', { shareId, text: 'To the <b>window</b>.' });
    await act(funder, 'replyToReportResponse', { shareId, text: 'Thank you for telling.' });
    await act(grantee, 'rateReportResponse', { shareId, helped: true });
    const conversation = { heldOn: '2026-11-02', minutes: 30, granteePeople: 2, funderPeople: 1, notes: 'We met.' };
    const notes = (await network.mutate(
      funder,
      'draftConversationNotes',
      { agreementId, conversation },
      'conversationNotes { id version }',
    )) as { conversationNotes: { id: string; version: number } };
    const { id: notesId, version } = notes.conversationNotes;
    await act(grantee, 'reviseConversationNotes', {
      ...{ id: notesId, expectedVersion: version },
      conversation: { ...conversation, notes: 'Chúng tôi đã gặp nhau.' },
    });

    const files = await unpacked(await fetchExport(grantee));
    const textOf = (part: string): string =>
      files.get([...files.keys()].find((name) => name.includes(part))!)!.toString();
    const talk = textOf(id);
    const said = [
      'How high did it come?',
      'To the \\<b\\>window\\</b\\>.',
      'Thank you for telling.',
      'We: the answer helped',
    ];
    expect(said.map((words) => talk.indexOf(words)).every((at, i, all) => at > (all[i - 1] ?? 0))).toBe(true);
    const written = textOf(`conversations/`);
    expect(written).toContain(notesId.slice(4));
    expect(written.match(/^## Version \d: (We|The funder)/gm)).toEqual([
      '## Version 1: The funder',
      '## Version 2: We',
    ]);
    expect(written.indexOf('We met.')).toBeLessThan(written.indexOf('Chúng tôi đã gặp nhau.'));
  });

  it('has nothing of anybody else, and is for the grantee alone', async () => {
    const before = [...(await unpacked(await fetchExport(network.keys.secondGrantee))).keys()];
    expect(before).toEqual(['README.md']);
    for (const [key, status, code] of [
      [network.keys.funder, 403, 'FORBIDDEN'],
      [network.keys.steward, 403, 'FORBIDDEN'],
      [network.keys.analyst, 403, 'FORBIDDEN'],
      [null, 401, 'UNAUTHENTICATED'],
    ] as const) {
      const response = await fetchExport(key);
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
    }
  });

  it('tells of a file that is lost, and gives the rest', async () => {
    const { id } = await scenes.draft();
    const stored = new Set(scenes.storedFiles());
    await scenes.attach(id);
    const [lost] = scenes.storedFiles().filter((name) => !stored.has(name));
    rmSync(join(network.folder, lost));
    const names = [...(await unpacked(await fetchExport(network.keys.grantee))).keys()];
    expect(names.filter((name) => name.includes(id)).map((name) => name.split('/').at(-1))).toEqual([
      expect.stringMatching(/\.md$/),
      '01 picture.png.missing.txt',
    ]);
  });

  it('of thousands of reports is as long as they are, and may be broken off', async () => {
    await network.sql(
      `INSERT INTO narrative_reports (id, organization_id, state, format, language, sections, content_version, submitted_at, created_at, updated_at)
         SELECT gen_random_uuid(), $1, 'DRAFT', 'WRITTEN', 'vi',
           jsonb_build_array(jsonb_build_object('prompt', 'FREE_TEXT', 'funderId', NULL, 'question', NULL, 'isVisible', true, 'text', n || repeat(' Nước lũ đến muộn.', 50))),
           NULL, NULL, '2026-01-01'::timestamptz + n % 7 * interval '1 day', now()
         FROM generate_series(1, 2500) AS n`,
      [network.ids.secondGrantee.slice(4)],
    );
    const files = await unpacked(await fetchExport(network.keys.secondGrantee));
    expect(files.size).toBe(2501);
    const digests = new Set([...files.values()].map((bytes) => createHash('sha256').update(bytes).digest('hex')));
    expect(digests.size).toBe(2501);

    await new Promise<void>((resolve, reject) => {
      const asking = get(
        `${network.url}/v1/reports/export`,
        { headers: { authorization: `Bearer ${network.keys.secondGrantee}` } },
        (response) => {
          response.once('data', () => asking.destroy()).once('close', () => resolve());
          response.on('error', () => undefined);
        },
      );
      asking.on('error', reject);
    });
    expect((await fetchExport(network.keys.secondGrantee)).status).toBe(200);
  }, 60_000);
});
