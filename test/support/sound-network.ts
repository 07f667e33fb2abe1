import { expect } from '@jest/globals';
import pg from 'pg';
import { findBreaches } from '../../src/doctor/doctor.js';
import type { Network } from './network.js';

/** Ends a network of which the doctor finds nothing broken, whatever was done in it. Its events are sealed first. */
export async function stopSound(network: Network): Promise<void> {
  await network.call(network.keys.steward, '{ events { nodes { id } } }');
  const owner = new pg.Client({ connectionString: network.databaseUrls.owner });
  await owner.connect();
  const broken = (await findBreaches(owner)).filter(({ breaches }) => breaches.length > 0);
  await owner.end();
  await network.stop();
  expect(broken).toEqual([]);
}
