/** A funder's duty to answer one thing that a grantee told it. */
export interface Duty {
  readonly counterpartyId: string;
  readonly beganAt: Date;
  /** The first instant after its last day. */
  readonly dueAt: Date;
  readonly answeredAt: Date | null;
  /** When the grantee needed no answer any more. */
  readonly endedAt: Date | null;
  /** By the grantee's word. */
  readonly isResolved: boolean;
}

export type FundersDuty = Duty & { readonly funderId: string };

/** `ENDED`: over before it was due, so neither kept nor missed. */
export type DutyState = 'AWAITED' | 'ANSWERED' | 'MISSED' | 'ENDED';

export function dutyState({ dueAt, answeredAt, endedAt }: Duty, asOf: Date): DutyState {
  if (answeredAt !== null && answeredAt <= asOf) return 'ANSWERED';
  if (endedAt !== null && endedAt <= asOf && endedAt < dueAt) return 'ENDED';
  return dueAt <= asOf ? 'MISSED' : 'AWAITED';
}

export interface DutyCounts {
  /** Answered, or fallen due. */
  readonly due: number;
  readonly awaited: number;
  readonly answered: number;
  readonly answeredInTime: number;
  readonly medianDays: number | null;
  readonly resolved: number;
  readonly counterparties: number;
}

export function countDuties(duties: readonly Duty[], asOf: Date): DutyCounts {
  const answered = duties.filter((duty) => dutyState(duty, asOf) === 'ANSWERED');
  const missed = duties.filter((duty) => dutyState(duty, asOf) === 'MISSED');
  const due = [...answered, ...missed];
  return {
    due: due.length,
    awaited: duties.filter((duty) => dutyState(duty, asOf) === 'AWAITED').length,
    answered: answered.length,
    answeredInTime: answered.filter(({ answeredAt, dueAt }) => answeredAt! < dueAt).length,
    medianDays: median(answered.map(daysToAnswer)),
    resolved: due.filter(({ isResolved }) => isResolved).length,
    counterparties: new Set(due.map(({ counterpartyId }) => counterpartyId)).size,
  };
}

const DAY = 86_400_000;

/** Whole days from the beginning to the answer. */
function daysToAnswer({ beganAt, answeredAt }: Duty): number {
  return Math.floor((answeredAt!.getTime() - beganAt.getTime()) / DAY);
}

/** Of an even number of values the mean of the two in the middle, rounded to a whole. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return Math.round((sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2);
}

/** Fewer, and a published record could be about somebody. */
export const LEAST_COUNTERPARTIES = 25;

/** Both ends included, in percent, by the number of the band. */
export const PERCENT_BANDS = [
  { from: 0, to: 20 },
  { from: 20, to: 40 },
  { from: 40, to: 60 },
  { from: 60, to: 80 },
  { from: 80, to: 100 },
] as const;
export const DAY_BANDS = [
  { from: 0, to: 7 },
  { from: 8, to: 14 },
  { from: 15, to: 30 },
  { from: 31, to: 60 },
  { from: 61, to: null },
] as const;

/** Numbers of bands. */
export interface BandedRecord {
  readonly answered: number;
  readonly inTime: number;
  readonly resolved: number;
  /** Null when nothing was answered. */
  readonly days: number | null;
}

/**
 * What everybody may know of a year, or null when too few grantees had to do with it. Each grantee weighs the same,
 * however much it told, so that one moves a percentage by four points at most, a fifth of a band.
 */
export function publishable(duties: readonly Duty[], asOf: Date): BandedRecord | null {
  const byCounterparty = new Map<string, Duty[]>();
  for (const duty of duties) {
    const theirs = byCounterparty.get(duty.counterpartyId);
    if (theirs) theirs.push(duty);
    else byCounterparty.set(duty.counterpartyId, [duty]);
  }
  const counts = [...byCounterparty.values()].map((theirs) => countDuties(theirs, asOf)).filter(({ due }) => due > 0);
  if (counts.length < LEAST_COUNTERPARTIES) return null;
  const share = (of: (each: DutyCounts) => number): number =>
    percentBand((100 * counts.reduce((sum, each) => sum + of(each) / each.due, 0)) / counts.length);
  const days = median(counts.flatMap(({ medianDays }) => medianDays ?? []));
  return {
    answered: share(({ answered }) => answered),
    inTime: share(({ answeredInTime }) => answeredInTime),
    resolved: share(({ resolved }) => resolved),
    days: days === null ? null : dayBand(days),
  };
}

/** On the border of two bands it is the upper one, but for 100. */
export function percentBand(percent: number): number {
  return Math.min(Math.floor(percent / 20), PERCENT_BANDS.length - 1);
}

export function dayBand(days: number): number {
  return DAY_BANDS.findIndex(({ to }) => to === null || days <= to);
}

/** What is frozen: the duties whose last day lies in a year. */
export interface RecordYear {
  readonly year: number;
  readonly firstDay: string;
  readonly lastDay: string;
  /** The record says how things stood then: when the year's last day was over everywhere on Earth. */
  readonly asOf: Date;
}

export function yearToFreeze(now: Date): RecordYear {
  const year = new Date(now.getTime() - DAY).getUTCFullYear() - 1;
  return { year, firstDay: `${year}-01-01`, lastDay: `${year}-12-31`, asOf: new Date(Date.UTC(year + 1, 0, 2)) };
}

/** The days whose duties are counted live: due in the last 365 days, or still to come. */
export function liveSince(now: Date): string {
  return new Date(now.getTime() - 365 * DAY).toISOString().slice(0, 10);
}
