import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { breachesSeen, findBreaches } from '../src/doctor/doctor.js';
import { INVARIANTS } from '../src/doctor/invariants.js';
import { TAMPERING } from './support/tampering.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { tellEverything } from './support/whole-story.js';

let network: Network;
let owner: pg.Client;
beforeAll(async () => {
  network = await startNetwork();
  owner = new pg.Client({ connectionString: network.databaseUrls.owner });
  await owner.connect();
  await tellEverything(network);
  // Asking for events has them sealed.
  await network.call(network.keys.steward, '{ events { nodes { id } } }');
});
afterAll(async () => {
  await owner.end();
  await network.stop();
});

const namesOf = (findings: Awaited<ReturnType<typeof findBreaches>>): string[] =>
  findings.filter(({ breaches }) => breaches.length > 0).map(({ name }) => name);

/**
 * What the doctor says after something that a bad restore or a hand at the database could do, past every trigger and
 * foreign key. It is undone again. What it says of history besides is in `history.e2e.ts`.
 */
async function foundAfter(sql: string): Promise<string[]> {
  await owner.query('BEGIN');
  try {
    await owner.query('SET LOCAL session_replication_role = replica');
    const changed = [await owner.query(sql)].flat().reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0);
    expect(changed).toBeGreaterThan(0);
    return namesOf(await breachesSeen(owner)).filter((name) => name in INVARIANTS);
  } finally {
    await owner.query('ROLLBACK');
  }
}

describe('the doctor', () => {
  it('finds nothing in a network that is well', async () => {
    expect(namesOf(await findBreaches(owner))).toEqual([]);
  });

  it.each(TAMPERING)('finds it when $did', async ({ sql, breaks }) => {
    expect((await foundAfter(sql)).sort()).toEqual([...breaks].sort());
  });

  it('has been seen to find a breach of each invariant', () => {
    expect(new Set(TAMPERING.map(({ breaks }) => breaks[0]))).toEqual(new Set(Object.keys(INVARIANTS)));
  });
});
