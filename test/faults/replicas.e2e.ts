import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agreementScenes } from '../support/agreement-scenes.js';
import { post } from '../support/client.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import { ABOUT_FUNDER } from '../support/obstacle-scenes.js';
import type { ServiceProcess } from '../support/service-process.js';
import { startBeside } from '../support/service-process.js';
import { figure, quantile, rounds } from './figures.js';
import type { OwnReplica } from './own-replica.js';
import { FOLLOWED, follow } from './own-replica.js';
import type { OwnServer } from './own-server.js';
import { startOwnServer } from './own-server.js';

let folder: string;
let first: OwnServer;
let replica: OwnReplica;
let network: Network;
/** Another node, so that what is written on one is read on the other. */
let other: ServiceProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'goodfaith-first-'));
  chmodSync(folder, 0o755);
  first = await startOwnServer({ settings: FOLLOWED, home: folder });
  replica = await follow(first, folder);
  const env = { DATABASE_REPLICA_URLS: replica.appUrl };
  network = await startNetwork({ database: first.database, env });
  other = await startBeside(network, env);
}, 180_000);
afterAll(async () => {
  other.child.kill('SIGKILL');
  await network.stop();
  await replica.drop();
  rmSync(folder, { recursive: true, force: true });
});

const PHONE = '{ viewer { organization { version contact { phone } } } }';
interface Said {
  version: number;
  contact: { phone: string } | null;
}
/** What an organization says of itself, as each node answers. */
async function saidBy(url: string): Promise<Said> {
  const { data, errors, text } = await post(url, network.keys.funder, PHONE);
  if (errors) throw new Error(text);
  return data.viewer.organization;
}
async function say(phone: string): Promise<void> {
  const { version } = await saidBy(network.url);
  const input = { expectedVersion: version, contact: { phone } };
  await network.mutate(network.keys.funder, 'updateOrganization', input, 'organization { id }');
}

/** How many transactions the replica has answered: its own statistics are a second late. */
async function transactions(): Promise<number> {
  await setTimeout(1_200);
  const [{ n }] = await replica.sql<{ n: string }>(
    `SELECT xact_commit AS n FROM pg_stat_database WHERE datname = current_database()`,
  );
  return Number(n);
}
/** Reads until the replica is among those asked. */
async function untilAsked(): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const [{ now }] = await replica.sql<{ now: string }>('SELECT clock_timestamp()::text AS now');
    for (let n = 0; n < 10; n++) await saidBy(other.url);
    const [{ asked }] = await replica.sql<{ asked: boolean }>(
      `SELECT count(*) > 0 AS asked FROM pg_stat_activity WHERE application_name = 'goodfaith' AND query_start > '${now}'`,
    );
    if (asked) return;
    await setTimeout(100);
  }
  throw new Error('The replica is not asked');
}

describe('a replica that keeps up', () => {
  it('is asked, and no node misses what was acknowledged before', async () => {
    await untilAsked();
    const before = await transactions();
    const times = rounds(60, 1_000);
    const read: (string | undefined)[] = [];
    for (let i = 0; i < times; i++) {
      await say(`+84 ${i}`);
      const both = await Promise.all([saidBy(network.url), saidBy(other.url)]);
      read.push(...both.map(({ contact }) => contact?.phone));
      // Some time to think, as callers have: the replica follows meanwhile.
      if (i % 3 === 0) await setTimeout(10);
    }
    const asked = (await transactions()) - before;
    figure('replica, own writes', { reads: read.length, 'transactions of the replica': asked });
    expect(read).toEqual(Array.from({ length: times }, (_, i) => [`+84 ${i}`, `+84 ${i}`]).flat());
    expect(asked).toBeGreaterThan(times / 4);
  });
});

/** The last event of the feed, asked for beside something else that is read before it. */
const LAST = '{ viewer { organization { version } } events(last: 1) { nodes { id } } }';
async function lastTold(): Promise<string> {
  return (await post(other.url, network.keys.funder, LAST)).data.events.nodes[0].id;
}

describe('a feed that gets its positions when somebody asks', () => {
  it('tells the own last change, whatever was read before in the same request', async () => {
    await untilAsked();
    const told = new Set<string>();
    const times = rounds(40, 400);
    for (let i = 0; i < times; i++) {
      await say(`+84 1000 ${i}`);
      told.add(await lastTold());
    }
    expect(told.size).toBe(times);
  });
});

