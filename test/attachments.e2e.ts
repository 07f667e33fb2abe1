import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import type { Attached, Uploaded, Uploading } from './support/attachment-scenes.js';
import {
  ATTACHMENT,
  COMPOUND,
  HTML,
  PDF,
  PNG,
  SVG,
  WAV,
  documentOf,
  upload,
  zipOf,
} from './support/attachment-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { makeAgreement } from './support/report-scenes.js';

let network: Network;
let agreementId: string;
beforeAll(async () => {
  network = await startNetwork();
  agreementId = await makeAgreement(network, 'funder', 'grantee');
});
afterAll(() => network.stop());

const attach = (reportId: string, file?: Uploading): Promise<Uploaded> =>
  upload(network, network.keys.grantee, reportId, file);
const get = (link: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(new URL(link, network.url), { headers });
const problemOf = async (response: Response): Promise<string> => ((await response.json()) as { code: string }).code;

interface Report {
  id: string;
  version: number;
  contentVersion: number | null;
  attachments: Attached[];
  shares: { nodes: { id: string; attachments: Attached[] }[] };
}
const REPORT = `id version contentVersion attachments { ${ATTACHMENT} isVisible } shares { nodes { id attachments { ${ATTACHMENT} } } }`;
async function done(name: string, input: object): Promise<Report> {
  const payload = await network.mutate(network.keys.grantee, name, input, `narrativeReport { ${REPORT} }`);
  expect(payload.userErrors).toEqual([]);
  return payload.narrativeReport as Report;
}
const draft = (): Promise<Report> => done('draftReport', { sections: [{ prompt: 'FREE_TEXT', text: 'Xem ảnh.' }] });
async function read(key: string, id: string): Promise<Report> {
  const { data } = await network.call(key, `query ($id: ID!) { narrativeReport(id: $id) { ${REPORT} } }`, { id });
  return data.narrativeReport as Report;
}
async function shareOf(key: string, id: string): Promise<{ attachments: Attached[] } | null> {
  const { data } = await network.call(
    key,
    `query ($id: ID!) { reportShare(id: $id) { attachments { ${ATTACHMENT} } } }`,
    { id },
  );
  return data.reportShare as { attachments: Attached[] } | null;
}
const storedFiles = (): string[] =>
  readdirSync(network.folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('-'))
    .sort();
const rows = async (): Promise<unknown> =>
  network.sql('SELECT (SELECT count(*) FROM report_attachments) AS a, (SELECT count(*) FROM events) AS e');

describe('attaching', () => {
  it('takes a file, tells what it is, and gives it back', async () => {
    const report = await draft();
    const { status, body } = await attach(report.id, { name: 'Ảnh hiện trường.png' });
    const sha256 = createHash('sha256').update(PNG).digest('hex');
    const about = { name: 'Ảnh hiện trường.png', mediaType: 'image/png', size: PNG.length, sha256, isVisible: true };
    expect([status, body]).toEqual([201, { id: expect.stringMatching(/^att_/), ...about, url: expect.any(String) }]);
    const { attachments, version } = await read(network.keys.grantee, report.id);
    expect(attachments).toEqual([{ ...(body as object), url: expect.any(String) }]);
    expect(version).toBe(report.version);

    for (const url of [body.url as string, attachments[0].url]) {
      const response = await get(url);
      expect(response.status).toBe(200);
      expect(Buffer.from(await response.arrayBuffer()).equals(PNG)).toBe(true);
    }
    const node = await network.call(
      network.keys.grantee,
      `query ($id: ID!) { node(id: $id) { __typename ... on ReportAttachment { name } } }`,
      { id: attachments[0].id },
    );
    expect(node.data.node).toEqual({ __typename: 'ReportAttachment', name: about.name });
  });

  it('serves so that nothing runs in a browser', async () => {
    const report = await draft();
    const shown = await get(((await attach(report.id, { name: 'a.png' })).body as Attached).url);
    const downloaded = await get(((await attach(report.id, { name: 'Báo cáo.pdf', bytes: PDF })).body as Attached).url);
    const of = ({ headers }: Response, ...names: string[]): (string | null)[] => names.map((name) => headers.get(name));
    for (const response of [shown, downloaded]) {
      expect(of(response, 'content-security-policy', 'x-content-type-options', 'cache-control', 'set-cookie')).toEqual([
        "sandbox; default-src 'none'",
        'nosniff',
        'private, no-store',
        null,
      ]);
    }
    expect(of(shown, 'content-type', 'content-disposition')).toEqual(['image/png', 'inline; filename=a.png']);
    expect(of(downloaded, 'content-type', 'content-disposition')).toEqual([
      'application/pdf',
      `attachment; filename="B?o c?o.pdf"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o.pdf`,
    ]);
  });

  it('answers a part, so that a player can seek', async () => {
    const { url } = (await attach((await draft()).id, { name: 'talk.wav', bytes: WAV })).body as Attached;
    const part = await get(url, { range: 'bytes=4-7' });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      `bytes 4-7/${WAV.length}`,
      '$\x10\0\0',
    ]);
    const beyond = await get(url, { range: `bytes=${WAV.length}-` });
    expect([beyond.status, beyond.headers.get('content-range'), await beyond.text()]).toEqual([
      416,
      `bytes */${WAV.length}`,
      '',
    ]);
    const changed = await get(url, { range: 'bytes=4-7', 'if-range': '"another"' });
    expect([changed.status, (await changed.arrayBuffer()).byteLength]).toEqual([200, WAV.length]);
    const head = await fetch(new URL(url, network.url), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(WAV.length)]);
  });

  it('knows a document whose type is named at its end, also on a second try', async () => {
    const report = await draft();
    const file = { name: 'Plan.docx', bytes: await documentOf(), headers: { 'idempotency-key': 'once' } };
    const first = await attach(report.id, file);
    expect([first.status, (first.body as Attached).mediaType]).toEqual([
      201,
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ]);
    const before = storedFiles();
    const again = await attach(report.id, file);
    expect([again.status, (again.body as Attached).id]).toEqual([201, (first.body as Attached).id]);
    const other = await attach(report.id, { ...file, bytes: PNG });
    expect([other.status, other.body.code]).toEqual([409, 'IDEMPOTENCY_MISMATCH']);
    expect((await read(network.keys.grantee, report.id)).attachments).toHaveLength(1);
    expect(storedFiles()).toEqual(before);
  });

  it('gives a name back that fits and cannot do harm', async () => {
    const report = await draft();
    const { body } = await attach(report.id, { name: '../../etc/\u202egnp.exe' });
    expect((body as Attached).name).toBe('gnp.exe.png');
  });
});

