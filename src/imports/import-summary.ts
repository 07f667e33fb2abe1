import type { Identifier } from '../organizations/identifier.rules.js';
import { publicId } from '../platform/api/ids.js';
import type { RejectionReason } from './rejection.rules.js';

export interface RejectedRow extends RejectionReason {
  /** Index in the `grants` list, from 0. */
  readonly position: number;
}

/** Two records that are probably one organization: history stands under the first, the second gives itself the number. */
export interface LikelyTwin {
  /** As `GB-CHC-1153055`. */
  readonly identifier: string;
  /** Null when this import would make the organization, and is a dry run. */
  readonly organizationId: string | null;
  readonly claimantId: string;
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
  readonly likelyTwinCount: number;
  /** The first, at most LISTED_TWINS. */
  readonly likelyTwins: readonly LikelyTwin[];
  readonly seconds: number;
  /** True: nothing was kept; the counts say what would have been. */
  readonly dryRun: boolean;
}

/** Enough to see what is wrong with a file; the answer stays small when every row of a large one is rejected. */
export const LISTED_REJECTIONS = 1_000;

export const LISTED_TWINS = 100;

interface MetTwin {
  readonly identifier: Identifier;
  readonly organizationId: string;
  readonly claimantId: string;
  /** Whether this import made the organization. */
  readonly isNew: boolean;
}

export type RecordedOutcome = 'created' | 'updated' | 'unchanged';

/** Counts outcomes while rows go by. */
export class ImportTally {
  private readonly counts: Record<RecordedOutcome, number> = { created: 0, updated: 0, unchanged: 0 };
  private readonly rejected: RejectedRow[] = [];
  private rejectedCount = 0;
  private readonly twins = new Map<string, MetTwin>();

  recorded(outcome: RecordedOutcome, rows = 1): void {
    this.counts[outcome] += rows;
  }

  reject(position: number, { id, field, reason }: RejectionReason): void {
    this.rejectedCount += 1;
    if (this.rejected.length < LISTED_REJECTIONS) this.rejected.push({ position, id, field, reason });
  }

  twin(met: MetTwin): void {
    const key = [met.identifier.scheme, met.identifier.value, met.claimantId].join(' ');
    // Looked up once more when the matcher has forgotten it: by then the organization is there already.
    if (!this.twins.has(key)) this.twins.set(key, met);
  }

  summary(seconds: number, dryRun: boolean): ImportSummary {
    const { created, updated, unchanged } = this.counts;
    return {
      read: created + updated + unchanged + this.rejectedCount,
      ...this.counts,
      rejectedCount: this.rejectedCount,
      // Batches may end out of order.
      rejected: this.rejected.toSorted((left, right) => left.position - right.position),
      likelyTwinCount: this.twins.size,
      likelyTwins: [...this.twins.values()].slice(0, LISTED_TWINS).map((met) => ({
        identifier: `${met.identifier.scheme}-${met.identifier.value}`,
        organizationId: dryRun && met.isNew ? null : publicId('organization', met.organizationId),
        claimantId: publicId('organization', met.claimantId),
      })),
      seconds: Math.round(seconds * 1000) / 1000,
      dryRun,
    };
  }
}
