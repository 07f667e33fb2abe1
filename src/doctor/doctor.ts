import type { ClientBase } from 'pg';
import { AGREED_TEXT, textsThatDiffer } from './agreed-text.js';
import { HISTORY_INVARIANTS } from './history-invariants.js';
import { INVARIANTS } from './invariants.js';
import type { KeptHead } from './kept-head.rules.js';

export interface Finding {
  readonly name: string;
  /** The ids of the rows that break it. */
  readonly breaches: readonly string[];
}

export const KEPT_HEAD = 'a head that was kept lies in the history';
const MOST_NAMED = 100;

/** Runs every invariant as `goodfaith_doctor`, who may read all and change nothing, on one snapshot of the data. */
export async function findBreaches(owner: ClientBase, kept: readonly KeptHead[] = []): Promise<Finding[]> {
  return asDoctor(owner, () => breachesSeen(owner, kept));
}

/** The last position and its hash: what to keep elsewhere, and to give to a later check. Null when nothing happened yet. */
export function headOf(owner: ClientBase): Promise<string | null> {
  return asDoctor(owner, async () => {
    const { rows } = await owner.query<{ head: string }>(
      `SELECT position || ':' || encode(hash, 'hex') AS head FROM event_seals ORDER BY position DESC LIMIT 1`,
    );
    return rows.length === 0 ? null : rows[0].head;
  });
}

/** One snapshot, read as `goodfaith_doctor`. */
export async function asDoctor<T>(owner: ClientBase, work: () => Promise<T>): Promise<T> {
  await owner.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    await owner.query('SET LOCAL ROLE goodfaith_doctor');
    return await work();
  } finally {
    await owner.query('ROLLBACK');
  }
}

/** What breaks an invariant as the client's own transaction sees it, which stays the doctor's until it ends. */
export async function breachesSeen(client: ClientBase, kept: readonly KeptHead[] = []): Promise<Finding[]> {
  await client.query('SET LOCAL ROLE goodfaith_doctor');
  const findings: Finding[] = [];
  for (const [name, sql] of Object.entries({ ...INVARIANTS, ...HISTORY_INVARIANTS })) {
    const { rows } = await client.query<{ id: string }>(
      `SELECT id::text FROM (${sql}) AS broken (id) LIMIT ${MOST_NAMED}`,
    );
    findings.push({ name, breaches: rows.map((row) => row.id) });
  }
  findings.push({ name: AGREED_TEXT, breaches: await textsThatDiffer(client, MOST_NAMED) });
  for (const head of kept) findings.push({ name: KEPT_HEAD, breaches: await missingHead(client, head) });
  return findings;
}

/** What is wrong with it, in words; a published head does not say at which position it was taken, so it is compared with each. */
async function missingHead(client: ClientBase, head: KeptHead): Promise<string[]> {
  if ('day' in head) {
    const digest = `sha256(convert_to($1 || ':' || position || ':' || encode(hash, 'hex'), 'UTF8'))`;
    const { rows } = await client.query(`SELECT 1 FROM event_seals WHERE ${digest} = decode($2, 'hex') LIMIT 1`, [
      head.day,
      head.digest,
    ]);
    return rows.length > 0 ? [] : [`no position gives the digest of ${head.day}`];
  }
  const { rows } = await client.query<{ isSame: boolean }>(
    `SELECT hash = decode($2, 'hex') AS "isSame" FROM event_seals WHERE position = $1::bigint`,
    [head.position, head.hash],
  );
  if (rows.length === 0) return [`there is no position ${head.position}`];
  return rows[0].isSame ? [] : [`position ${head.position} has another hash`];
}
