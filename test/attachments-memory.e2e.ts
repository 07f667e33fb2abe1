import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Attached } from './support/attachment-scenes.js';
import { AttachmentScenes, PNG } from './support/attachment-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { S3Server } from './support/s3-server.js';
import type { ServiceProcess } from './support/service-process.js';
import { extraMemory, startBeside } from './support/service-process.js';

const SIZE = 200 * 1024 * 1024;
const MOST_EXTRA_BYTES = 50 * 1024 * 1024;
const CHUNK = Buffer.alloc(64 * 1024, 'Chúng tôi đã ghi lại cả buổi họp. ');

let network: Network;
let scenes: AttachmentScenes;
const s3 = new S3Server();
beforeAll(async () => {
  network = await startNetwork();
  scenes = new AttachmentScenes(network);
});
afterAll(async () => {
  await network.stop();
  await s3.stop();
});

/** Sends a file that is made while it is sent. */
async function send(
  url: string,
  reportId: string,
  size: number,
  digest: ReturnType<typeof createHash>,
): Promise<Attached> {
  const sending = request(`${url}/v1/reports/${reportId}/attachments`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${network.keys.grantee}`,
      'content-type': 'multipart/form-data; boundary=x',
    },
  });
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
  sending.write('--x\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n');
  for (let sent = 0; sent < size;) {
    const chunk = sent === 0 ? PNG : CHUNK.subarray(0, size - sent);
    digest.update(chunk);
    sent += chunk.length;
    if (!sending.write(chunk)) await once(sending, 'drain');
  }
  sending.end('\r\n--x--\r\n');
  const [response] = await answered;
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  expect(response.statusCode).toBe(201);
  return JSON.parse(Buffer.concat(chunks).toString()) as Attached;
}

async function fetchDigest(link: string): Promise<string> {
  const [response] = (await once(get(link), 'response')) as [IncomingMessage];
  const digest = createHash('sha256');
  for await (const chunk of response) digest.update(chunk as Buffer);
  return digest.digest('hex');
}

describe.each([
  ['disk', () => Promise.resolve({ ATTACHMENTS_FOLDER: network.folder })],
  ['S3', () => s3.start()],
])('a file of 200 MiB on %s', (_, settings) => {
  let service: ServiceProcess;
  beforeAll(async () => {
    service = await startBeside(network, await settings());
  }, 60_000);
  afterAll(async () => {
    service.child.kill();
    await service.exit;
  });

  it('goes up and comes down within 50 MiB of memory', async () => {
    const { id } = await scenes.draft();
    const small = await send(service.url, id, 20 * 1024 * 1024, createHash('sha256'));
    await fetchDigest(service.url + small.url);
    const digest = createHash('sha256');
    let large: Attached;
    const up = await extraMemory(service, async () => {
      large = await send(service.url, id, SIZE, digest);
    });
    const sha256 = digest.digest('hex');
    expect([large!.size, large!.sha256]).toEqual([SIZE, sha256]);
    const down = await extraMemory(service, async () => {
      expect(await fetchDigest(service.url + large.url)).toBe(sha256);
    });
    expect(up).toBeLessThan(MOST_EXTRA_BYTES);
    expect(down).toBeLessThan(MOST_EXTRA_BYTES);
  }, 180_000);
});
