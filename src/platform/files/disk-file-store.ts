import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Entropy } from '../clock/entropy.js';
import { notFound } from '../errors/refusal.js';
import { codeOf, refusalOf } from './disk-errors.js';
import type { ByteRange } from './file-store.js';
import { FILE_ID, FileStore } from './file-store.js';

const UNFINISHED = '.unfinished';

/** Files in a folder of this machine, or of a disk that all nodes mount. */
export class DiskFileStore extends FileStore {
  constructor(
    private readonly folder: string,
    private readonly entropy: Entropy,
  ) {
    super();
  }

  /** Written under another name and renamed when it is on the disk, so that a half file is never found. */
  async write(id: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const place = this.placeOf(id);
    const unfinished = join(this.folder, UNFINISHED, this.entropy.uuidv4());
    try {
      for (const made of [dirname(unfinished), dirname(place)]) await mkdir(made, { recursive: true, mode: 0o700 });
      const file = await open(unfinished, 'w', 0o600);
      try {
        for await (const chunk of content) await writeAll(file, chunk);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, place);
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw refusalOf(error);
    }
  }

  async read(id: string, range?: ByteRange): Promise<Readable> {
    let file: FileHandle;
    try {
      file = await open(this.placeOf(id), 'r');
    } catch (error) {
      throw codeOf(error) === 'ENOENT' ? notFound('id') : refusalOf(error);
    }
    return file.createReadStream(range && { start: range.first, end: range.last });
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) await rm(this.placeOf(id), { force: true });
  }

  async *writtenBefore(instant: Date): AsyncGenerator<string[]> {
    for (const shelf of await namesIn(this.folder)) {
      const found: string[] = [];
      for (const name of await namesIn(join(this.folder, shelf))) {
        const place = join(this.folder, shelf, name);
        const about = await stat(place).catch(() => null);
        if (!about || about.mtime >= instant) continue;
        if (shelf === UNFINISHED) await rm(place, { force: true });
        else if (FILE_ID.test(name)) found.push(name);
      }
      if (found.length > 0) yield found;
    }
  }

  /** On 256 shelves: a folder with a million names is slow to list. */
  private placeOf(id: string): string {
    if (!FILE_ID.test(id)) throw new Error('not the id of a file');
    return join(this.folder, id.slice(-2), id);
  }
}

/** A disk that is nearly full takes a part of a chunk before it takes nothing. */
async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.length;) {
    done += (await file.write(chunk, done, chunk.length - done)).bytesWritten;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw error;
  }
}
