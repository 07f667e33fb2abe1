import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Refusal, refuse } from '../../platform/errors/refusal.js';
import type { FileStore } from '../../platform/files/file-store.js';
import { SAMPLE_BYTES, typeOfStart, typeOfStoredZip } from './detected-type.js';
import type { MediaType } from './media-type.rules.js';
import { allowedType } from './media-type.rules.js';

/** 250 MiB: an hour of speech, some minutes of video from a telephone. */
export const MOST_FILE_BYTES = 250 * 1024 * 1024;

/** A file that is stored and not yet anybody's. */
export interface ReceivedFile {
  readonly fileId: string;
  readonly type: MediaType;
  readonly size: number;
  readonly sha256: Buffer;
}

/** Streams an upload into the store and learns what it is on the way. Of what is refused nothing is kept. */
export async function receiveFile(files: FileStore, fileId: string, content: Readable): Promise<ReceivedFile> {
  const hash = createHash('sha256');
  let size = 0;
  let start = '';
  async function* checked(): AsyncGenerator<Uint8Array> {
    for await (const chunk of withSample(content)) {
      if (size === 0) start = await startOf(chunk);
      size += chunk.length;
      if (size > MOST_FILE_BYTES) throw refuse('ATTACHMENT_TOO_LARGE', { parameters: { limit: MOST_FILE_BYTES } });
      hash.update(chunk);
      yield chunk;
    }
    if (size === 0) throw typeRefused('empty');
  }
  try {
    await files.write(fileId, checked());
  } catch (error) {
    // What the sender breaks off is no fault of ours.
    throw content.errored && !(error instanceof Refusal) ? refuse('UPLOAD_INCOMPLETE') : error;
  }
  try {
    const actual = start === 'ZIP' ? await typeOfStoredZip(files, fileId, size) : start;
    const type = allowedType(actual);
    if (!type) throw typeRefused(actual);
    return { fileId, type, size, sha256: hash.digest() };
  } catch (error) {
    await files.remove([fileId]);
    throw error;
  }
}

/** What can be seen to be wrong at once is refused before the rest is sent. */
async function startOf(sample: Uint8Array): Promise<string> {
  const start = await typeOfStart(sample);
  if (start !== 'ZIP' && !allowedType(start)) throw typeRefused(start);
  return start;
}

function typeRefused(fileType: string): Refusal {
  return refuse('ATTACHMENT_TYPE_NOT_ALLOWED', { path: ['file'], parameters: { fileType } });
}

/** The chunks as they come, but the first is at least as long as the sample, where there is as much. */
async function* withSample(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first: Uint8Array[] | null = [];
  let length = 0;
  for await (const chunk of chunks) {
    if (!first) {
      yield chunk;
      continue;
    }
    first.push(chunk);
    length += chunk.length;
    if (length < SAMPLE_BYTES) continue;
    yield Buffer.concat(first);
    first = null;
  }
  if (first && length > 0) yield Buffer.concat(first);
}