describe('what is refused', () => {
  it.each<[string, () => Promise<Uploading> | Uploading, string]>([
    ['a ZIP named .jpg', async () => ({ name: 'a.jpg', bytes: await zipOf({ 'a.exe': 'MZ' }) }), 'application/zip'],
    ['SVG', () => ({ name: 'a.svg', bytes: SVG }), 'unknown'],
    ['SVG named .png', () => ({ name: 'a.png', bytes: SVG }), 'unknown'],
    ['HTML', () => ({ name: 'a.pdf', bytes: HTML }), 'unknown'],
    ['XML', () => ({ name: 'a.xml', bytes: Buffer.from('<?xml version="1.0"?><svg/>') }), 'application/xml'],
    [
      'a program',
      () => ({ name: 'a.png', bytes: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]) }),
      'application/x-msdownload',
    ],
    ['plain text', () => ({ name: 'a.txt', bytes: Buffer.from('hello '.repeat(50)) }), 'unknown'],
    ['an old Word file', () => ({ name: 'a.doc', bytes: COMPOUND }), 'application/x-cfb'],
    [
      'a document with macros',
      async () => ({ name: 'a.docx', bytes: await documentOf({ 'word/vbaProject.bin': 'x' }) }),
      'macro document',
    ],
    [
      'a macro type in content types',
      async () => ({ bytes: await documentOf({}, 'application/vnd.ms-word.document.macroEnabled.main+xml') }),
      'macro document',
    ],
    ['half a ZIP', async () => ({ name: 'a.docx', bytes: (await documentOf()).subarray(0, 150) }), 'application/zip'],
    ['nothing', () => ({ name: 'a.png', bytes: Buffer.alloc(0) }), 'empty'],
  ])('%s, and nothing of it is kept', async (_, file, actual) => {
    const report = await draft();
    const [files, before] = [storedFiles(), await rows()];
    const { status, body, headers } = await attach(report.id, await file());
    expect([status, body.code, headers.get('content-type')]).toEqual([
      415,
      'ATTACHMENT_TYPE_NOT_ALLOWED',
      'application/problem+json; charset=utf-8',
    ]);
    expect(body.detail).toContain(actual);
    expect([storedFiles(), await rows()]).toEqual([files, before]);
  });

  it('says it in Vietnamese too', async () => {
    const { body } = await attach((await draft()).id, { bytes: SVG, headers: { 'accept-language': 'vi' } });
    expect(body.detail).toMatch(/^Không thể đính kèm/);
  });

  it('a report that is not there, or somebody else’s, alike', async () => {
    const report = await draft();
    const foreign = await upload(network, network.keys.secondGrantee, report.id);
    const absent = await attach('rep_00000000000070008000000000000000');
    const malformed = await attach('rep_1');
    for (const { status, body } of [foreign, absent, malformed]) {
      expect([status, body]).toEqual([404, { ...foreign.body, requestId: body.requestId as string }]);
    }
  });

  it('a caller who is no grantee', async () => {
    const { id } = await draft();
    const [files, before] = [storedFiles(), await rows()];
    const tries: [string | null, number, string][] = [
      [network.keys.funder, 403, 'FORBIDDEN'],
      [network.keys.steward, 403, 'FORBIDDEN'],
      [network.keys.analyst, 403, 'FORBIDDEN'],
      [null, 401, 'UNAUTHENTICATED'],
    ];
    for (const [key, status, code] of tries) {
      const answer = await upload(network, key, id);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    expect([storedFiles(), await rows()]).toEqual([files, before]);
  });

  it('a form with no file, two files, a strange field, or no form at all', async () => {
    const { id } = await draft();
    const files = storedFiles();
    const send = async (body: FormData | string, headers: Record<string, string> = {}): Promise<unknown[]> => {
      const response = await fetch(`${network.url}/v1/reports/${id}/attachments`, {
        method: 'POST',
        headers: { authorization: `Bearer ${network.keys.grantee}`, ...headers },
        body,
      });
      return [response.status, await problemOf(response)];
    };
    const form = (...names: string[]): FormData => {
      const made = new FormData();
      for (const name of names) {
        if (name === 'file') made.append(name, new Blob([PNG]), 'a.png');
        else made.append(name, 'perhaps');
      }
      return made;
    };
    expect(await send(form())).toEqual([422, 'REQUIRED']);
    expect(await send(form('file', 'file'))).toEqual([422, 'INVALID_VALUE']);
    expect(await send(form('file', 'isVisible'))).toEqual([422, 'INVALID_VALUE']);
    expect(await send(form('a', 'b', 'c', 'd', 'e', 'f', 'file'))).toEqual([422, 'INVALID_VALUE']);
    expect(await send('{}', { 'content-type': 'application/json' })).toEqual([422, 'INVALID_VALUE']);
    expect(await send('nonsense', { 'content-type': 'multipart/form-data; boundary=x' })).toEqual([
      400,
      'UPLOAD_INCOMPLETE',
    ]);
    expect(await send('nonsense', { 'content-type': 'multipart/form-data' })).toEqual([400, 'BAD_REQUEST']);
    expect(await send(form('file'), { 'idempotency-key': 'x'.repeat(201) })).toEqual([422, 'TEXT_TOO_LONG']);
    expect(storedFiles()).toEqual(files);
    expect((await read(network.keys.grantee, id)).attachments).toEqual([]);
  });

  it('an upload that says it is too large, before it is sent', async () => {
    const { id } = await draft();
    const status = await new Promise((resolve) => {
      const sending = request(`${network.url}/v1/reports/${id}/attachments`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${network.keys.grantee}`,
          'content-type': 'multipart/form-data; boundary=x',
          'content-length': 300_000_000,
        },
      });
      sending.on('response', (response) => {
        resolve(response.statusCode);
        sending.destroy();
      });
      sending.on('error', () => undefined);
      sending.write('--x\r\n');
    });
    expect(status).toBe(413);
  });

  it('the twenty-first file', async () => {
    const { id } = await draft();
    for (let i = 0; i < 20; i++) expect((await attach(id)).status).toBe(201);
    const files = storedFiles();
    const { status, body } = await attach(id);
    expect([status, body.code]).toEqual([409, 'TOO_MANY_ATTACHMENTS']);
    expect(storedFiles()).toEqual(files);
  });

  it.each([
    ['in the middle of the file', 0.5],
    ['before the end of the form', 0.999],
  ])('an upload cut off %s: nothing is kept', async (_, share) => {
    const { id } = await draft();
    const [files, before] = [storedFiles(), await rows()];
    const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n';
    const body = Buffer.concat([Buffer.from(head), PNG, Buffer.alloc(500_000), Buffer.from('\r\n--x--\r\n')]);
    await new Promise<void>((resolve) => {
      const sending = request(`${network.url}/v1/reports/${id}/attachments`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${network.keys.grantee}`,
          'content-type': 'multipart/form-data; boundary=x',
          'content-length': body.length,
        },
      });
      sending.on('error', () => resolve());
      sending.write(body.subarray(0, Math.floor(body.length * share)), () => setTimeout(() => sending.destroy(), 200));
    });
    await expectSoon(() => expect(storedFiles()).toEqual(files));
    expect(await rows()).toEqual(before);
  });
});

