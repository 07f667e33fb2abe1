import type { Ended, ObservedNetwork } from '../support/observed-network.js';
import * as capture from './captures.js';
import type { Observer } from './observers.js';
import { CALLERS } from './observers.js';

export interface WayOut {
  /** What goes out here. */
  readonly what: string;
  readonly observers: readonly Observer[];
  /** What has left by this way when the service has ended, line by line, without what differs between any two runs. */
  readonly capture: ((network: ObservedNetwork, ended: Ended) => Promise<string[]> | string[]) | 'with each answer';
}

/**
 * Every way out of the service: the closed list. Whatever leaves must be on it, with who can see it and how it is
 * captured, so that two networks can be held against each other there. `registered.ts` says which part of the code uses which.
 */
export const WAYS_OUT = {
  answers: { what: 'status and body of each answer', observers: CALLERS, capture: 'with each answer' },
  headers: { what: 'names and values of response headers', observers: CALLERS, capture: 'with each answer' },
  lengths: { what: 'how many bytes an answer has', observers: CALLERS, capture: 'with each answer' },
  feeds: { what: 'all events, to their end, with cursors', observers: CALLERS, capture: 'with each answer' },
  'log lines': { what: 'one line for each request', observers: ['operator'], capture: capture.logLines },
  'fault lines': { what: 'warnings and errors in the log', observers: ['operator'], capture: capture.faultLines },
  'standard error': { what: 'what is told to the terminal', observers: ['operator'], capture: capture.standardError },
  'sockets opened': {
    what: 'connections to other machines',
    observers: ['operator'],
    capture: capture.deeds('socket'),
  },
  'ports opened': { what: 'where somebody can connect to', observers: ['operator'], capture: capture.deeds('port') },
  datagrams: { what: 'metrics and logs by UDP', observers: ['operator'], capture: capture.deeds('datagram') },
  'name look-ups': { what: 'names asked of DNS', observers: ['operator'], capture: capture.deeds('name look-up') },
  'processes started': { what: 'other programs', observers: ['operator'], capture: capture.deeds('process') },
  'threads started': { what: 'workers', observers: ['operator'], capture: capture.deeds('thread') },
  'files written': { what: 'files opened to write, moved, removed', observers: ['operator'], capture: capture.files },
  'file store': { what: 'names, sizes and bytes of attachments', observers: ['operator'], capture: capture.fileStore },
  'ledger store': { what: 'what is kept beside the database', observers: ['operator'], capture: capture.ledgerStore },
  'job tables': { what: 'jobs that wait or have failed', observers: ['operator'], capture: capture.jobTables },
  rows: { what: 'every row outside the schema of obstacles', observers: ['operator'], capture: capture.rows },
  sequences: { what: 'counters of the database', observers: ['operator'], capture: capture.sequences },
  'table statistics': {
    what: 'pg_stat_user_tables: rows written, outside the schema of obstacles',
    observers: ['operator'],
    capture: capture.tableStatistics,
  },
  'statement texts': {
    what: 'pg_stat_statements and pg_stat_activity: texts of statements, but those on tables of obstacles',
    observers: ['operator'],
    capture: capture.statementTexts,
  },
} as const satisfies Record<string, WayOut>;
export type WayOutName = keyof typeof WAYS_OUT;

/** Something that an observer can tell two networks apart by. */
export interface Difference {
  readonly wayOut: WayOutName;
  readonly observer: Observer;
  readonly asked: string;
  readonly first: string;
  readonly second: string;
}

const SHOWN = 5;

/** What has left each of two ended services by the ways that are captured at the end. */
export async function differencesAtTheEnd(
  networks: readonly [ObservedNetwork, ObservedNetwork],
  ends: readonly [Ended, Ended],
): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const [name, wayOut] of Object.entries(WAYS_OUT) as [WayOutName, WayOut][]) {
    const { capture: captured, observers } = wayOut;
    if (captured === 'with each answer') continue;
    const [first, second] = await Promise.all(networks.map(async (network, i) => captured(network, ends[i])));
    for (const [one, other] of differingLines(first, second).slice(0, SHOWN)) {
      for (const observer of observers) found.push({ wayOut: name, observer, asked: '', first: one, second: other });
    }
  }
  return found;
}

/** Lines that only one has, or, when both have the same lines, those that stand in another place. */
export function differingLines(first: readonly string[], second: readonly string[]): [string, string][] {
  const only = (these: readonly string[], those: readonly string[]): string[] => {
    const counts = new Map<string, number>();
    for (const line of those) counts.set(line, (counts.get(line) ?? 0) + 1);
    return these.filter((line) => {
      const left = counts.get(line) ?? 0;
      counts.set(line, left - 1);
      return left <= 0;
    });
  };
  const [onlyFirst, onlySecond] = [only(first, second), only(second, first)];
  const pairs = Array.from({ length: Math.max(onlyFirst.length, onlySecond.length) }, (_, i): [string, string] => [
    onlyFirst[i] ?? '(no such line)',
    onlySecond[i] ?? '(no such line)',
  ]);
  if (pairs.length > 0) return pairs;
  const at = first.findIndex((line, i) => line !== second[i]);
  return at < 0 ? [] : [[`line ${at}: ${first[at]}`, `line ${at}: ${second[at]}`]];
}
