import type { FileHandle } from 'node:fs/promises';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal, refuse } from '../platform/errors/refusal.js';

/** Some 250,000 grants. Larger collections are published, and sent, in parts. */
export const MOST_UPLOAD_BYTES = 500 * 1024 * 1024;

const PIECE_BYTES = 256 * 1024;

/** A file that was received and has no name any more: it is gone when it is closed, or when the process ends. */
export interface Upload {
  read(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Receives a body into a file first, so that a slow sender never holds a transaction open, and memory stays flat. */
export async function receiveUpload(body: Readable, declaredBytes: number | null): Promise<Upload> {
  if ((declaredBytes ?? 0) > MOST_UPLOAD_BYTES) throw tooLarge();
  const file = await openNameless();
  try {
    await pipeline(body, limited, async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) await file.appendFile(chunk);
    });
  } catch (error) {
    await file.close();
    throw body.errored && !(error instanceof Refusal) ? refuse('BAD_REQUEST') : error;
  }
  return { read: () => pieces(file), close: () => file.close() };
}

/** Streams of Node would hold the file open after a reader stopped in the middle. */
async function* pieces(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (let position = 0; ;) {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.allocUnsafe(PIECE_BYTES), position });
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function* limited(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > MOST_UPLOAD_BYTES) throw tooLarge();
    yield chunk;
  }
}

async function openNameless(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'goodfaith-import-'));
  try {
    return await open(join(folder, 'upload'), 'wx+', 0o600);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function tooLarge(): Error {
  return refuse('PAYLOAD_TOO_LARGE', { parameters: { limit: MOST_UPLOAD_BYTES } });
}