/** What happens after a connection breaks happens without an answer to wait for. */
async function expectSoon(check: () => void): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    try {
      return check();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  check();
}

describe('versions and shares', () => {
  it('a share has copies of the visible files, under ids of its own', async () => {
    const { id, version } = await draft();
    await attach(id, { name: 'one.png' });
    await attach(id, { name: 'hidden.pdf', bytes: PDF, isVisible: false });
    await attach(id, { name: 'two.wav', bytes: WAV });
    const report = await done('submitReport', { id, expectedVersion: version, shareWith: [agreementId] });
    const [share] = report.shares.nodes;
    expect(share.attachments.map(({ name }) => name)).toEqual(['one.png', 'two.wav']);
    const seen = await shareOf(network.keys.funder, share.id);
    expect(seen!.attachments.map(({ id: own, name, sha256 }) => ({ own, name, sha256 }))).toEqual(
      share.attachments.map(({ id: own, name, sha256 }) => ({ own, name, sha256 })),
    );
    const text = JSON.stringify(seen);
    for (const { id: own } of report.attachments) expect(text).not.toContain(own.slice(4));
    expect(text).not.toContain(id.slice(4));
    expect(Buffer.from(await (await get(seen!.attachments[1].url)).arrayBuffer()).equals(WAV)).toBe(true);
  });

  it('changing a submitted report makes a version, and rewrites none', async () => {
    const { id, version } = await draft();
    await attach(id, { name: 'first.png' });
    const submitted = await done('submitReport', { id, expectedVersion: version, shareWith: [agreementId] });
    await attach(id, { name: 'second.pdf', bytes: PDF });
    const added = await read(network.keys.grantee, id);
    expect([added.contentVersion, added.version]).toEqual([2, submitted.version + 1]);
    const hidden = await done('setAttachmentVisibility', { id: added.attachments[1].id, isVisible: false });
    expect([hidden.contentVersion, hidden.attachments.map(({ isVisible }) => isVisible)]).toEqual([3, [true, false]]);
    const removed = await done('removeAttachment', { id: hidden.attachments[0].id });
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
    expect((await shareOf(network.keys.funder, submitted.shares.nodes[0].id))!.attachments).toHaveLength(1);
    const older = await done('shareReport', {
      id,
      contentVersion: 2,
      shareWith: [await makeAgreement(network, 'secondFunder', 'grantee')],
    });
    expect(older.shares.nodes[0].attachments.map(({ name }) => name)).toEqual(['first.png', 'second.pdf']);
  });

  it('is the database’s rule as well', async () => {
    const { id, version } = await draft();
    await attach(id);
    await done('submitReport', { id, expectedVersion: version });
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
    const { id } = await draft();
    const { body } = await attach(id);
    const hidden = await done('setAttachmentVisibility', { id: (body as Attached).id, isVisible: false });
    expect([hidden.attachments[0].isVisible, hidden.contentVersion]).toEqual([false, null]);
    expect((await done('removeAttachment', { id: (body as Attached).id })).attachments).toEqual([]);
    expect((await get((body as Attached).url)).status).toBe(404);
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
    const { id, version } = await done('draftReport', { format: 'RECORDING' });
    await attach(id, { name: 'not a recording.png' });
    const refused = async (name: string, input: object): Promise<unknown> =>
      (await network.mutate(network.keys.grantee, name, input, 'narrativeReport { id }')).userErrors;
    const submission = { id, expectedVersion: version, shareWith: [agreementId] };
    expect(await refused('submitReport', submission)).toMatchObject([{ code: 'FILE_OR_LINK_MISSING' }]);
    const { body } = await attach(id, { name: 'talk.wav', bytes: WAV, isVisible: true });
    const report = await done('submitReport', submission);
    expect(report.shares.nodes[0].attachments.map(({ name }) => name)).toEqual(['not a recording.png', 'talk.wav']);
    const last = { id: (body as Attached).id };
    expect(await refused('removeAttachment', last)).toMatchObject([{ code: 'FILE_OR_LINK_MISSING', path: ['id'] }]);
    const { contentVersion, attachments } = await read(network.keys.grantee, id);
    expect([contentVersion, attachments.length]).toEqual([1, 2]);
    await done('correctReport', { id, expectedVersion: report.version, links: [{ url: 'https://example.org/talk' }] });
    expect((await done('removeAttachment', last)).attachments).toHaveLength(1);
  });

  it('a document that nobody may see cannot be shared', async () => {
    const { id, version } = await done('draftReport', { format: 'REUSED_DOCUMENT' });
    await attach(id, { name: 'plan.pdf', bytes: PDF, isVisible: false });
    const input = { id, expectedVersion: version, shareWith: [agreementId] };
    const { userErrors } = await network.mutate(network.keys.grantee, 'submitReport', input, 'narrativeReport { id }');
    expect(userErrors).toMatchObject([{ code: 'REPORT_EMPTY', path: ['shareWith', '0'] }]);
    await attach(id, { name: 'plan.pdf', bytes: PDF });
    const report = await done('submitReport', input);
    expect(report.shares.nodes[0].attachments).toHaveLength(1);
  });
});

