import type { ClientBase } from 'pg';
import { INVARIANTS } from './invariants.js';

export interface Finding {
  readonly name: string;
  /** The ids of the rows that break it. */
  readonly breaches: readonly string[];
}

const MOST_NAMED = 100;

/** Runs every invariant as `goodfaith_doctor`, who may read all and change nothing, on one snapshot of the data. */
export async function findBreaches(owner: ClientBase): Promise<Finding[]> {
  await owner.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    return await breachesSeen(owner);
  } finally {
    await owner.query('ROLLBACK');
  }
}

/** What breaks an invariant as the client's own transaction sees it, which stays the doctor's until it ends. */
export async function breachesSeen(client: ClientBase): Promise<Finding[]> {
  await client.query('SET LOCAL ROLE goodfaith_doctor');
  const findings: Finding[] = [];
  for (const [name, sql] of Object.entries(INVARIANTS)) {
    const { rows } = await client.query<{ id: string }>(
      `SELECT id::text FROM (${sql}) AS broken (id) LIMIT ${MOST_NAMED}`,
    );
    findings.push({ name, breaches: rows.map((row) => row.id) });
  }
  return findings;
}
