import type { RejectionReason } from './rejection.rules.js';

export interface RejectedRow extends RejectionReason {
  /** Index in the `grants` list, from 0. */
  readonly position: number;
}

/** What became of a file. `read` is the sum of the four outcomes. */
export interface ImportSummary {
  readonly read: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejectedCount: number;
  /** The first rejected rows, at most LISTED_REJECTIONS. */
  readonly rejected: readonly RejectedRow[];
  readonly seconds: number;
  /** True: nothing was kept; the counts say what would have been. */
  readonly dryRun: boolean;
}

/** Enough to see what is wrong with a file; the answer stays small when every row of a large one is rejected. */
export const LISTED_REJECTIONS = 1_000;

export type RecordedOutcome = 'created' | 'updated' | 'unchanged';

/** Counts outcomes while rows go by. */
export class ImportTally {
  private readonly counts: Record<RecordedOutcome, number> = { created: 0, updated: 0, unchanged: 0 };
  private readonly rejected: RejectedRow[] = [];
  private rejectedCount = 0;

  recorded(outcome: RecordedOutcome, rows = 1): void {
    this.counts[outcome] += rows;
  }

  reject(position: number, { id, field, reason }: RejectionReason): void {
    this.rejectedCount += 1;
    if (this.rejected.length < LISTED_REJECTIONS) this.rejected.push({ position, id, field, reason });
  }

  summary(seconds: number): Omit<ImportSummary, 'dryRun'> {
    const { created, updated, unchanged } = this.counts;
    return {
      read: created + updated + unchanged + this.rejectedCount,
      ...this.counts,
      rejectedCount: this.rejectedCount,
      // Batches may end out of order.
      rejected: this.rejected.toSorted((left, right) => left.position - right.position),
      seconds: Math.round(seconds * 1000) / 1000,
    };
  }
}
