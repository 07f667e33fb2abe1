import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '../src/platform/clock/clock.js';
import { Entropy } from '../src/platform/clock/entropy.js';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import type { Attached } from './support/attachment-scenes.js';
import { AttachmentScenes, PNG, SVG, documentOf } from './support/attachment-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { S3Server } from './support/s3-server.js';

/** Larger than two parts of an upload. */
const LARGE = Buffer.concat([PNG, randomBytes(12 * 1024 * 1024)]);

describe('attachments in S3', () => {
  const s3 = new S3Server();
  let network: Network;
  let scenes: AttachmentScenes;
  beforeAll(async () => {
    // What else is kept there would be among what was asked.
    network = await startNetwork({ env: { ...(await s3.start()), LEDGER: 'disk' } });
    scenes = new AttachmentScenes(network);
  });
  afterEach(() => {
    s3.failing = null;
    s3.asked.length = 0;
  });
  afterAll(async () => {
    await network.stop();
    await s3.stop();
  });

  it('a small file is one request, and comes back', async () => {
    const { status, body } = await scenes.attach((await scenes.draft()).id);
    expect([status, s3.asked]).toEqual([201, ['PutObject']]);
    const response = await scenes.get((body as Attached).url);
    expect(Buffer.from(await response.arrayBuffer()).equals(PNG)).toBe(true);
    expect([...s3.objects.keys()]).toEqual([expect.stringMatching(/^attachments\/[0-9a-f-]{36}$/)]);
    expect(scenes.storedFiles()).toEqual([]);
  });

  it('a large one goes in parts, and comes back, also in part', async () => {
    const { body } = await scenes.attach((await scenes.draft()).id, { bytes: LARGE });
    expect(s3.asked).toEqual([
      'CreateMultipartUpload',
      'UploadPart',
      'UploadPart',
      'UploadPart',
      'CompleteMultipartUpload',
    ]);
    const { url } = body as Attached;
    expect(Buffer.from(await (await scenes.get(url)).arrayBuffer()).equals(LARGE)).toBe(true);
    const part = await scenes.get(url, { range: 'bytes=6000000-6000009' });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(LARGE.subarray(6_000_000, 6_000_010))).toBe(true);
  });

  it('a document is looked into with few requests', async () => {
    const parts = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`word/media/${i}.xml`, `<p>${i}</p>`]));
    const { status } = await scenes.attach((await scenes.draft()).id, {
      name: 'a.docx',
      bytes: await documentOf(parts),
    });
    expect([status, s3.asked]).toEqual([201, ['PutObject', 'GetObject']]);
  });

  it('what is refused, or does not fit, leaves nothing', async () => {
    const objects = s3.objects.size;
    const { id } = await scenes.draft();
    expect((await scenes.attach(id, { bytes: SVG })).status).toBe(415);
    expect((await scenes.attach(id, { bytes: await documentOf({ 'word/vbaProject.bin': '' }) })).status).toBe(415);
    s3.failing = 507;
    const full = await scenes.attach(id, { bytes: LARGE });
    expect([full.status, full.body.code, full.body.retryable]).toEqual([507, 'STORAGE_FULL', true]);
    s3.failing = 503;
    const down = await scenes.attach(id, { bytes: LARGE });
    expect([down.status, down.body.code]).toEqual([503, 'UNAVAILABLE']);
    expect([s3.objects.size, s3.unfinished.size]).toEqual([objects, 0]);
    expect((await scenes.read(network.keys.grantee, id)).attachments).toEqual([]);
  });

  it('what nothing refers to is cleared after a day, and what a killed process left', async () => {
    const before = new Set(s3.objects.keys());
    const { id, version } = await scenes.draft();
    await scenes.attach(id);
    s3.unfinished.set('left', { key: 'attachments/x', at: new Date(), parts: new Map() });
    await network.mutate(
      network.keys.grantee,
      'deleteDraftReport',
      { id, expectedVersion: version },
      'deletedReportId',
    );
    const clear = async (hours: number): Promise<void> => {
      network.clock.set(new Date(Date.now() + hours * 3_600_000).toISOString());
      await network.app.get(Jobs).runScheduled('clear_files');
    };
    await clear(23);
    expect([s3.objects.size, s3.unfinished.size]).toEqual([before.size + 1, 1]);
    await clear(25);
    expect([new Set(s3.objects.keys()), s3.unfinished.size]).toEqual([before, 0]);
  });
});

/** Names the next file as the test says. */
class NamingEntropy extends Entropy {
  readonly names: string[] = [];

  override uuidv4(): string {
    return this.names.shift() ?? super.uuidv4();
  }
}

describe('attachments on a disk', () => {
  const entropy = new NamingEntropy(new Clock());
  let network: Network;
  let scenes: AttachmentScenes;
  beforeAll(async () => {
    network = await startNetwork({ entropy });
    scenes = new AttachmentScenes(network);
  });
  afterAll(() => network.stop());

  it('a disk that is full refuses, keeps nothing, and takes it again later', async () => {
    const { id } = await scenes.draft();
    // Linux has a file that answers as a full disk does.
    mkdirSync(join(network.folder, '.unfinished'));
    symlinkSync('/dev/full', join(network.folder, '.unfinished', 'full'));
    entropy.names.push(randomUUID(), 'full');
    const { status, body } = await scenes.attach(id, { headers: { 'accept-language': 'vi' } });
    expect([status, body.code, body.retryable]).toEqual([507, 'STORAGE_FULL', true]);
    expect(body.detail).toMatch(/^Hiện không còn chỗ/);
    expect(readdirSync(join(network.folder, '.unfinished'))).toEqual([]);
    expect([scenes.storedFiles(), (await scenes.read(network.keys.grantee, id)).attachments]).toEqual([[], []]);
    expect((await scenes.attach(id)).status).toBe(201);
  });

  it('a folder that cannot be made is a service that is not ready', async () => {
    const { id } = await scenes.draft();
    const file = randomUUID();
    writeFileSync(join(network.folder, file.slice(-2)), 'a file where a folder should be');
    entropy.names.push(file);
    const { status, body } = await scenes.attach(id);
    expect([status, body.code]).toEqual([503, 'UNAVAILABLE']);
    expect(readdirSync(join(network.folder, '.unfinished'))).toEqual([]);
  });

  it('a file that is gone is not found, and nothing breaks', async () => {
    const { body } = await scenes.attach((await scenes.draft()).id);
    rmSync(network.folder, { recursive: true });
    expect((await scenes.get((body as Attached).url)).status).toBe(404);
  });
});
