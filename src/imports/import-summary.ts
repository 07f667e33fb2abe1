import type { Identifier } from '../organizations/identifier.rules.js';
import { publicId } from '../platform/api/ids.js';
import type { Locale } from '../platform/errors/codes.js';
import type { MonthFirstDate, PublishedAt } from './day.rules.js';
import type { Age } from './publication.rules.js';
import type { RestrictionRule } from './restriction.rules.js';
import type { RowReason, RowReasonCode } from './row-reasons.rules.js';
import { wordsFor } from './row-reasons.rules.js';

export interface RejectedRow {
  /** Index in the `grants` list, from 0. */
  readonly position: number;
  /** The grant's own id, when it can be read. */
  readonly id: string | null;
  /** Of the first reason, in the reader's language. */
  readonly field: string | null;
  readonly reason: string;
  readonly reasons: readonly SaidReason[];
}
interface SaidReason extends Readonly<Record<Locale, string>> {
  readonly code: RowReasonCode;
  readonly field: string | null;
}

/** Why two records are probably one organization. */
export type TwinReason = 'CLAIMED_NUMBER' | 'SAME_NUMBER' | 'SIMILAR_NUMBER';

/** Two records that are probably one organization: history stands under the first. */
export interface LikelyTwin {
  readonly reason: TwinReason;
  /** As `GB-CHC-1153055`. */
  readonly identifier: string;
  /** Null when this import would make the organization, and is a dry run. */
  readonly organizationId: string | null;
  readonly twinId: string | null;
  readonly twinIdentifier: string;
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
  /** When the file, or else the caller, says that the file was issued. */
  readonly issued: string | null;
  readonly olderCount: number;
  readonly undatedKeptCount: number;
  readonly undatedUpdatedCount: number;
  readonly monthFirstDate: MonthFirstDate | null;
  /** As given, with the number of grants to which each applied. */
  readonly restrictionRules: readonly (RestrictionRule & { readonly grants: number })[];
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
/** Of those beyond the listed the number is told, up to this: memory stays flat. */
const MAX_TWINS = 100_000;

interface TwinSide {
  readonly identifier: Identifier;
  readonly organizationId: string;
  /** Whether this import made the organization. */
  readonly isNew: boolean;
}
export interface MetTwin extends TwinSide {
  readonly reason: TwinReason;
  readonly twin: TwinSide;
}

/** What is known of the file as a whole, and was asked for. */
export interface FileFacts {
  readonly issued: PublishedAt | null;
  readonly monthFirst: MonthFirstDate | null;
  readonly restrictionRules: readonly RestrictionRule[];
}

export type RecordedOutcome = 'created' | 'updated' | 'unchanged';

/** Counts outcomes while rows go by. */
export class ImportTally {
  private readonly counts: Record<RecordedOutcome, number> = { created: 0, updated: 0, unchanged: 0 };
  private readonly rejected: { position: number; id: string | null; reasons: readonly RowReason[] }[] = [];
  private rejectedCount = 0;
  private readonly ages: Partial<Record<Age, number>> = {};
  private readonly ruled: number[];
  private readonly twins = new Map<string, MetTwin | null>();

  private issued: PublishedAt | null;

  constructor(private readonly facts: FileFacts) {
    this.ruled = facts.restrictionRules.map(() => 0);
    this.issued = facts.issued;
  }

  /** What the file says of itself at its end. */
  issuedAt(issued: PublishedAt | null): void {
    this.issued = issued;
  }

  recorded(outcome: RecordedOutcome, rows = 1): void {
    this.counts[outcome] += rows;
  }

  reject(position: number, id: string | null, reasons: readonly RowReason[]): void {
    this.rejectedCount += 1;
    if (this.rejected.length < LISTED_REJECTIONS) this.rejected.push({ position, id, reasons });
  }

  /** Of a row that says something else than what was recorded. */
  differed(age: Age): void {
    this.ages[age] = (this.ages[age] ?? 0) + 1;
  }

  ruledBy(rule: number | null): void {
    if (rule !== null) this.ruled[rule] += 1;
  }

  twin(met: MetTwin): void {
    const sides = [met, met.twin].map(({ identifier: { scheme, value }, organizationId }) =>
      [scheme, value, organizationId].join(' '),
    );
    // Either may be met first. Looked up once more when the matcher has forgotten it: by then the organization is there.
    const key = sides.sort().join(' ');
    if (this.twins.has(key) || this.twins.size >= MAX_TWINS) return;
    this.twins.set(key, this.twins.size < LISTED_TWINS ? met : null);
  }

  summary(seconds: number, dryRun: boolean, locale: Locale): ImportSummary {
    const { created, updated, unchanged } = this.counts;
    const { monthFirst, restrictionRules } = this.facts;
    return {
      read: created + updated + unchanged + this.rejectedCount,
      ...this.counts,
      rejectedCount: this.rejectedCount,
      // Batches may end out of order.
      rejected: this.rejected
        .toSorted((left, right) => left.position - right.position)
        .map(({ position, id, reasons }) => rejectedRow(position, id, reasons, locale)),
      issued: (this.issued?.isDay ? this.issued.at.slice(0, 10) : this.issued?.at) ?? null,
      olderCount: this.ages.OLDER ?? 0,
      undatedKeptCount: this.ages.UNDATED ?? 0,
      undatedUpdatedCount: this.ages.BOTH_UNDATED ?? 0,
      monthFirstDate: monthFirst,
      restrictionRules: restrictionRules.map((rule, i) => ({ ...rule, grants: this.ruled[i] })),
      likelyTwinCount: this.twins.size,
      likelyTwins: [...this.twins.values()].filter((met) => met !== null).map((met) => likelyTwin(met, dryRun)),
      seconds: Math.round(seconds * 1000) / 1000,
      dryRun,
    };
  }
}

function rejectedRow(position: number, id: string | null, reasons: readonly RowReason[], locale: Locale): RejectedRow {
  const said = reasons.map((reason) => ({
    code: reason.code,
    field: reason.field,
    en: wordsFor(reason, 'en'),
    vi: wordsFor(reason, 'vi'),
  }));
  const [first] = said;
  return { position, id, field: first.field, reason: first[locale], reasons: said };
}

function likelyTwin(met: MetTwin, dryRun: boolean): LikelyTwin {
  const idOf = ({ organizationId, isNew }: TwinSide): string | null =>
    dryRun && isNew ? null : publicId('organization', organizationId);
  const textOf = ({ identifier: { scheme, value } }: TwinSide): string => `${scheme}-${value}`;
  return {
    reason: met.reason,
    identifier: textOf(met),
    organizationId: idOf(met),
    twinId: idOf(met.twin),
    twinIdentifier: textOf(met.twin),
  };
}
