import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Attached } from './support/attachment-scenes.js';
import { AttachmentScenes, PDF, PNG, WAV, documentOf, problemOf } from './support/attachment-scenes.js';
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

describe('attaching', () => {
  it('takes a file, tells what it is, and gives it back', async () => {
    const report = await scenes.draft();
    const { status, body } = await scenes.attach(report.id, { name: 'Ảnh hiện trường.png' });
    const sha256 = createHash('sha256').update(PNG).digest('hex');
    const about = { name: 'Ảnh hiện trường.png', mediaType: 'image/png', size: PNG.length, sha256, isVisible: true };
    expect([status, body]).toEqual([201, { id: expect.stringMatching(/^att_/), ...about, url: expect.any(String) }]);
    const { attachments, version } = await scenes.read(network.keys.grantee, report.id);
    expect(attachments).toEqual([{ ...(body as object), url: expect.any(String) }]);
    expect(version).toBe(report.version);

    for (const url of [body.url as string, attachments[0].url]) {
      const response = await scenes.get(url);
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
    const report = await scenes.draft();
    const shown = await scenes.get(((await scenes.attach(report.id, { name: 'a.png' })).body as Attached).url);
    const downloaded = await scenes.get(
      ((await scenes.attach(report.id, { name: 'Báo cáo.pdf', bytes: PDF })).body as Attached).url,
    );
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
    const { url } = (await scenes.attach((await scenes.draft()).id, { name: 'talk.wav', bytes: WAV })).body as Attached;
    const part = await scenes.get(url, { range: 'bytes=4-7' });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      `bytes 4-7/${WAV.length}`,
      '$\x10\0\0',
    ]);
    const beyond = await scenes.get(url, { range: `bytes=${WAV.length}-` });
    expect([beyond.status, beyond.headers.get('content-range'), await beyond.text()]).toEqual([
      416,
      `bytes */${WAV.length}`,
      '',
    ]);
    const changed = await scenes.get(url, { range: 'bytes=4-7', 'if-range': '"another"' });
    expect([changed.status, (await changed.arrayBuffer()).byteLength]).toEqual([200, WAV.length]);
    const head = await fetch(new URL(url, network.url), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(WAV.length)]);
  });

  it('knows a document whose type is named at its end, also on a second try', async () => {
    const report = await scenes.draft();
    const file = { name: 'Plan.docx', bytes: await documentOf(), headers: { 'idempotency-key': 'once' } };
    const first = await scenes.attach(report.id, file);
    expect([first.status, (first.body as Attached).mediaType]).toEqual([
      201,
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ]);
    const before = scenes.storedFiles();
    const again = await scenes.attach(report.id, file);
    expect([again.status, (again.body as Attached).id]).toEqual([201, (first.body as Attached).id]);
    const other = await scenes.attach(report.id, { ...file, bytes: PNG });
    expect([other.status, other.body.code]).toEqual([409, 'IDEMPOTENCY_MISMATCH']);
    expect((await scenes.read(network.keys.grantee, report.id)).attachments).toHaveLength(1);
    expect(scenes.storedFiles()).toEqual(before);
  });

  it('gives a name back that fits and cannot do harm', async () => {
    const report = await scenes.draft();
    const { body } = await scenes.attach(report.id, { name: '../../etc/\u202egnp.exe' });
    expect((body as Attached).name).toBe('gnp.exe.png');
  });
});

describe('links', () => {
  let shared: { shareId: string; mine: Attached; funders: Attached };
  beforeAll(async () => {
    const { id, version } = await scenes.draft();
    await scenes.attach(id);
    const report = await scenes.done('submitReport', { id, expectedVersion: version, shareWith: [agreementId] });
    const shareId = report.shares.nodes[0].id;
    const [funders] = (await scenes.shareOf(network.keys.funder, shareId))!.attachments;
    shared = { shareId, mine: report.attachments[0], funders };
  });

  it('are not handed to anybody else', async () => {
    for (const key of [network.keys.secondFunder, network.keys.secondGrantee]) {
      expect(await scenes.shareOf(key, shared.shareId)).toBeNull();
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
    const flip = (text: string): string => text.slice(0, 9) + (text[9] === 'A' ? 'B' : 'A') + text.slice(10);
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
    expect((await scenes.get(shared.funders.url)).status).toBe(200);
    expect((await scenes.get(shared.funders.url, { authorization: 'Bearer gf_0000' })).status).toBe(401);
  });

  it('end soon', async () => {
    const { url } = (await scenes.attach((await scenes.draft()).id)).body as Attached;
    network.clock.set(new Date(network.clock.now().getTime() + 590_000).toISOString());
    expect((await scenes.get(url)).status).toBe(200);
    network.clock.set(new Date(network.clock.now().getTime() + 11_000).toISOString());
    const response = await scenes.get(url, { 'accept-language': 'vi' });
    const { code, detail } = (await response.json()) as { code: string; detail: string };
    expect([response.status, code, detail]).toEqual([410, 'LINK_EXPIRED', expect.stringMatching(/^Liên kết/)]);
  });

  it('end with the sharing, for the funder alone', async () => {
    const [funders] = (await scenes.shareOf(network.keys.funder, shared.shareId))!.attachments;
    const [mine] = (await scenes.shareOf(network.keys.grantee, shared.shareId))!.attachments;
    expect([(await scenes.get(funders.url)).status, (await scenes.get(mine.url)).status]).toEqual([200, 200]);
    await network.mutate(network.keys.grantee, 'unshareReport', { shareId: shared.shareId }, 'reportShare { id }');
    const response = await scenes.get(funders.url);
    expect([response.status, await problemOf(response)]).toEqual([404, 'NOT_FOUND']);
    expect((await scenes.get(mine.url)).status).toBe(200);
    expect(await scenes.shareOf(network.keys.funder, shared.shareId)).toBeNull();
  });
});
