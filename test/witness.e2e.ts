import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { findBreaches } from '../src/doctor/doctor.js';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import type { Difference } from '../src/platform/witness/witness.rules.js';
import { Witness } from '../src/platform/witness/witness.service.js';
import { type TestDatabase, createTestDatabase } from './support/database.js';
import type { Network } from './support/network.js';
import type { Restored } from './support/restores.js';
import { backUp, restore, sayAfterRestore } from './support/restores.js';
import type { Exit } from './support/service-process.js';
import { run, temporaryHome } from './support/service-process.js';
import { SealingScenes, startSealingNetwork } from './support/statistics-scenes.js';
import { Entropy } from '../src/platform/clock/entropy.js';
import { Clock } from '../src/platform/clock/clock.js';

/** What has happened since the backup was made: a key was revoked, one rotated, and the history went on. */
let network: Network;
let backup: TestDatabase;
const secrets: Record<'revoked' | 'rotated', string> = { revoked: '', rotated: '' };
const running: Restored[] = [];
beforeAll(async () => {
  network = await startSealingNetwork(new Entropy(new Clock()));
  const { keys, ids, mutate, clock } = network;
  await new SealingScenes(network).addGrantees({ from: 1, count: 220 });
  clock.set('2026-10-20T09:00:00Z');
  const issue = async (): Promise<{ secret: string; id: string }> => {
    const input = { role: 'FUNDER', organizationId: ids.organization.funder, label: 'another' };
    const made = (await mutate(keys.steward, 'createApiKey', input, 'secret apiKey { id }')) as {
      secret: string;
      apiKey: { id: string };
    };
    return { secret: made.secret, id: made.apiKey.id };
  };
  const [revoked, rotated] = [await issue(), await issue()];
  Object.assign(secrets, { revoked: revoked.secret, rotated: rotated.secret });
  await mutate(
    keys.funder,
    'inviteGrantee',
    { name: 'Nhóm Sen Hồng', contact: { email: 'sen@example.org' }, place: 'Cần Thơ' },
    'claimToken',
  );
  backup = await backUp(network);
  await mutate(keys.steward, 'revokeApiKey', { id: revoked.id }, 'apiKey { id }');
  await mutate(secrets.rotated, 'rotateApiKey', {}, 'apiKey { id }');
  // Whoever asks for events lets them have their positions first.
  await network.call(keys.steward, '{ events(last: 1) { nodes { id } } }');
  await network.app.get(Witness).check();
});
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
});
afterAll(async () => {
  await backup.drop();
  await network.stop();
});

const restored = async (
  env: Record<string, string> = {},
  answer: 'REPLACE' | 'COPY' | null = null,
): Promise<Restored> => {
  const each = await restore(network, backup, env, answer);
  running.push(each);
  return each;
};
const differences = ({ app }: Pick<Network, 'app'>): readonly Difference[] | null => app.get(Witness).differences;
const ready = async ({ url }: Pick<Network, 'url'>): Promise<{ status: number; body: { details: object } }> => {
  const response = await fetch(`${url}/health/ready`);
  return { status: response.status, body: (await response.json()) as { details: object } };
};
const role = async ({ call }: Pick<Network, 'call'>, key: string): Promise<unknown> => {
  const { data, errors } = await call(key, '{ viewer { role } }');
  return errors?.[0].extensions.code ?? (data as { viewer: { role: string } }).viewer.role;
};
const texts = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(network.ledger, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => [name, readFileSync(join(network.ledger, name), 'utf8')]),
  );
const lastWitness = (): string => Object.entries(texts()).findLast(([name]) => name.endsWith('/witness.json'))![1];
async function breaches(url: string): Promise<string[]> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const found = await findBreaches(owner);
  await owner.end();
  // The agreements of these scenes have no terms, and their keys no events.
  const isAboutScenes = /agreement|installments|nothing is there/;
  return found.filter(({ name, breaches }) => breaches.length > 0 && !isAboutScenes.test(name)).map(({ name }) => name);
}

