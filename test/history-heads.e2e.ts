import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDataSource } from '../src/data-source.js';
import { findBreaches } from '../src/doctor/doctor.js';
import { readKeptHead } from '../src/doctor/kept-head.rules.js';
import { FrozenClock } from './support/network.js';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import { createTestDatabase } from './support/database.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

interface Head {
  readonly date: string;
  readonly digest: string;
}

async function broken(ownerUrl: string, ...heads: Head[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const kept = heads.map(({ date, digest }) => readKeptHead(`${date}:${digest}`)!);
    const findings = await findBreaches(client, kept);
    return findings.filter(({ breaches }) => breaches.length > 0).map(({ name }) => name);
  } finally {
    await client.end();
  }
}

describe('the head of the history', () => {
  let network: Network;
  const clock = new FrozenClock(new Date('2026-11-20T08:00:00Z'));
  beforeAll(async () => {
    network = await startNetwork({ clock });
  });
  afterAll(() => network.stop());

  const publish = (): Promise<void> => network.app.get(Jobs).runScheduled('publish_head');
  const something = (name: string): Promise<unknown> =>
    network.mutate(network.keys.steward, 'registerOrganization', { name }, 'organization { id }');
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${network.url}${path}`, { headers });
  const listed = async (): Promise<Head[]> =>
    ((await (await get('/v1/history/heads')).json()) as { heads: Head[] }).heads;

  it('is published once a day, however often and on however many nodes', async () => {
    await Promise.all([publish(), publish(), publish()]);
    const [first, ...more] = await listed();
    expect(more).toEqual([]);
    expect(first.date).toBe('2026-11-20');
    expect(first.digest).toMatch(/^[0-9a-f]{64}$/);
    await something('Later that day');
    await publish();
    expect(await listed()).toEqual([first]);
  });

  it('differs each day, also when nothing happened; days without a node have none', async () => {
    clock.set('2026-11-21T00:09:00Z');
    await publish();
    clock.set('2026-11-25T00:09:00Z');
    await publish();
    const heads = await listed();
    expect(heads.map(({ date }) => date)).toEqual(['2026-11-25', '2026-11-21', '2026-11-20']);
    expect(new Set(heads.map(({ digest }) => digest)).size).toBe(3);
  });

  it('waits when the clock was set back', async () => {
    clock.set('2026-11-23T12:00:00Z');
    await something('In the past');
    await publish();
    expect((await listed()).map(({ date }) => date)).toEqual(['2026-11-25', '2026-11-21', '2026-11-20']);
    clock.set('2026-11-26T12:00:00Z');
    await publish();
    expect(await listed()).toHaveLength(4);
    expect(await broken(network.databaseUrls.owner, ...(await listed()))).toEqual([]);
  });

  it('is public, the same in GraphQL, and never changes under its address', async () => {
    const heads = await listed();
    const { data } = await network.call(null, '{ historyHeads(first: 4) { nodes { date digest } } }');
    expect((data as { historyHeads: { nodes: Head[] } }).historyHeads.nodes).toEqual(heads);
    const day = await get('/v1/history/heads/2026-11-21');
    expect([day.status, day.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(await day.json()).toEqual(heads.find(({ date }) => date === '2026-11-21'));
    const again = await get('/v1/history/heads/2026-11-21', { 'if-none-match': day.headers.get('etag')! });
    expect(again.status).toBe(304);
    for (const date of ['2026-11-22', '2026-02-31', '20261121', '%00']) {
      expect((await get(`/v1/history/heads/${date}`)).status).toBe(404);
    }
  });

  it('tells nobody how much happened', async () => {
    for (const head of await listed()) {
      expect(Object.keys(head)).toEqual(['date', 'digest']);
      expect(head.digest).toMatch(/^[0-9a-f]{64}$/);
    }
    for (const role of ['funder', 'grantee', 'steward', 'analyst', 'public']) {
      await expect(network.sql(`SET ROLE goodfaith_${role}; SELECT position FROM history_heads`)).rejects.toMatchObject(
        { code: '42501' },
      );
      await network.sql('RESET ROLE');
    }
  });

  it('is missed by the doctor when another is shown', async () => {
    const [head] = await listed();
    const other = { ...head, digest: head.digest.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) };
    expect(await broken(network.databaseUrls.owner, head)).toEqual([]);
    expect(await broken(network.databaseUrls.owner, other)).toEqual(['a head that was kept lies in the history']);
    expect(await broken(network.databaseUrls.owner, { ...head, date: '2026-11-21' })).toHaveLength(1);
  });
});

describe('the key that did it', () => {
  let network: Network;
  beforeAll(async () => {
    network = await startNetwork();
  });
  afterAll(() => network.stop());

  interface Told {
    type: string;
    actorRole: string;
    actorKeyId: string | null;
  }
  const feed = async (key: string): Promise<Told[]> => {
    const { data } = await network.call(key, '{ events(first: 100) { nodes { type actorRole actorKeyId } } }');
    return (data as { events: { nodes: Told[] } }).events.nodes;
  };

  it('is told to its organization and the steward, never to the other party, and never of a grantee', async () => {
    const { keys, ids } = network;
    const terms = {
      committed: { amount: '10.00', currency: 'USD' },
      startsOn: '2026-10-01',
      endsOn: '2027-09-30',
      installments: [{ dueOn: '2026-11-01', amount: { amount: '10.00', currency: 'USD' } }],
    };
    const done = async (key: string, name: string, input: object): Promise<{ id: string; version: number }> => {
      const payload = (await network.mutate(key, name, input, 'agreement { id version }')) as {
        agreement: { id: string; version: number };
      };
      return payload.agreement;
    };
    const drafted = await done(keys.funder, 'draftAgreement', { granteeId: ids.grantee, terms });
    const { id } = await done(keys.funder, 'offerAgreement', { id: drafted.id, expectedVersion: drafted.version });
    const accepted = { id, revision: 1, acceptedByName: 'Hoa', acceptedByTitle: 'Director' };
    await done(keys.grantee, 'acceptAgreement', accepted);
    const [funders, grantees, stewards] = await Promise.all([keys.funder, keys.grantee, keys.steward].map(feed));
    const keyOf = (key: string): string => `key_${/^gf_([0-9a-f-]{36}|[0-9a-f]{32})_/.exec(key)?.[1] ?? ''}`;
    const offered = { type: 'AGREEMENT_OFFERED', actorRole: 'FUNDER' };
    const ofFunder = funders.find(({ type }) => type === 'AGREEMENT_OFFERED')!.actorKeyId;
    expect(ofFunder?.replaceAll('-', '')).toBe(keyOf(keys.funder).replaceAll('-', ''));
    expect(funders).toContainEqual({ ...offered, actorKeyId: ofFunder });
    expect(stewards).toContainEqual({ ...offered, actorKeyId: ofFunder });
    expect(grantees).toContainEqual({ ...offered, actorKeyId: null });
    for (const told of [funders, grantees, stewards]) {
      expect(told).toContainEqual({ type: 'AGREEMENT_ACCEPTED', actorRole: 'GRANTEE', actorKeyId: null });
      expect(told.filter(({ actorRole, actorKeyId }) => actorRole === 'GRANTEE' && actorKeyId !== null)).toEqual([]);
    }
    // What the steward did, its feed has with its key, and the feed of the organization it did it to has not.
    expect(stewards.find(({ type }) => type === 'ORGANIZATION_REGISTERED')!.actorKeyId).toMatch(/^key_/);
    expect(funders.find(({ type }) => type === 'ORGANIZATION_REGISTERED')!.actorKeyId).toBeNull();
    const kept = await network.sql(`SELECT FROM events WHERE actor_role = 'GRANTEE' AND key_id IS NOT NULL`);
    expect(kept).toEqual([]);
  });

  it('is nobody else’s: the database refuses an event in the name of another key', async () => {
    const { ids } = network;
    const insert = `INSERT INTO events (id, type, at, actor_role, actor_organization_id, subject_type, subject_id, for_steward, key_id)
      VALUES (gen_random_uuid(), 'X', now(), 'FUNDER', '${ids.funder.slice(4)}', 'FUNDER', '${ids.funder.slice(4)}', true, gen_random_uuid())`;
    const client = new pg.Client({ connectionString: network.databaseUrls.owner });
    await client.connect();
    try {
      await client.query(`BEGIN; SET LOCAL ROLE goodfaith_funder;
        SET LOCAL goodfaith.organization_ids = '{${ids.funder.slice(4)}}'`);
      await expect(client.query(insert)).rejects.toMatchObject({ code: '42501' });
      await client.query('ROLLBACK');
      const ofGrantee = insert.replace(`'FUNDER', '${ids.funder.slice(4)}', 'FUNDER'`, `'GRANTEE', null, 'FUNDER'`);
      await expect(client.query(ofGrantee)).rejects.toMatchObject({ constraint: 'events_key' });
    } finally {
      await client.end();
    }
  });
});

describe('a history from before', () => {
  it('stays whole when its events begin to vouch for rows', async () => {
    const database = await createTestDatabase();
    const dataSource = await createDataSource(database.ownerUrl).initialize();
    try {
      const applied = async (): Promise<string[]> =>
        (await dataSource.query<{ name: string }[]>('SELECT name FROM migrations')).map(({ name }) => name);
      while ((await applied()).includes('History1790000000035'))
        await dataSource.undoLastMigration({ transaction: 'each' });
      const append = (count: number): Promise<unknown> =>
        dataSource.query(
          `INSERT INTO events (id, type, at, actor_role, subject_type, subject_id, organization_id, for_steward)
           SELECT gen_random_uuid(), 'ORGANIZATION_UPDATED', now(), 'STEWARD', 'ORGANIZATION', gen_random_uuid(), gen_random_uuid(), true
           FROM generate_series(1, $1)`,
          [count],
        );
      await append(7);
      await dataSource.query('SELECT seal_events(5)');
      await dataSource.runMigrations({ transaction: 'each' });
      await append(4);
      const [{ sealed }] = await dataSource.query<[{ sealed: number }]>('SELECT seal_events(100) AS sealed');
      expect(sealed).toBe(6);
      const forms = await dataSource.query<object[]>('SELECT form, count(*)::int FROM events GROUP BY 1 ORDER BY 1');
      expect(forms).toEqual([
        { form: 1, count: 7 },
        { form: 2, count: 4 },
      ]);
      expect(await broken(database.ownerUrl)).toEqual([]);
    } finally {
      await dataSource.destroy();
      await database.drop();
    }
  });
});
