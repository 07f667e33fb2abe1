import type { Tx } from '../db/transaction.js';

/** All tasks there are; the database refuses others. */
export type JobTask = 'remind_response_due' | 'take_amendment_effect';

/** Adds a job in the change's own transaction: it runs if and only if the change was made. */
export function addJob(tx: Tx, task: JobTask, subjectId: string, runAt?: Date): void {
  tx.later('SELECT add_job($1, $2, $3)', [task, subjectId, runAt ?? tx.now]);
}
