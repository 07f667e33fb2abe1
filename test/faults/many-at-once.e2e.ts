import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { findBreaches } from '../../src/doctor/doctor.js';
import type { Answer } from '../support/client.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import { figure, rounds } from './figures.js';
import { expectUnavailable, sendUntilDone } from './unavailable.js';
import { NotDone, expectAllOnce, sendWrite, writeOf } from './writes.js';

const KEYS = rounds(6, 50);
const CLIENTS = 200;
const RACES = rounds(3, 50);
const WRITERS = 20;

let network: Network;
let owner: pg.Client;
beforeAll(async () => {
  network = await startNetwork();
  owner = new pg.Client({ connectionString: network.databaseUrls.owner });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await network.stop();
});

it(
  'a call that 200 clients send at once is done once, and each of them is told the same, or to send it again',
  async () => {
    const told = { done: 0, IDEMPOTENCY_IN_FLIGHT: 0, UNAVAILABLE: 0 };
    // Each has an idempotency key, and nothing else that would find the first call again.
    const writes = Array.from({ length: KEYS }, (_, n) => writeOf(3 * n));
    for (const write of writes) {
      const ids = await Promise.all(
        Array.from({ length: CLIENTS }, async () => {
          try {
            const id = await sendWrite(network, write);
            told.done += 1;
            return id;
          } catch (error) {
            if (!(error instanceof NotDone)) throw error;
            const isInFlight = error.message.includes('IDEMPOTENCY_IN_FLIGHT');
            if (!isInFlight) expectUnavailable(error.answer);
            told[isInFlight ? 'IDEMPOTENCY_IN_FLIGHT' : 'UNAVAILABLE'] += 1;
            return null;
          }
        }),
      );
      write.answer = await sendUntilDone(network, write);
      expect([...new Set(ids.filter((id) => id !== null))]).toEqual([write.answer]);
    }
    await expectAllOnce(owner, writes);
    figure('duplicates', { keys: KEYS, clients: CLIENTS, ...told });
  },
  KEYS * 20_000,
);

it(
  'of 20 writers who read one version one is done, and 19 are told STALE_VERSION',
  async () => {
    const { keys, ids } = network;
    const update = `mutation ($input: UpdateFunderProfileInput!) {
      updateFunderProfile(input: $input) { funder { mission version } userErrors { code } } }`;
    let unavailable = 0;
    const write = async (input: object): Promise<{ funder: object | null; userErrors: { code: string }[] }> => {
      for (;;) {
        const answer: Answer = await network.call(keys.funder, update, { input });
        if (!answer.errors) return answer.data.updateFunderProfile;
        expectUnavailable(answer);
        unavailable += 1;
      }
    };
    for (let race = 1; race <= RACES; race++) {
      const { data } = await network.call(keys.funder, `{ funder(id: "${ids.funder}") { version } }`);
      const expectedVersion = data.funder.version as number;
      const answers = await Promise.all(
        Array.from({ length: WRITERS }, (_, n) =>
          write({ expectedVersion, mission: `Mission ${race}.${n}`, idempotencyKey: `race ${race}.${n}` }),
        ),
      );
      const done = answers.filter(({ userErrors }) => userErrors.length === 0);
      expect(done).toEqual([{ funder: { mission: expect.any(String), version: expectedVersion + 1 }, userErrors: [] }]);
      const refused = answers.filter((answer) => answer !== done[0]);
      expect(refused.map(({ userErrors }) => userErrors)).toEqual(Array(WRITERS - 1).fill([{ code: 'STALE_VERSION' }]));
      const now = await network.call(keys.funder, `{ funder(id: "${ids.funder}") { mission version } }`);
      expect(now.data.funder).toEqual(done[0].funder);
    }
    expect((await findBreaches(owner)).filter(({ breaches }) => breaches.length > 0)).toEqual([]);
    figure('one version', { races: RACES, writers: WRITERS, 'told UNAVAILABLE first': unavailable });
  },
  RACES * 20_000,
);
