import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '../../src/platform/clock/clock.js';
import { Entropy } from '../../src/platform/clock/entropy.js';
import type { TestDatabase } from '../support/database.js';
import type { Network } from '../support/network.js';
import { backUp, publishedBodies, restore } from '../support/restores.js';
import { SealingScenes, startSealingNetwork } from '../support/statistics-scenes.js';
import { figure, rounds } from './figures.js';

/** Chance decides what is published: real noise, drawn from the system's random bytes. */
let network: Network;
let backup: TestDatabase;
beforeAll(async () => {
  network = await startSealingNetwork(new Entropy(new Clock()));
  const scenes = new SealingScenes(network);
  await scenes.addGrantees({ from: 1, count: 220 });
  await scenes.report({ from: 1, count: 90, code: 'DISBURSEMENT_DELAY', at: '2026-08-01' });
  network.clock.set('2026-10-20T09:00:00Z');
  backup = await backUp(network);
});
afterAll(async () => {
  await backup.drop();
  await network.stop();
});

/** Restores the backup, seals the quarter in it, and answers what is published then. */
async function restoreAndSeal(): Promise<string> {
  const restored = await restore(network, backup);
  try {
    expect(await restored.scenes.seal('2026-Q3')).toMatchObject({ isDone: true, userErrors: [] });
    return await publishedBodies(restored, '2026-Q3');
  } finally {
    await restored.stop();
  }
}

describe('a quarter that is sealed again after a restore', () => {
  const times = rounds(6, 30);
  it(`is published in the same bytes, ${times} times`, async () => {
    const bodies = new Set<string>();
    for (let i = 0; i < times; i++) bodies.add(await restoreAndSeal());
    figure('sealing after a restore', { restores: times, 'published bodies': bodies.size });
    expect([...bodies]).toEqual([expect.stringContaining('FUNDER_PAYMENT')]);
  });

  it('would differ each time without the ledger', async () => {
    const bodies = new Set<string>();
    for (let i = 0; i < 3; i++) {
      rmSync(network.ledger, { recursive: true });
      bodies.add(await restoreAndSeal());
    }
    expect(bodies.size).toBe(3);
  });
});
