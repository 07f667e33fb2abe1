import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { findBreaches } from '../../src/doctor/doctor.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import type { ServiceProcess } from '../support/service-process.js';
import { startBeside } from '../support/service-process.js';
import { figure, quantile, rounds } from './figures.js';
import type { OwnServer } from './own-server.js';
import { startOwnServer } from './own-server.js';
import { sendUntilDone, tryWrite } from './unavailable.js';
import type { Service, Write } from './writes.js';
import { expectAllOnce, writeOf } from './writes.js';

const KILLS = rounds(3, 50);
const CLIENTS = 12;
const ENOUGH = 60;

let server: OwnServer;
let network: Network;
let running: ServiceProcess;
let service: Service;
beforeAll(async () => {
  server = await startOwnServer();
  network = await startNetwork({ database: server.database });
  running = await startBeside(network, { RATE_PER_KEY: '1000000', RATE_PER_ADDRESS: '1000000' });
  service = { url: running.url, keys: network.keys };
});
afterAll(async () => {
  running.child.kill('SIGKILL');
  await network.stop();
});

const writes: Write[] = [];

/** Writes without a pause; in the middle PostgreSQL is killed. Each client goes on until it has been cut off. */
async function writeUntilKilled(): Promise<Write[]> {
  let acknowledged = 0;
  let killing: Promise<void> | undefined;
  const cut: Write[] = [];
  const client = async (): Promise<void> => {
    for (;;) {
      const write = writeOf(writes.length);
      writes.push(write);
      const id = await tryWrite(service, write);
      if (id === null) return void cut.push(write);
      write.answer = id;
      if (++acknowledged === ENOUGH) killing = server.kill();
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  await killing;
  return cut;
}

it(
  'PostgreSQL is killed under a load of writes: those cut off are told UNAVAILABLE, and are done once when sent again',
  async () => {
    let cut = 0;
    const recoveries: number[] = [];
    for (let round = 1; round <= KILLS; round++) {
      const begun = writes.length;
      const lost = await writeUntilKilled();
      expect(lost).toHaveLength(CLIENTS);
      cut += lost.length;
      const killed = performance.now();
      await server.restart();
      for (const write of writes.slice(begun)) {
        const id = await sendUntilDone(service, write);
        if (write === writes[begun]) recoveries.push(performance.now() - killed);
        expect([write.name, id]).toEqual([write.name, write.answer ?? id]);
        write.answer = id;
      }
      const owner = new pg.Client({ connectionString: server.database.ownerUrl });
      await owner.connect();
      try {
        await expectAllOnce(owner, writes);
        expect((await findBreaches(owner)).filter(({ breaches }) => breaches.length > 0)).toEqual([]);
      } finally {
        await owner.end();
      }
    }
    const median = quantile(recoveries, 0.5);
    figure('PostgreSQL killed', {
      kills: KILLS,
      writes: writes.length,
      'cut off': cut,
      'ms until served again': median,
    });
  },
  KILLS * 40_000,
);
