import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileTypeFromBuffer } from 'file-type';
import { LRUCache } from 'lru-cache';
import type { Entry, ZipFile } from 'yauzl';
import yauzl from 'yauzl';
import type { FileStore } from '../../platform/files/file-store.js';
import type { OfficeParts } from './office-document.rules.js';
import { officeType } from './office-document.rules.js';

/** As much of a file's start as its type is told from. */
export const SAMPLE_BYTES = 4100;

const BLOCK_BYTES = 256 * 1024;
const MOST_ENTRIES = 20_000;
const MOST_NAMED_BYTES = 512 * 1024;
const NAMING_ENTRIES = new Set(['mimetype', '[Content_Types].xml']);

/** What the bytes at the start say; 'ZIP' for the family that only the whole file can tell apart. */
export async function typeOfStart(sample: Uint8Array): Promise<string> {
  if (sample[0] === 0x50 && sample[1] === 0x4b) return 'ZIP';
  return (await fileTypeFromBuffer(sample))?.mime ?? 'unknown';
}

/**
 * What a stored ZIP is, from its list of entries, which is at its end: some writers put the part that names the type
 * last, and a macro may be anywhere.
 */
export async function typeOfStoredZip(files: FileStore, id: string, size: number): Promise<string> {
  try {
    const zip = await yauzl.fromRandomAccessReaderPromise(new StoredFile(files, id, size), size, {
      autoClose: false,
      strictFileNames: true,
    });
    return officeType(await partsOf(zip));
  } catch (error) {
    if (error instanceof Error && error.cause instanceof Error) throw error.cause;
    return 'application/zip';
  }
}

async function partsOf(zip: ZipFile): Promise<OfficeParts> {
  const names: string[] = [];
  const texts = new Map<string, string>();
  if (zip.entryCount > MOST_ENTRIES) return { names, texts };
  for await (const entry of zip.eachEntry()) {
    names.push(entry.fileName);
    if (NAMING_ENTRIES.has(entry.fileName)) texts.set(entry.fileName, await textOf(zip, entry));
  }
  return { names, texts };
}

async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > MOST_NAMED_BYTES || entry.isEncrypted()) return '';
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Reads a stored file block by block: the list of entries is asked for in small pieces, and each could be a request. */
class StoredFile extends yauzl.RandomAccessReader {
  private readonly blocks = new LRUCache<number, Buffer>({ max: 4 });

  constructor(
    private readonly files: FileStore,
    private readonly id: string,
    private readonly size: number,
  ) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.range(start, end), { objectMode: false });
  }

  private async *range(start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end;) {
      const number = Math.floor(at / BLOCK_BYTES);
      const first = number * BLOCK_BYTES;
      const piece = (await this.block(number)).subarray(at - first, end - first);
      yield piece;
      at += piece.length;
    }
  }

  private async block(number: number): Promise<Buffer> {
    let block = this.blocks.get(number);
    if (!block) {
      const first = number * BLOCK_BYTES;
      try {
        block = await buffer(
          await this.files.read(this.id, { first, last: Math.min(first + BLOCK_BYTES, this.size) - 1 }),
        );
      } catch (error) {
        // Told apart from a ZIP that is malformed.
        throw new Error('the stored file could not be read', { cause: error });
      }
      this.blocks.set(number, block);
    }
    return block;
  }
}
