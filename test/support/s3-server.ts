import { createHash, createHmac } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

export const S3_BUCKET = 'reports';
const ACCESS_KEY_ID = 'AKIATEST';
const SECRET = 'a secret of the test';

interface Stored {
  readonly file: string;
  readonly at: Date;
}
interface Unfinished {
  readonly key: string;
  readonly at: Date;
  readonly parts: Map<number, string>;
}

/**
 * As much of S3 as a file store uses, over HTTP. It refuses a request whose signature (AWS Signature Version 4) or whose
 * body's digest is wrong, as S3 does, and keeps bytes on disk so that the test's own memory stays small.
 */
export class S3Server {
  readonly objects = new Map<string, Stored>();
  readonly unfinished = new Map<string, Unfinished>();
  /** What was asked, as S3 names it. */
  readonly asked: string[] = [];
  /** Answer every object and part that is put with this status, as a service that is full or down does. */
  failing: number | null = null;
  private readonly folder = mkdtempSync(join(tmpdir(), 'goodfaith-s3-'));
  private count = 0;
  private readonly server = createServer((request, response) => {
    this.answer(request, response).catch((error: unknown) => {
      fail(response, error instanceof S3Failure ? error : new S3Failure(500, 'InternalError', String(error)));
    });
  });

  async start(): Promise<Record<string, string>> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as AddressInfo;
    return {
      ATTACHMENTS: 's3',
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_BUCKET,
      S3_REGION: 'eu-test-1',
      S3_ACCESS_KEY_ID: ACCESS_KEY_ID,
      S3_SECRET_ACCESS_KEY: SECRET,
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://s3');
    const body = join(this.folder, String((this.count += 1)));
    const digest = createHash('sha256');
    await pipeline(
      request,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          digest.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(body),
    );
    checkSignature(request, url, digest.digest('hex'));
    const [, bucket, ...rest] = decodeURIComponent(url.pathname).split('/');
    if (bucket !== S3_BUCKET) throw new S3Failure(404, 'NoSuchBucket', bucket);
    const operation = operationOf(request.method!, rest.join('/') !== '', url.searchParams);
    this.asked.push(operation);
    await this[operation]({ key: rest.join('/'), query: url.searchParams, headers: request.headers, body, response });
  }

  private async PutObject({ key, headers, body, response }: Asked): Promise<void> {
    if (this.failing) throw new S3Failure(this.failing, 'SlowDown', 'try again');
    if (headers['if-none-match'] === '*' && this.objects.has(key))
      throw new S3Failure(412, 'PreconditionFailed', 'there is one');
    this.objects.set(key, { file: body, at: new Date() });
    response.end();
  }

  private async CreateMultipartUpload({ key, response }: Asked): Promise<void> {
    const id = `upload-${(this.count += 1)}`;
    this.unfinished.set(id, { key, at: new Date(), parts: new Map() });
    xml(response, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
  }

  private async UploadPart({ query, body, response }: Asked): Promise<void> {
    if (this.failing) throw new S3Failure(this.failing, 'InsufficientStorage', 'no room');
    this.upload(query).parts.set(Number(query.get('partNumber')), body);
    response.setHeader('etag', `"${query.get('partNumber')}"`).end();
  }

  private async CompleteMultipartUpload({ key, query, body, response }: Asked): Promise<void> {
    const { parts } = this.upload(query);
    const named = [...(await text(createReadStream(body))).matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)];
    if (named.length !== parts.size) throw new S3Failure(400, 'InvalidPart', 'not all parts are named');
    const whole = join(this.folder, `object-${(this.count += 1)}`);
    await pipeline(async function* () {
      for (const [, number] of named) yield* createReadStream(parts.get(Number(number))!);
    }, createWriteStream(whole));
    this.objects.set(key, { file: whole, at: new Date() });
    this.unfinished.delete(query.get('uploadId')!);
    xml(response, '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>');
  }

  private async AbortMultipartUpload({ query, response }: Asked): Promise<void> {
    this.unfinished.delete(query.get('uploadId')!);
    response.writeHead(204).end();
  }

