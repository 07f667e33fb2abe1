import { afterEach, expect, it } from '@jest/globals';
import pg from 'pg';
import { findBreaches } from '../../src/doctor/doctor.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import { tellWholeStory } from '../support/whole-story.js';
import { figure } from './figures.js';

let network: Network;
afterEach(() => network.stop());

const seal = async (): Promise<string[]> => {
  const input = { period: '2999' };
  const { userErrors } = await network.mutate(network.keys.steward, 'sealObstacleRelease', input, 'isDone');
  return (userErrors as { code: string }[]).map(({ code }) => code);
};

it.each([
  ['fast', 61_000],
  ['slow', -61_000],
])('a clock that is more than a minute %s: nothing is sealed, and all else is served', async (_, ms) => {
  network = await startNetwork();
  expect(await seal()).toEqual(['PERIOD_STILL_OPEN']);
  network.clock.set(new Date(Date.now() + ms).toISOString());
  network.clock.skew = ms;
  expect(await seal()).toEqual(['CLOCKS_DISAGREE']);
  await tellWholeStory(network, 'funder', 'grantee');
  const { rows } = await asOwner((owner) => owner.query<{ n: number }>('SELECT count(*)::int AS n FROM events'));
  expect(rows[0].n).toBeGreaterThan(30);
  const breaches = await asOwner((owner) => findBreaches(owner));
  expect(breaches.filter((each) => each.breaches.length > 0)).toEqual([]);
  network.clock.skew = 0;
  expect(await seal()).toEqual(['PERIOD_STILL_OPEN']);
  figure('clock apart', { ms, 'changes made': rows[0].n });
});

async function asOwner<T>(work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: network.databaseUrls.owner });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}
