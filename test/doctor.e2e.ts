import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { findBreaches } from '../src/doctor/doctor.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
let owner: pg.Client;
beforeAll(async () => {
  network = await startNetwork();
  owner = new pg.Client({ connectionString: network.databaseUrls.owner });
  await owner.connect();
  // Asking for events has them sealed.
  await network.call(network.keys.steward, '{ events { nodes { id } } }');
});
afterAll(async () => {
  await owner.end();
  await network.stop();
});

const broken = async (): Promise<string[]> =>
  (await findBreaches(owner)).filter(({ breaches }) => breaches.length > 0).map(({ name }) => name);

/** Past every trigger and constraint that would refuse it: what a bad restore or a hand at the database could do. */
async function tamper(sql: string): Promise<void> {
  await owner.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`);
}

describe('the doctor', () => {
  it('finds nothing in a network that is well', async () => {
    expect(await broken()).toEqual([]);
  });

  it('finds an event that was rewritten', async () => {
    await tamper(
      `UPDATE events SET type = 'SOMETHING_ELSE' WHERE id = (SELECT event_id FROM event_seals WHERE position = 2)`,
    );
    expect(await broken()).toEqual(['every sealed event is chained to the one before']);
  });

  it('finds an event that was taken away', async () => {
    await tamper('DELETE FROM event_seals WHERE position = 3');
    expect(await broken()).toEqual([
      'every sealed event is chained to the one before',
      'every event is sealed or waits for it',
    ]);
  });
});
