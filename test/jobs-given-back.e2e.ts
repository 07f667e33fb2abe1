import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import type { Network } from './support/network.js';
import { QUIET, startNetwork } from './support/network.js';

/** A run of so many steps that no node ends it before it is told to end itself. */
const STEPS = 40;
const TASK = 'walk';

let network: Network;
let walked: number;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network?.stop());

/** A node with one more task by the clock, each step of which takes a moment. */
async function startNode(): Promise<NestFastifyApplication> {
  const node = await createApp({
    config: readConfig({ ...QUIET, JOBS: 'on', ATTACHMENTS_FOLDER: network.folder, LEDGER_FOLDER: network.ledger }),
    databaseUrl: network.databaseUrls.app,
    secret: network.secret,
  });
  node.get(Jobs).schedule(TASK, '0 0 1 1 *', () => async (tx) => {
    await tx.rows('SELECT pg_sleep(0.05)');
    return ++walked < STEPS;
  });
  await node.init();
  return node;
}
const job = async (): Promise<{ attempts: number; locked: boolean } | undefined> =>
  (
    await network.sql<{ attempts: number; locked: boolean }>(
      `SELECT attempts, locked_at IS NOT NULL AS locked FROM graphile_worker.jobs WHERE task_identifier = '${TASK}'`,
    )
  ).at(0);

it('a run by the clock ends after its step when its node ends, and another node goes on with it', async () => {
  walked = 0;
  const first = await startNode();
  await network.sql(`SELECT graphile_worker.add_job('${TASK}')`);
  while (walked === 0) await sleep(10);
  await first.close();
  expect(walked).toBeLessThan(STEPS);
  expect(await job()).toEqual({ attempts: 1, locked: false });

  const second = await startNode();
  while (await job()) await sleep(50);
  expect(walked).toBe(STEPS);
  await second.close();
});
