import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { figure, quantile, rounds } from './figures.js';
import type { OwnServer } from './own-server.js';
import { startOwnServer } from './own-server.js';
import { sendUntilDone, tryWrite } from './unavailable.js';
import type { Write, WrittenNetwork } from './writes.js';
import { expectWhole, startWritten, writeOf } from './writes.js';

const KILLS = rounds(3, 50);
const CLIENTS = 12;
const ENOUGH = 60;

let server: OwnServer;
let written: WrittenNetwork;
beforeAll(async () => {
  server = await startOwnServer();
  written = await startWritten(server);
});
afterAll(async () => {
  written.running.child.kill('SIGKILL');
  await written.network.stop();
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
      const id = await tryWrite(written.service, write);
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
        const id = await sendUntilDone(written.service, write);
        if (write === writes[begun]) recoveries.push(performance.now() - killed);
        expect([write.name, id]).toEqual([write.name, write.answer ?? id]);
        write.answer = id;
      }
      await expectWhole(server, writes);
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