describe('a replica that lags', () => {
  it('is not asked, so nothing is read that was taken back, and is asked again', async () => {
    await untilAsked();
    await replica.sql('SELECT pg_wal_replay_pause()');
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      await say(`+84 2000 ${i}`);
      const begun = performance.now();
      expect((await saidBy(other.url)).contact?.phone).toBe(`+84 2000 ${i}`);
      times.push(performance.now() - begun);
    }
    figure('replica, lagging', { 'median ms': quantile(times, 0.5), 'most ms': quantile(times, 1) });
    await replica.sql('SELECT pg_wal_replay_resume()');
    await untilAsked();
  });

  it('never shows what was withdrawn, unshared or revoked', async () => {
    const { keys } = network;
    const { id: agreementId } = (await agreementScenes(() => network).active()) as { id: string };
    const input = { sections: [{ prompt: 'WHAT_HAPPENED', text: 'Two wells were dug.' }], shareWith: [agreementId] };
    const { narrativeReport, userErrors } = await network.mutate(
      keys.grantee,
      'submitReport',
      input,
      'narrativeReport { shares { nodes { id } } }',
    );
    expect(userErrors).toEqual([]);
    const about = { ...ABOUT_FUNDER, funderId: network.ids.funder, agreementId, tier: 'SHARED' };
    const { obstacle } = await network.mutate(keys.grantee, 'logObstacle', about, 'obstacle { id version }');
    const seen = async (): Promise<string> =>
      (
        await post(
          other.url,
          keys.funder,
          '{ obstacles { nodes { text } } agreements { nodes { reports { nodes { sections { text } } } } } }',
        )
      ).text;
    await untilAsked();
    expect(await seen()).toMatch(/came late.*Two wells/);

    await replica.sql('SELECT pg_wal_replay_pause()');
    await network.mutate(
      keys.grantee,
      'withdrawObstacle',
      { id: obstacle.id, expectedVersion: obstacle.version },
      '__typename',
    );
    await network.mutate(keys.grantee, 'unshareReport', { shareId: narrativeReport.shares.nodes[0].id }, '__typename');
    const texts = await seen();
    expect(texts).not.toMatch(/came late|Two wells/);
    const { secret } = await network.mutate(keys.funder, 'rotateApiKey', { now: true }, 'secret');
    expect((await post(other.url, keys.funder, PHONE)).status).toBe(401);
    network.keys.funder = secret;
    await replica.sql('SELECT pg_wal_replay_resume()');
  });
});

describe('a replica that fails', () => {
  /** Answers of many at once, none of which may be an error. */
  async function ask(calls: number): Promise<number[]> {
    const times: number[] = [];
    const caller = async (): Promise<void> => {
      for (let i = 0; i < calls / 10; i++) {
        const begun = performance.now();
        await saidBy(other.url);
        times.push(performance.now() - begun);
      }
    };
    await Promise.all(Array.from({ length: 10 }, caller));
    return times;
  }
  const figures = (fault: string, times: number[]): void =>
    figure(fault, { calls: times.length, 'median ms': quantile(times, 0.5), 'most ms': quantile(times, 1) });

  it('by being killed is left at once: no call sees an error', async () => {
    await untilAsked();
    const asking = ask(rounds(300, 3_000));
    await setTimeout(100);
    replica.signal('SIGKILL');
    figures('replica, killed', await asking);
    await ask(50);
    const ready = (await (await fetch(`${other.url}/health/ready`)).json()) as { details: object };
    expect(ready.details).toMatchObject({ replicas: { configured: 1, gone: 1 } });
    await replica.restart();
    await untilAsked();
  });

  it('by saying nothing is left after two seconds: no call sees an error', async () => {
    await untilAsked();
    replica.signal('SIGSTOP');
    figures('replica, silent', await ask(rounds(100, 1_000)));
    replica.signal('SIGCONT');
    await untilAsked();
  });

  it('by becoming a first server itself is not asked any more', async () => {
    await untilAsked();
    await replica.sql('SELECT pg_promote()');
    await say('+84 3000');
    await replica.sql(`UPDATE organization_contacts SET phone = '+84 4000'`);
    for (let i = 0; i < 50; i++) expect((await saidBy(other.url)).contact?.phone).toBe('+84 3000');
  });
});