describe('the witness', () => {
  it('is the head of the network’s history, who serves it, and the ids of ended keys: nothing else', async () => {
    const [{ id, hash, position }] = await network.sql<Record<string, string>>(
      `SELECT n.id, encode(s.hash, 'hex') AS hash, s.position::text FROM network n, event_seals s ORDER BY s.position DESC LIMIT 1`,
    );
    const ended = await network.sql<{ id: string }>(
      'SELECT id FROM api_keys WHERE revoked_at IS NOT NULL OR rotated_at IS NOT NULL ORDER BY id',
    );
    expect(Object.keys(texts())).toEqual([
      `${id}/epochs/1/witness.json`,
      ...ended.map((key) => `${id}/keys/${key.id}.json`),
    ]);
    expect(JSON.parse(lastWitness())).toEqual({
      network: id,
      epoch: 1,
      cluster: expect.stringMatching(/^\d{10,}$/) as unknown,
      database: {
        name: new URL(network.databaseUrls.owner).pathname.slice(1),
        oid: expect.stringMatching(/^\d+$/) as unknown,
      },
      timeline: 1,
      serverStartedAt: expect.stringMatching(/^20\d\d-.*Z$/) as unknown,
      head: { position, hash },
    });
    for (const key of ended) expect(texts()[`${id}/keys/${key.id}.json`]).toBe(`{"key":"${key.id}"}\n`);
  });

  it('does not move when somebody logs what is hidden, and moves with the history', async () => {
    const { keys, mutate, app } = network;
    const witness = app.get(Witness);
    await network.call(keys.steward, '{ events(last: 1) { nodes { id } } }');
    await witness.check();
    const before = texts();
    const input = { code: 'VIOLENCE', tier: 'AGGREGATE_ONLY', beganMonth: '2026-10-01', text: 'Hidden.' };
    await mutate(keys.grantee, 'logObstacle', input, 'obstacle { id }');
    await network.call(keys.grantee, '{ obstacleEvents { nodes { id } } events { nodes { id } } }');
    await witness.check();
    expect(texts()).toEqual(before);
    await mutate(
      keys.steward,
      'createApiKey',
      { role: 'FUNDER', organizationId: network.ids.organization.funder, label: 'x' },
      'secret',
    );
    await network.call(keys.steward, '{ events(last: 1) { nodes { id } } }');
    await witness.check();
    expect(texts()).not.toEqual(before);
    expect(witness.mayAct).toBe(true);
  });

  it('is asked again when the ledger was away, and no other database is thought of meanwhile', async () => {
    const witness = network.app.get(Witness);
    const aside = `${network.ledger}.aside`;
    renameSync(network.ledger, aside);
    writeFileSync(network.ledger, 'no folder');
    await witness.check();
    expect(witness.differences).toEqual([]);
    // Who starts then does not know yet what the database is.
    const second = await restored();
    expect(differences(second)).toBeNull();
    expect(await second.scenes.refused('2026-Q3')).toEqual(['NETWORK_IN_DOUBT']);
    rmSync(network.ledger);
    expect(differences(network)).toEqual([]);
    renameSync(aside, network.ledger);
    await second.app.get(Witness).check();
    expect(differences(second)).toEqual(['OTHER_DATABASE', 'HISTORY_BEHIND']);
  });
});

describe('a database that was restored', () => {
  it('is noticed: it seals nothing and runs no jobs, says so, and answers callers', async () => {
    const before = texts();
    const again = await restored({ JOBS: 'on' });
    expect(differences(again)).toEqual(['OTHER_DATABASE', 'HISTORY_BEHIND']);
    expect(await ready(again)).toMatchObject({
      status: 200,
      body: { details: { witness: { sealingAndJobs: 'off', differences: ['OTHER_DATABASE', 'HISTORY_BEHIND'] } } },
    });
    expect(again.app.get<{ runner?: object }>(Jobs).runner).toBeUndefined();
    expect(await again.scenes.refused('2026-Q3')).toEqual(['NETWORK_IN_DOUBT']);
    expect(await role(again, network.keys.funder)).toBe('FUNDER');
    const input = { role: 'ANALYST', label: 'x' };
    const made = await again.mutate(network.keys.steward, 'createApiKey', input, 'apiKey { role }');
    expect(made).toMatchObject({ apiKey: { role: 'ANALYST' }, userErrors: [] });
    expect(await ready(network)).toMatchObject({ status: 200, body: { details: { witness: { status: 'up' } } } });
    expect(texts()).toEqual(before);
  });

  it('lets no key live again that had ended since', async () => {
    const again = await restored();
    for (const secret of Object.values(secrets)) expect(await role(again, secret)).toBe('UNAUTHENTICATED');
    await sayAfterRestore(again.database.ownerUrl, again.config, 'REPLACE', network.clock.now());
    await again.app.get(Witness).check();
    expect(differences(again)).toEqual([]);
    for (const secret of Object.values(secrets)) expect(await role(again, secret)).toBe('UNAUTHENTICATED');
    expect(await role(again, network.keys.funder)).toBe('FUNDER');
    const [{ open }] = await again.sql<{ open: number }>(
      `SELECT count(*)::int AS open FROM invitations WHERE claimed_at IS NULL AND expires_at > $1`,
      [network.clock.now()],
    );
    expect(open).toBe(0);
    const { data } = await again.call(network.keys.steward, '{ events(last: 3) { nodes { type actorRole } } }');
    const { nodes } = (data as { events: { nodes: object[] } }).events;
    expect(nodes).toEqual([
      { type: 'API_KEY_REVOKED', actorRole: 'SYSTEM' },
      { type: 'API_KEY_REVOKED', actorRole: 'SYSTEM' },
      { type: 'NETWORK_RESTORED', actorRole: 'SYSTEM' },
    ]);
    expect(await breaches(again.database.ownerUrl)).toEqual([]);
  });

  it('is the network once that is said: jobs run, and what it was restored from is it no more', async () => {
    const again = await restored({ JOBS: 'on' });
    await sayAfterRestore(again.database.ownerUrl, again.config, 'REPLACE', network.clock.now());
    await again.app.get(Witness).check();
    expect(again.app.get<{ runner?: object }>(Jobs).runner).toBeDefined();
    await network.app.get(Witness).check();
    expect(differences(network)).toEqual(['LATER_EPOCH']);
    expect(await new SealingScenes(network).refused('2026-Q3')).toEqual(['NETWORK_IN_DOUBT']);
  });

  it('is another network when it is said to be a copy, and never publishes for the first', async () => {
    await sayAfterRestore(network.databaseUrls.owner, networkConfig(), 'REPLACE', network.clock.now()).catch(
      () => undefined,
    );
    await network.app.get(Witness).check();
    const copy = await restored({}, 'COPY');
    expect(differences(copy)).toEqual([]);
    const [{ id, copied }] = await copy.sql<{ id: string; copied: Date }>(
      'SELECT id, copied_at AS copied FROM network',
    );
    const [first] = await network.sql<{ id: string }>('SELECT id FROM network');
    expect(id).not.toBe(first.id);
    expect(await copy.scenes.refused('2026-Q3')).toEqual(['PERIOD_OF_THE_ORIGINAL']);
    await copy.app.get(Jobs).runScheduled('seal_obstacle_releases');
    expect(await copy.sql('SELECT FROM statistics.releases')).toEqual([]);
    network.clock.set('2027-01-20T09:00:00Z');
    expect(await copy.scenes.refused('2026-Q4')).toEqual(['PERIOD_OF_THE_ORIGINAL']);
    network.clock.set('2027-04-20T09:00:00Z');
    await copy.scenes.report({ from: 1, count: 3, code: 'VIOLENCE', at: new Date(copied.getTime() - 1).toISOString() });
    await copy.scenes.report({ from: 1, count: 2, code: 'VIOLENCE', at: copied.toISOString() });
    expect(await copy.scenes.seal('2027-Q1')).toMatchObject({ isDone: true });
    const counted = await copy.sql(`SELECT count(*)::int AS n FROM obstacles.entries WHERE counted_in = '2027-Q1'`);
    expect(counted).toEqual([{ n: 0 }]);
    network.clock.set('2026-10-20T09:00:00Z');
    expect(await breaches(copy.database.ownerUrl)).toEqual([]);
    await network.app.get(Witness).check();
    expect(differences(network)).toEqual([]);
  });
});

