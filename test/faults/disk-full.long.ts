import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from '@jest/globals';
import { figure, rounds } from './figures.js';
import type { OwnServer } from './own-server.js';
import { startOwnServer } from './own-server.js';
import { sendUntilDone, tryWrite } from './unavailable.js';
import type { Write, WrittenNetwork } from './writes.js';
import { expectWhole, startWritten, writeOf } from './writes.js';

// By hand and as root alone: it mounts a small file system of its own.
const TIMES = rounds(1, 5);
const CLIENTS = 8;
const LEFT = 600_000;

let disk: string;
let server: OwnServer;
let written: WrittenNetwork;
beforeAll(async () => {
  disk = mkdtempSync(join(tmpdir(), 'goodfaith-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m,mode=755', 'tmpfs', disk]);
  chmodSync(disk, 0o755);
  server = await startOwnServer({ home: disk, settings: { max_wal_size: '96MB' } });
  written = await startWritten(server);
}, 300_000);
afterAll(async () => {
  written.running.child.kill('SIGKILL');
  await written.network.stop();
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
          const id = await tryWrite(written.service, write);
          if (id === null) return;
          write.answer = id;
        }
      };
      await Promise.all(Array.from({ length: CLIENTS }, client));
      refused += writes.filter(({ answer }) => answer === undefined).length;
      rmSync(ballast());
      // A server that could not write its log has ended itself.
      await server.restart();
      for (const write of writes) write.answer ??= await sendUntilDone(written.service, write);
      await expectWhole(server, writes);
    }
    figure('disk full', { times: TIMES, writes: writes.length, refused });
  },
  TIMES * 120_000,
);
