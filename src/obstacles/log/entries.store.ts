import { waitForLock, waitForSharedLock } from '../../platform/db/advisory-locks.js';
import { columnsOf } from '../../platform/db/columns.js';
import type { ListRequest } from '../../platform/api/page.js';
import type { Tx } from '../../platform/db/transaction.js';
import { EntryRow } from './entry.entity.js';
import { ObstacleEventRow } from './owner-records.entity.js';

/** What readers of an owner's stream get. */
export type ObstacleEvent = Pick<ObstacleEventRow, 'id' | 'type' | 'at' | 'obstacleId' | 'seq' | 'sub'>;

export async function lockEntry(tx: Tx, id: string): Promise<EntryRow | null> {
  const [row] = await tx.rows<EntryRow>(
    `SELECT ${columnsOf(EntryRow, 'e')} FROM obstacles.entries e WHERE e.id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  return row ?? null;
}

/**
 * Where an event stands in its owner's stream. What only a line of keys can read takes no number of the organization's:
 * it comes after the number reached, in an order of its own, so that the others' numbers have no gap that tells of it.
 */
export type Place = Pick<ObstacleEventRow, 'seq' | 'sub'>;
export type Owner = Pick<ObstacleEventRow, 'organizationId' | 'readerId'>;

/**
 * Held until the commit, so that who reads in order never skips a late one. Others wait for what they may all read: the
 * row of the organization's stream is locked. For what a line of keys alone can read, that row is only looked at, and
 * nobody waits but the line itself, whose readers take its lock shared (`lockOfLine`).
 */
export async function nextInStream(tx: Tx, { organizationId, readerId }: Owner): Promise<Place> {
  const [, [place]] = await tx.lockThenRead<Place>(
    [`SELECT ${waitForLock('HIDDEN_STREAM', '$1')}`, [numberOfLine(tx.actor.lineageId!)]],
    // After the lock, in a statement with a snapshot of its own: what a reader has seen is counted.
    [readerId === organizationId ? NEXT_OF_ORGANIZATION : NEXT_OF_LINE, [readerId, organizationId]],
  );
  return place;
}

const ADVANCE = `INSERT INTO obstacles.streams AS s (reader_id, organization_id, last_seq) VALUES ($1, $2, 1)
  ON CONFLICT (reader_id) DO UPDATE SET last_seq = s.last_seq + 1`;
const NEXT_OF_ORGANIZATION = `${ADVANCE} RETURNING s.last_seq AS "seq", 0::bigint AS "sub"`;
const NEXT_OF_LINE = `${ADVANCE} RETURNING s.last_seq AS "sub",
  coalesce((SELECT o.last_seq FROM obstacles.streams o WHERE o.reader_id = $2), 0) AS "seq"`;

/** Nothing happened after all: the number that was taken is the next one's again, so that the stream has no gap. */
export function giveBackPlace(tx: Tx, { readerId }: Owner): void {
  tx.later('UPDATE obstacles.streams SET last_seq = last_seq - 1 WHERE reader_id = $1', [readerId]);
}

/** What a reader of the line's events waits for: whoever is adding one. */
export function lockOfLine(lineageId: string): [lock: string, values: unknown[]] {
  return [waitForSharedLock('HIDDEN_STREAM', '$1'), [numberOfLine(lineageId)]];
}

/** Of a random id that nobody is shown. Two lines meet by chance, one pair of four thousand million. */
function numberOfLine(lineageId: string): number {
  return Number.parseInt(lineageId.slice(-8), 16) | 0;
}

export interface Submission {
  readonly obstacleId: string;
  readonly contentHash: Buffer;
}

/** What was sent under this id before; the caller's own line of keys first. */
export async function findSubmission(
  tx: Tx,
  readers: readonly string[],
  clientSubmissionId: string,
): Promise<Submission | null> {
  const [row] = await tx.rows<Submission>(
    `SELECT s.obstacle_id AS "obstacleId", s.content_hash AS "contentHash" FROM obstacles.submissions s
     WHERE s.reader_id = ANY ($1) AND s.client_submission_id = $2 ORDER BY s.reader_id = $3 DESC LIMIT 1`,
    [readers, clientSubmissionId, tx.actor.lineageId],
  );
  return row ?? null;
}

export async function versionOf(tx: Tx, obstacleId: string): Promise<number> {
  const [row] = await tx.rows<{ version: number }>(
    `SELECT e.version + coalesce(s.version - 1, 0) AS "version"
     FROM obstacles.entries e LEFT JOIN obstacles.shared s ON s.id = e.id WHERE e.id = $1`,
    [obstacleId],
  );
  return row.version;
}

/** The owner's stream, oldest first. */
export function eventList(readers: readonly string[]): Omit<ListRequest, 'arguments'> {
  return {
    name: 'obstacleEvents',
    select: columnsOf(ObstacleEventRow, 'v', ['id', 'type', 'at', 'obstacleId', 'seq', 'sub']),
    from: 'obstacles.events v',
    key: [
      { sql: 'v.seq', alias: 'seq', type: 'bigint' },
      { sql: 'v.sub', alias: 'sub', type: 'bigint' },
      { sql: 'v.id', alias: 'id', type: 'uuid' },
    ],
    descending: false,
    where: [],
    tenant: { column: 'v.reader_id', ids: readers },
  };
}

/** In a function of the database, since no role of the service may both see what is closed and write into streams. Answers how many. */
export async function tellOfClosing(tx: Tx, most: number): Promise<number> {
  const [row] = await tx.rows<{ told: number }>('SELECT tell_of_closing($1, $2, $3) AS "told"', [
    tx.newHiddenId(),
    tx.now,
    most,
  ]);
  return row.told;
}
