import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { Refusal } from '../platform/errors/refusal.js';
import type { FileStore } from '../platform/files/file-store.js';
import { asDoctor } from './doctor.js';
import type { Finding } from './doctor.js';

export const STORED_FILES = 'every stored file is the one that was attached';
const AT_ONCE = 500;

interface Recorded {
  readonly id: string;
  readonly sha256: Buffer;
}

const RECORDED = `
  SELECT DISTINCT f.file_id::text AS id, f.sha256 FROM (
    SELECT file_id, sha256 FROM report_attachments UNION ALL SELECT file_id, sha256 FROM report_share_attachments) AS f
  WHERE f.file_id > $1::uuid ORDER BY id LIMIT ${AT_ONCE}`;

/** Reads every file of an attachment, one after the other, and names those that are missing or have another digest. */
export async function differingFiles(owner: ClientBase, files: FileStore): Promise<Finding> {
  const breaches: string[] = [];
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const page = await asDoctor(owner, async () => (await owner.query<Recorded>(RECORDED, [after])).rows);
    for (const { id, sha256 } of page) {
      const stored = await digestOf(files, id);
      if (stored === null) breaches.push(`${id} (missing)`);
      else if (!stored.equals(sha256)) breaches.push(`${id} (another file)`);
    }
    if (page.length < AT_ONCE) return { name: STORED_FILES, breaches };
    after = page.at(-1)!.id;
  }
}

/** Null for a file that is not there. A store that does not answer is no finding: the doctor ends with that error. */
async function digestOf(files: FileStore, id: string): Promise<Buffer | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(await files.read(id), hash);
  } catch (error) {
    if (error instanceof Refusal && error.reasons.some(({ code }) => code === 'NOT_FOUND')) return null;
    throw error;
  }
  return hash.digest();
}
