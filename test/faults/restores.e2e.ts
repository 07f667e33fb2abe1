import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '../support/database.js';
import type { Network } from '../support/network.js';
import { networkWithBackup, publishedBodies, restore } from '../support/restores.js';
import { figure, rounds } from './figures.js';

let network: Network;
let backup: TestDatabase;
beforeAll(async () => {
  ({ network, backup } = await networkWithBackup());
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
