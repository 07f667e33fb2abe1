import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CursorCipher } from '../src/platform/db/cursor.service.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
  const { keys, mutate } = network;
  for (const text of ['One.', 'Two.', 'Three.']) {
    const input = { code: 'CURRENCY_DEVALUATION', tier: 'AGGREGATE_ONLY', beganMonth: '2026-01-01', text };
    await mutate(keys.grantee, 'logObstacle', input, 'obstacle { id }');
  }
  for (const label of ['One', 'Two', 'Three']) {
    await mutate(
      keys.grantee,
      'updateOrganization',
      { expectedVersion: await version(), name: `Group ${label}` },
      'organization { id }',
    );
  }
});
afterAll(() => network.stop());

async function version(): Promise<number> {
  const { data } = await network.call(network.keys.grantee, '{ viewer { organization { version } } }');
  return (data as { viewer: { organization: { version: number } } }).viewer.organization.version;
}

/** As the service names the list of events of one caller. */
function scopeOf(caller: string, reader: string): string {
  return JSON.stringify([caller, 'events', ['position'], false, [['e.reader = ?::text', reader]]]);
}

const uuid = (id: string): string => id.slice(4).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

interface Feed {
  nodes: { id: string }[];
  pageInfo: { startCursor: string; endCursor: string };
}
const FEEDS = ['events', 'obstacleEvents'] as const;

async function read(feed: string, args: string, headers?: Record<string, string>) {
  const query = `{ ${feed}(${args}) { nodes { id } pageInfo { startCursor endCursor } } }`;
  const answer = await network.call(network.keys.grantee, query, undefined, headers);
  return { ...answer, feed: (answer.data as Record<string, Feed> | null)?.[feed] };
}

const restore = (): Promise<object[]> => network.sql('UPDATE network SET epoch = epoch + 1');

describe.each(FEEDS)('a cursor of %s', (feed) => {
  it('fits until the network is restored, and is refused from then on, with what to do', async () => {
    const first = (await read(feed, 'first: 1')).feed!;
    const { startCursor, endCursor } = first.pageInfo;
    expect((await read(feed, `first: 1, after: "${endCursor}"`)).feed!.nodes).toHaveLength(1);
    await restore();
    for (const args of [`first: 1, after: "${endCursor}"`, `last: 1, before: "${startCursor}"`]) {
      const { errors, data } = await read(feed, args);
      expect(data ?? null).toBeNull();
      expect(errors).toMatchObject([
        { message: expect.stringContaining('from its beginning') as unknown, extensions: { code: 'FEED_RESTORED' } },
      ]);
    }
    const vietnamese = await read(feed, `first: 1, after: "${endCursor}"`, { 'accept-language': 'vi' });
    expect(vietnamese.errors![0].message).toContain('đồng bộ lại');
    const again = (await read(feed, 'first: 2')).feed!;
    expect(again.nodes[0]).toEqual(first.nodes[0]);
    const next = await read(feed, `first: 100, after: "${again.pageInfo.startCursor}"`);
    expect(next.feed!.nodes[0]).toEqual(again.nodes[1]);
    expect((await read(feed, `first: 1, after: "${endCursor.slice(0, -2)}"`)).errors).toMatchObject([
      { extensions: { code: 'INVALID_CURSOR' } },
    ]);
  });
});

describe('a cursor that was given before there were epochs', () => {
  it('is one of the first epoch', async () => {
    const scope = scopeOf(`GRANTEE ${uuid(network.ids.organization.grantee)}`, 'GRANTEE');
    const [{ position }] = await network.sql<{ position: string }>(
      `SELECT min(position)::text AS position FROM event_feed WHERE reader = 'GRANTEE'`,
    );
    const cursor = network.app.get(CursorCipher).seal(scope, [position]);
    expect((await read('events', `first: 1, after: "${cursor}"`)).errors).toMatchObject([
      { extensions: { code: 'FEED_RESTORED' } },
    ]);
  });

  it('is the same text as one that is given now', async () => {
    const other = await startNetwork();
    try {
      const scope = scopeOf('STEWARD', 'STEWARD');
      const { data } = await other.call(other.keys.steward, '{ events(first: 1) { pageInfo { endCursor } } }');
      const { endCursor } = (data as { events: Feed }).events.pageInfo;
      expect(other.app.get(CursorCipher).open(scope, endCursor)).toEqual(['1']);
    } finally {
      await other.stop();
    }
  });
});

describe('the epoch', () => {
  it('never goes back', async () => {
    await restore();
    await expect(network.sql('UPDATE network SET epoch = 1')).rejects.toThrow('only goes up');
  });
});