const networkConfig = (): Restored['config'] =>
  ({ home: network.folder, ledger: { store: 'disk', folder: network.ledger } }) as unknown as Restored['config'];

describe('npm run after-restore', () => {
  const home = temporaryHome();
  afterAll(() => home.remove());
  const command = async (ownerUrl: string, appUrl: string, ...args: string[]): Promise<Exit> => {
    const env = {
      ...{ DATABASE_URL: appUrl, DATABASE_MIGRATION_URL: ownerUrl, GOODFAITH_HOME: home.path },
      ...{ GOODFAITH_SECRET: network.secret, LEDGER_FOLDER: network.ledger },
    };
    return run(env, join('src', 'cli', 'after-restore.js'), [], args).exit;
  };

  it('says what it would do, does it, and refuses when nothing is to be said', async () => {
    const again = await restored();
    const { ownerUrl, appUrl } = again.database;
    const before = [
      texts(),
      await again.sql('SELECT * FROM network'),
      await again.sql('SELECT * FROM api_keys ORDER BY id'),
    ];
    const dry = await command(ownerUrl, appUrl, '--replace', '--dry-run');
    expect(dry.stdout).toMatch(/differs from the witness of net_\w+: .*(OTHER_DATABASE|LATER_EPOCH)/);
    expect(dry.stdout).toMatch(/\n2 keys end that had ended since the backup was made:\n {2}key_\w+ of org_\w+\n/);
    expect(dry.stdout).toMatch(
      /\n1 claim links end that nobody has claimed.\nNothing was changed: this was a dry run.\n$/,
    );
    expect([
      texts(),
      await again.sql('SELECT * FROM network'),
      await again.sql('SELECT * FROM api_keys ORDER BY id'),
    ]).toEqual(before);
    const done = await command(ownerUrl, appUrl, '--replace');
    expect([done.code, done.stdout]).toEqual([
      0,
      expect.stringMatching(/It becomes net_\w+, in epoch \d+\.\n[^]*Done\.\n$/),
    ]);
    const twice = await command(ownerUrl, appUrl, '--replace');
    expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('is what the witness says')]);
  });

  it('wants one answer, and a database that is what it was needs none', async () => {
    const fresh = await createTestDatabase();
    try {
      for (const args of [[], ['--replace', '--copy'], ['--move']]) {
        const { code, stderr } = await command(fresh.ownerUrl, fresh.appUrl, ...args);
        expect([code, stderr]).toEqual([1, expect.stringMatching(/--(replace|move)[^]*--help/)]);
      }
    } finally {
      await fresh.drop();
    }
  });
});
