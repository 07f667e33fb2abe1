import type { Clock } from '../../platform/clock/clock.js';
import type { FileStore } from '../../platform/files/file-store.js';
import type { ScheduledStep } from '../../platform/jobs/jobs.service.js';
import { filesInUse } from './attachments.store.js';

/** Longer than any upload takes: a file is stored before the row that names it. */
const DAY_MS = 86_400_000;

/** Clears away files that nothing refers to: of deleted drafts, of uploads whose row never came about. */
export function clearFiles(files: FileStore, clock: Clock): ScheduledStep {
  const old = files.writtenBefore(new Date(clock.now().getTime() - DAY_MS))[Symbol.asyncIterator]();
  return async (tx) => {
    const page = await old.next();
    if (page.done) return false;
    const inUse = await filesInUse(tx, page.value);
    await files.remove(page.value.filter((id) => !inUse.has(id)));
    return true;
  };
}