  private async GetObject({ key, headers, response }: Asked): Promise<void> {
    const stored = this.objects.get(key);
    if (!stored) throw new S3Failure(404, 'NoSuchKey', key);
    const { size } = statSync(stored.file);
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '') ?? [];
    const range = first === undefined ? {} : { start: Number(first), end: Number(last) };
    const length = first === undefined ? size : Number(last) - Number(first) + 1;
    response.writeHead(first === undefined ? 200 : 206, { 'content-length': length });
    await pipeline(createReadStream(stored.file, range), response);
  }

  private async ListObjectsV2({ query, response }: Asked): Promise<void> {
    const found = [...this.objects].filter(([key]) => key.startsWith(query.get('prefix') ?? ''));
    const contents = found.map(
      ([key, { at }]) =>
        `<Contents><Key>${key}</Key><LastModified>${at.toISOString()}</LastModified><Size>1</Size></Contents>`,
    );
    xml(response, `<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`);
  }

  private async ListMultipartUploads({ response }: Asked): Promise<void> {
    const uploads = [...this.unfinished].map(
      ([id, { key, at }]) =>
        `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${at.toISOString()}</Initiated></Upload>`,
    );
    xml(response, `<ListMultipartUploadsResult>${uploads.join('')}</ListMultipartUploadsResult>`);
  }

  private async DeleteObjects({ body, response }: Asked): Promise<void> {
    for (const [, key] of (await text(createReadStream(body))).matchAll(/<Key>([^<]+)<\/Key>/g))
      this.objects.delete(key);
    xml(response, '<DeleteResult></DeleteResult>');
  }

  private upload(query: URLSearchParams): Unfinished {
    const upload = this.unfinished.get(query.get('uploadId') ?? '');
    if (!upload) throw new S3Failure(404, 'NoSuchUpload', 'unknown');
    return upload;
  }
}

interface Asked {
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** The file that holds the body. */
  readonly body: string;
  readonly response: ServerResponse;
}
class S3Failure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

function operationOf(method: string, hasKey: boolean, query: URLSearchParams) {
  if (!hasKey) {
    if (method === 'GET') return query.has('uploads') ? 'ListMultipartUploads' : 'ListObjectsV2';
    if (method === 'POST' && query.has('delete')) return 'DeleteObjects';
  } else if (method === 'POST') {
    return query.has('uploads') ? 'CreateMultipartUpload' : 'CompleteMultipartUpload';
  } else if (method === 'PUT') return query.has('partNumber') ? 'UploadPart' : 'PutObject';
  else if (method === 'DELETE' && query.has('uploadId')) return 'AbortMultipartUpload';
  else if (method === 'GET') return 'GetObject';
  throw new S3Failure(405, 'MethodNotAllowed', `${method} ${query.toString()}`);
}

/** "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk", Amazon S3 API Reference. */
function checkSignature({ method, headers }: IncomingMessage, url: URL, bodyDigest: string): void {
  const [, day, region, signed, signature] =
    /^AWS4-HMAC-SHA256 Credential=AKIATEST\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  if (!signed) throw new S3Failure(403, 'AccessDenied', 'not signed');
  if (headers['x-amz-content-sha256'] !== bodyDigest) throw new S3Failure(400, 'XAmzContentSHA256Mismatch', 'digest');
  const encode = (value: string): string =>
    encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name]).trim().replace(/\s+/g, ' ')}\n`);
  const request = [method, url.pathname, query.join('&'), lines.join(''), signed, bodyDigest].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, createHash('sha256').update(request).digest('hex')];
  let key: Buffer | string = `AWS4${SECRET}`;
  for (const part of [day, region, 's3', 'aws4_request']) key = createHmac('sha256', key).update(part).digest();
  const expected = createHmac('sha256', key).update(toSign.join('\n')).digest('hex');
  if (signature !== expected) throw new S3Failure(403, 'SignatureDoesNotMatch', 'signature');
}

function xml(response: ServerResponse, body: string): void {
  response.setHeader('content-type', 'application/xml').end(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
}

function fail(response: ServerResponse, { status, code, message }: S3Failure): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  );
}
