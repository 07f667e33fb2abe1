import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Uploading } from './support/attachment-scenes.js';
import {
  AttachmentScenes,
  COMPOUND,
  HTML,
  PNG,
  SVG,
  documentOf,
  problemOf,
  upload,
  zipOf,
} from './support/attachment-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
let scenes: AttachmentScenes;
beforeAll(async () => {
  network = await startNetwork();
  scenes = new AttachmentScenes(network);
});
afterAll(() => network.stop());

describe('what is refused', () => {
  it.each<[string, () => Promise<Uploading> | Uploading, string]>([
    ['a ZIP named .jpg', async () => ({ name: 'a.jpg', bytes: await zipOf({ 'a.exe': 'MZ' }) }), 'application/zip'],
    ['SVG', () => ({ name: 'a.svg', bytes: SVG }), 'one that is not known'],
    ['SVG named .png', () => ({ name: 'a.png', bytes: SVG }), 'one that is not known'],
    ['HTML', () => ({ name: 'a.pdf', bytes: HTML }), 'one that is not known'],
    ['XML', () => ({ name: 'a.xml', bytes: Buffer.from('<?xml version="1.0"?><svg/>') }), 'application/xml'],
    [
      'a program',
      () => ({ name: 'a.png', bytes: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]) }),
      'application/x-msdownload',
    ],
    ['plain text', () => ({ name: 'a.txt', bytes: Buffer.from('hello '.repeat(50)) }), 'one that is not known'],
    ['an old Word file', () => ({ name: 'a.doc', bytes: COMPOUND }), 'application/x-cfb'],
    [
      'a document with macros',
      async () => ({ name: 'a.docx', bytes: await documentOf({ 'word/vbaProject.bin': 'x' }) }),
      'a document with macros',
    ],
    [
      'a macro type in content types',
      async () => ({ bytes: await documentOf({}, 'application/vnd.ms-word.document.macroEnabled.main+xml') }),
      'a document with macros',
    ],
    ['half a ZIP', async () => ({ name: 'a.docx', bytes: (await documentOf()).subarray(0, 150) }), 'application/zip'],
    ['nothing', () => ({ name: 'a.png', bytes: Buffer.alloc(0) }), 'empty'],
  ])('%s, and nothing of it is kept', async (_, file, actual) => {
    const report = await scenes.draft();
    const [files, before] = [scenes.storedFiles(), await scenes.rows()];
    const { status, body, headers } = await scenes.attach(report.id, await file());
    expect([status, body.code, headers.get('content-type')]).toEqual([
      415,
      'ATTACHMENT_TYPE_NOT_ALLOWED',
      'application/problem+json; charset=utf-8',
    ]);
    expect(body.detail).toContain(actual);
    expect([scenes.storedFiles(), await scenes.rows()]).toEqual([files, before]);
  });

  it('says it in Vietnamese too', async () => {
    const { body } = await scenes.attach((await scenes.draft()).id, {
      bytes: SVG,
      headers: { 'accept-language': 'vi' },
    });
    expect(body.detail).toMatch(/^Không thể đính kèm/);
  });

  it('a report that is not there, or somebody else’s, alike', async () => {
    const report = await scenes.draft();
    const foreign = await upload(network, network.keys.secondGrantee, report.id);
    const absent = await scenes.attach('rep_00000000000070008000000000000000');
    const malformed = await scenes.attach('rep_1');
    for (const { status, body } of [foreign, absent, malformed]) {
      expect([status, body]).toEqual([404, { ...foreign.body, requestId: body.requestId as string }]);
    }
  });

  it('a caller who is no grantee', async () => {
    const { id } = await scenes.draft();
    const [files, before] = [scenes.storedFiles(), await scenes.rows()];
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
    expect([scenes.storedFiles(), await scenes.rows()]).toEqual([files, before]);
  });

  it('a form with no file, two files, a strange field, or no form at all', async () => {
    const { id } = await scenes.draft();
    const files = scenes.storedFiles();
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
    expect(scenes.storedFiles()).toEqual(files);
    expect((await scenes.read(network.keys.grantee, id)).attachments).toEqual([]);
  });

  it('an upload that says it is too large, before it is sent', async () => {
    const { id } = await scenes.draft();
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
    const { id } = await scenes.draft();
    for (let i = 0; i < 20; i++) expect((await scenes.attach(id)).status).toBe(201);
    const files = scenes.storedFiles();
    const { status, body } = await scenes.attach(id);
    expect([status, body.code]).toEqual([409, 'TOO_MANY_ATTACHMENTS']);
    expect(scenes.storedFiles()).toEqual(files);
  });

  it.each([
    ['in the middle of the file', 0.5],
    ['before the end of the form', 0.999],
  ])('an upload cut off %s: nothing is kept', async (_, share) => {
    const { id } = await scenes.draft();
    const [files, before] = [scenes.storedFiles(), await scenes.rows()];
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
    await expectSoon(() => expect(scenes.storedFiles()).toEqual(files));
    expect(await scenes.rows()).toEqual(before);
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