describe('links', () => {
  let shared: { shareId: string; mine: Attached; funders: Attached };
  beforeAll(async () => {
    const { id, version } = await draft();
    await attach(id);
    const report = await done('submitReport', { id, expectedVersion: version, shareWith: [agreementId] });
    const shareId = report.shares.nodes[0].id;
    const [funders] = (await shareOf(network.keys.funder, shareId))!.attachments;
    shared = { shareId, mine: report.attachments[0], funders };
  });

  it('are not handed to anybody else', async () => {
    for (const key of [network.keys.secondFunder, network.keys.secondGrantee]) {
      expect(await shareOf(key, shared.shareId)).toBeNull();
    }
    for (const key of [network.keys.funder, network.keys.secondGrantee, network.keys.steward, network.keys.analyst]) {
      const { data } = await network.call(key, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
        ids: [shared.mine.id, ...(key === network.keys.funder ? [] : [shared.funders.id])],
      });
      expect((data.nodes as unknown[]).every((node) => node === null)).toBe(true);
    }
  });

  it('are of no use when altered or made up', async () => {
    const altered = (change: (link: URL) => void): string => {
      const link = new URL(shared.funders.url, network.url);
      change(link);
      return link.href;
    };
    const flip = (text: string): string => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
    for (const link of [
      altered((url) => url.searchParams.set('expires', '4000000000')),
      altered((url) => url.searchParams.set('reader', network.ids.grantee)),
      altered((url) => url.searchParams.set('signature', flip(url.searchParams.get('signature')!))),
      altered((url) => url.searchParams.set('signature', `${url.searchParams.get('signature')}A`)),
      altered((url) => url.searchParams.delete('signature')),
      altered((url) => url.searchParams.append('reader', network.ids.funder)),
      altered((url) => (url.pathname = `/v1/attachments/${shared.mine.id}`)),
      altered((url) => (url.pathname = '/v1/attachments/..%2F..%2Fsecrets.json')),
      `${network.url}/v1/attachments/${shared.mine.id}`,
    ]) {
      const response = await fetch(link);
      expect([link, response.status, await problemOf(response)]).toEqual([link, 404, 'NOT_FOUND']);
    }
    expect((await get(shared.funders.url)).status).toBe(200);
    expect((await get(shared.funders.url, { authorization: 'Bearer gf_0000' })).status).toBe(401);
  });

  it('end soon', async () => {
    const { url } = (await attach((await draft()).id)).body as Attached;
    network.clock.set(new Date(network.clock.now().getTime() + 590_000).toISOString());
    expect((await get(url)).status).toBe(200);
    network.clock.set(new Date(network.clock.now().getTime() + 11_000).toISOString());
    const response = await get(url, { 'accept-language': 'vi' });
    const { code, detail } = (await response.json()) as { code: string; detail: string };
    expect([response.status, code, detail]).toEqual([410, 'LINK_EXPIRED', expect.stringMatching(/^Liên kết/)]);
  });

  it('end with the sharing, for the funder alone', async () => {
    const [funders] = (await shareOf(network.keys.funder, shared.shareId))!.attachments;
    const [mine] = (await shareOf(network.keys.grantee, shared.shareId))!.attachments;
    expect([(await get(funders.url)).status, (await get(mine.url)).status]).toEqual([200, 200]);
    await network.mutate(network.keys.grantee, 'unshareReport', { shareId: shared.shareId }, 'reportShare { id }');
    const response = await get(funders.url);
    expect([response.status, await problemOf(response)]).toEqual([404, 'NOT_FOUND']);
    expect((await get(mine.url)).status).toBe(200);
    expect(await shareOf(network.keys.funder, shared.shareId)).toBeNull();
  });
});

describe('clearing', () => {
  const later = async (hours: number): Promise<void> => {
    network.clock.set(new Date(Date.now() + hours * 3_600_000).toISOString());
    await network.app.get(Jobs).runScheduled('clear_files');
  };

  it('takes away after a day what nothing refers to, and nothing else', async () => {
    const kept = await draft();
    const link = ((await attach(kept.id)).body as Attached).id;
    const gone = await draft();
    const before = storedFiles();
    await attach(gone.id);
    const [orphan] = storedFiles().filter((name) => !before.includes(name));
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
    expect(storedFiles()).toContain(orphan);
    const referred = await network.sql<{ id: string }>(
      'SELECT file_id AS id FROM report_attachments UNION SELECT file_id FROM report_share_attachments',
    );
    await later(25);
    expect(storedFiles()).not.toContain(orphan);
    expect(storedFiles().map((name) => name.slice(3))).toEqual(expect.arrayContaining(referred.map(({ id }) => id)));
    const { attachments } = await read(network.keys.grantee, kept.id);
    expect([attachments[0].id, (await get(attachments[0].url)).status]).toEqual([link, 200]);
  });
});
