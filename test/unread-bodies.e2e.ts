import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AttachmentScenes, SVG } from './support/attachment-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

const MANY = 1_500_000;
let network: Network;
let report: string;
beforeAll(async () => {
  network = await startNetwork();
  report = (await new AttachmentScenes(network).draft()).id;
});
afterAll(() => network.stop());

interface Sending {
  readonly path: string;
  readonly key: keyof Network['keys'] | null;
  readonly type?: string;
  readonly body: Buffer;
  readonly isChunked?: boolean;
}

/** Sends a whole body, and behind it, on the same connection, one more request; answers the statuses of what came back. */
function sendThenAsk({ path, key, type = 'application/json', body, isChunked = false }: Sending): Promise<number[]> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(network.url).port), '127.0.0.1');
    let said = '';
    const statuses = (): number[] => [...said.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status));
    const end = (): void => (clearTimeout(silence), socket.destroy(), resolve(statuses()));
    const silence = setTimeout(end, 8_000);
    socket.on('data', (chunk: Buffer) => {
      said += chunk.toString('latin1');
      if (statuses().length === 2) end();
    });
    socket.on('error', () => undefined);
    socket.on('close', end);
    const head = [
      `POST ${path} HTTP/1.1`,
      'host: x',
      `content-type: ${type}`,
      isChunked ? 'transfer-encoding: chunked' : `content-length: ${body.length}`,
      ...(key ? [`authorization: Bearer ${network.keys[key]}`] : []),
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    socket.write(isChunked ? chunksOf(body) : body);
    socket.write('GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n');
  });
}

function chunksOf(body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
}

const form = (...parts: readonly (readonly [string, Buffer])[]): Buffer =>
  Buffer.concat([
    ...parts.flatMap(([head, bytes]) => [
      Buffer.from(`--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n`),
      bytes,
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--b--\r\n'),
  ]);
const multipart = 'multipart/form-data; boundary=b';
const refusedFile = form(['name="file"; filename="a.png"', Buffer.concat([SVG, randomBytes(MANY)])]);
const strangeField = form(
  ['name="isVisible"', Buffer.from('perhaps')],
  ['name="file"; filename="a.png"', randomBytes(MANY)],
);
const attachments = (id: string): string => `/v1/reports/${id}/attachments`;

describe('a request that is answered before its body was read leaves the connection to the next one', () => {
  const cases: [string, () => Sending, number][] = [
    [
      'a file that is refused by its first bytes',
      () => ({ path: attachments(report), key: 'grantee', type: multipart, body: refusedFile }),
      415,
    ],
    [
      'a form whose first field is wrong',
      () => ({ path: attachments(report), key: 'grantee', type: multipart, body: strangeField }),
      422,
    ],
    [
      'a file for a report that is not there',
      () => ({ path: attachments('rep_none'), key: 'grantee', type: multipart, body: refusedFile }),
      404,
    ],
    [
      'a file of a caller without a key',
      () => ({ path: attachments(report), key: null, type: multipart, body: refusedFile }),
      401,
    ],
    [
      'a compressed file of grants',
      () => ({ path: '/v1/imports/360giving', key: 'steward', body: gzipSync(randomBytes(MANY)) }),
      422,
    ],
    [
      'grants of a caller who imports nothing',
      () => ({ path: '/v1/imports/360giving', key: 'grantee', body: refusedFile }),
      403,
    ],
  ];

  it.each(cases)('%s', async (_, sending, status) => {
    expect(await sendThenAsk(sending())).toEqual([status, 200]);
  });

  it('or closes it, where a body is larger than any may be', async () => {
    const large = { path: '/graphql', key: 'grantee', body: Buffer.alloc(MANY, ' ') } as const;
    for (const isChunked of [false, true]) {
      const [first, second = 200] = await sendThenAsk({ ...large, isChunked });
      expect([first, second]).toEqual([413, 200]);
    }
  });
});
