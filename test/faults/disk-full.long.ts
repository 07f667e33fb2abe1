import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { findBreaches } from '../../src/doctor/doctor.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import type { ServiceProcess } from '../support/service-process.js';
import { startBeside } from '../support/service-process.js';
import { figure, rounds } from './figures.js';
import type { OwnServer } from './own-server.js';
import { startOwnServer } from './own-server.js';
import { sendUntilDone, tryWrite } from './unavailable.js';
import type { Service, Write } from './writes.js';
import { expectAllOnce, writeOf } from './writes.js';

// By hand and as root alone: it mounts a small file system of its own.
const TIMES = rounds(1, 5);
const CLIENTS = 8;
const LEFT = 600_000;

let disk: string;
let server: OwnServer;
let network: Network;
let running: ServiceProcess;
let service: Service;
beforeAll(async () => {
  disk = mkdtempSync(join(tmpdir(), 'goodfaith-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m,mode=755', 'tmpfs', disk]);
  chmodSync(disk, 0o755);
  server = await startOwnServer({ home: disk, settings: { max_wal_size: '96MB' } });
  network = await startNetwork({ database: server.database });
  running = await startBeside(network, { RATE_PER_KEY: '1000000', RATE_PER_ADDRESS: '1000000' });
  service = { url: running.url, keys: network.keys };
}, 300_000);
afterAll(async () => {
  running.child.kill('SIGKILL');
  await network.stop();
  execFileSync('umount', ['--lazy', disk]);
  rmSync(disk, { recursive: true });
});

const ballast = (): string => join(disk, 'ballast');
function fillDisk(): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(ballast(), Buffer.alloc(Math.max(0, bavail * bsize - LEFT)));
}

it(
  'the disk of PostgreSQL is full: writes are told UNAVAILABLE, and are done once when there is room again',
  async () => {
    const writes: Write[] = [];
    let refused = 0;
    for (let time = 1; time <= TIMES; time++) {
      fillDisk();
      const client = async (): Promise<void> => {
        for (;;) {
          const write = writeOf(writes.length);
          writes.push(write);
          const id = await tryWrite(service, write);
          if (id === null) return;
          write.answer = id;
        }
      };
      await Promise.all(Array.from({ length: CLIENTS }, client));
      refused += writes.filter(({ answer }) => answer === undefined).length;
      rmSync(ballast());
      // A server that could not write its log has ended itself.
      await server.restart();
      for (const write of writes) write.answer ??= await sendUntilDone(service, write);
      const owner = new pg.Client({ connectionString: server.database.ownerUrl });
      await owner.connect();
      try {
        await expectAllOnce(owner, writes);
        expect((await findBreaches(owner)).filter(({ breaches }) => breaches.length > 0)).toEqual([]);
      } finally {
        await owner.end();
      }
    }
    figure('disk full', { times: TIMES, writes: writes.length, refused });
  },
  TIMES * 120_000,
);
