import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { formatToken } from '../../src/accounts/api-key.rules.js';
import { digestOf } from '../../src/accounts/key-authenticator.service.js';
import { findBreaches } from '../../src/doctor/doctor.js';
import type { EmbeddedPostgres } from '../../src/platform/db/embedded/embedded-postgres.js';
import { startEmbeddedPostgres } from '../../src/platform/db/embedded/embedded-postgres.js';
import type { ServiceProcess } from '../support/service-process.js';
import { startService, temporaryHome } from '../support/service-process.js';
import { figure, rounds } from './figures.js';
import type { Write } from './writes.js';
import { expectAllOnce, sendWrite, writeOf } from './writes.js';

const AT_ONCE = 12;
const ENOUGH = 80;
const KILLS = rounds(1, 500);
const home = temporaryHome();
const env = { GOODFAITH_HOME: home.path, RATE_PER_KEY: '1000000', SHUTDOWN_DELAY_SECONDS: '0' };

let service: ServiceProcess;
let keys: Record<'steward' | 'grantee', string>;
const writes: Write[] = [];

beforeAll(async () => {
  service = await startService(env);
  await asOwner(async (owner) => {
    const organization = randomUUID();
    await owner.query(
      `INSERT INTO organizations (id, name, is_listed, created_at, updated_at) VALUES ($1, 'Nhóm cứu trợ', true, now(), now())`,
      [organization],
    );
    await owner.query(
      `INSERT INTO grantees (organization_id, legal_form, name, is_listed, updated_at) VALUES ($1, 'REGISTERED', 'Nhóm cứu trợ', true, now())`,
      [organization],
    );
    keys = { steward: await issueKey(owner, 'STEWARD', null), grantee: await issueKey(owner, 'GRANTEE', organization) };
  });
}, 60_000);
afterAll(async () => {
  service.child.kill('SIGKILL');
  const server = await startEmbeddedPostgres({ home: home.path });
  await server.stop('immediate');
  home.remove();
}, 30_000);

async function issueKey(owner: pg.Client, role: string, organizationId: string | null): Promise<string> {
  const [id, secret] = [randomUUID(), randomBytes(32).toString('base64url')];
  await owner.query(
    `INSERT INTO api_keys (id, secret_digest, role, organization_id, lineage_id, label, created_at)
     VALUES ($1, $2, $3, $4, gen_random_uuid(), 'for the test', now())`,
    [id, digestOf(secret), role, organizationId],
  );
  return formatToken({ id, secret });
}

const send = (write: Write): Promise<string> => sendWrite({ url: service.url, keys }, write);

function nextWrite(): Write {
  const write = writeOf(writes.length);
  writes.push(write);
  return write;
}

/** Writes without a pause until the service is gone; `kill` is called in the middle. Answers how many were cut off. */
async function hammer(kill: () => void): Promise<number> {
  const begun = writes.length;
  let acknowledged = 0;
  const worker = async (): Promise<void> => {
    for (;;) {
      const write = nextWrite();
      try {
        write.answer = await send(write);
        if (++acknowledged === ENOUGH) kill();
      } catch {
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return writes.slice(begun).filter(({ answer }) => answer === undefined).length;
}

/** Sends again what was written since `from`, and looks for everything that was written at all. */
async function expectEachOnce(owner: pg.Client, from = 0): Promise<void> {
  const acknowledged = writes.filter(({ answer }) => answer !== undefined);
  for (const write of writes.slice(from)) {
    const id = await send(write);
    // The same as was answered before the fault, and a first answer to what was cut off.
    expect([write.name, id]).toEqual([write.name, write.answer ?? id]);
    write.answer = id;
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(ENOUGH);
  await expectAllOnce(owner, writes);
}

async function asOwner(work: (owner: pg.Client, server: EmbeddedPostgres) => Promise<void>): Promise<void> {
  const server = await startEmbeddedPostgres({ home: home.path });
  const owner = new pg.Client({ connectionString: server.url });
  await owner.connect();
  try {
    await work(owner, server);
  } finally {
    await owner.end();
    await server.stop();
  }
}
const expectSound = async (owner: pg.Client): Promise<void> =>
  expect((await findBreaches(owner)).filter(({ breaches }) => breaches.length > 0)).toEqual([]);

describe('what was acknowledged', () => {
  it(
    'is there once after the service was killed in the middle of writes',
    async () => {
      let cut = 0;
      for (let round = 1; round <= KILLS; round++) {
        const begun = writes.length;
        const lost = await hammer(() => service.child.kill('SIGKILL'));
        expect(lost).toBeGreaterThan(0);
        cut += lost;
        expect((await service.exit).signal).toBe('SIGKILL');
        service = await startService(env);
        await asOwner((owner) => expectEachOnce(owner, begun));
      }
      await asOwner((owner) => expectSound(owner));
      figure('service killed', { kills: KILLS, writes: writes.length, 'cut off': cut });
    },
    KILLS * 40_000,
  );

  it('is there once after PostgreSQL was killed with it', async () => {
    const begun = writes.length;
    let pid = 0;
    await asOwner(async (_owner, server) => void (pid = server.pid));
    const cut = await hammer(() => {
      process.kill(pid, 'SIGKILL');
      service.child.kill('SIGKILL');
    });
    expect(cut).toBeGreaterThan(0);
    await service.exit;
    service = await startService(env);
    await asOwner(async (owner, server) => {
      expect(server.pid).not.toBe(pid);
      await expectEachOnce(owner, begun);
      await expectSound(owner);
    });
  }, 40_000);
});

describe('a clean stop', () => {
  it('answers what it was asked before, takes no more, and ends with 0', async () => {
    await asOwner(async (owner) => {
      await owner.query('BEGIN');
      await owner.query('LOCK narrative_reports IN EXCLUSIVE MODE');
      const pending = Array.from({ length: 5 }, () => {
        const write = nextWrite();
        return writes.length % 3 === 2 ? send(write) : undefined;
      }).filter((sent) => sent !== undefined);
      await sleep(300);
      const stopped = once(service.child, 'exit');
      service.child.kill('SIGTERM');
      await sleep(300);
      await expect(fetch(`${service.url}/health/live`)).rejects.toThrow();
      await owner.query('COMMIT');
      expect(pending.length).toBeGreaterThan(0);
      for (const id of await Promise.all(pending)) expect(id).toMatch(/^rep_/);
      expect(await stopped).toEqual([0, null]);
      const { code, stdout } = await service.exit;
      expect([code, stdout]).toEqual([0, '']);
      await expectSound(owner);
    });
  }, 20_000);
});
