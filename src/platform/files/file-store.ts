import type { Readable } from 'node:stream';

/** Bytes of a file, both included, counted from 0. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Where files are kept: outside the database, each under a random id, never rewritten. A file is written before the row
 * that names it; when the row does not come about, it is cleared away later (see `writtenBefore`).
 */
export abstract class FileStore {
  /** Keeps all that comes, or nothing when it ends with an error. Refuses with STORAGE_FULL or UNAVAILABLE. */
  abstract write(id: string, content: AsyncIterable<Uint8Array>): Promise<void>;

  /** The whole file or a part of it, not read before it is asked for. Refuses with NOT_FOUND. */
  abstract read(id: string, range?: ByteRange): Promise<Readable>;

  /** What is not there is removed already. */
  abstract remove(ids: readonly string[]): Promise<void>;

  /** The ids of files that were there before that instant, some at a time; what was never finished is cleared away meanwhile. */
  abstract writtenBefore(instant: Date): AsyncIterable<string[]>;
}

export const FILE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
