import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { parseAnyId } from '../src/platform/api/ids.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

interface Told {
  id: string;
  at: string;
}
interface Feed {
  nodes: Told[];
  pageInfo: { endCursor: string; hasNextPage: boolean };
}

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

const QUERY =
  'query ($after: String, $since: DateTime) { events(first: 100, after: $after, filter: {since: $since}) { nodes { id at } pageInfo { endCursor hasNextPage } } }';
async function feed(variables: { after?: string; since?: string } = {}): Promise<Feed> {
  const { data, errors } = await network.call(network.keys.funder, QUERY, variables);
  expect(errors).toBeUndefined();
  return data.events;
}
const ids = ({ nodes }: Feed): string[] => nodes.map(({ id }) => id);

async function change(): Promise<void> {
  const { data } = await network.call(network.keys.funder, '{ viewer { organization { version } } }');
  const { version } = data.viewer.organization;
  const phone = `+84 ${version}`;
  await network.mutate(
    network.keys.funder,
    'updateOrganization',
    { expectedVersion: version, contact: { phone } },
    'organization { id }',
  );
}

describe('events since a moment', () => {
  it('are those that could be read then or later, and cursors are those of the whole feed', async () => {
    await change();
    const before = await feed();
    await change();
    await change();
    const all = await feed();
    const last = before.nodes.at(-1)!;
    const since = await feed({ since: last.at });
    expect(ids(since)).toEqual(ids(all).slice(-since.nodes.length));
    expect(ids(since)).toEqual(expect.arrayContaining([last.id, ...ids(all).slice(before.nodes.length)]));
    expect(ids(await feed({ after: before.pageInfo.endCursor, since: last.at }))).toEqual(ids(all).slice(-2));
    await change();
    expect(ids(await feed({ after: since.pageInfo.endCursor }))).toHaveLength(1);
  });

  it('are none in a moment to come, and all from the first', async () => {
    expect(ids(await feed({ since: '2100-01-01T00:00:00Z' }))).toEqual([]);
    expect(ids(await feed({ since: '2000-01-01T00:00:00Z' }))).toEqual(ids(await feed()));
  });

  it('have among them what began before and was there to read only after', async () => {
    await owner.query('BEGIN');
    await owner.query('SELECT FROM organizations WHERE id = $1 FOR UPDATE', [
      parseAnyId(network.ids.organization.funder)!.uuid,
    ]);
    const waiting = change();
    await setTimeout(300);
    await network.mutate(
      network.keys.funder,
      'setReportPrompts',
      { prompts: [], expectedVersion: 1 },
      'userErrors { code }',
    );
    const seen = await feed();
    await owner.query('COMMIT');
    await waiting;
    const missing = ids(await feed({ after: seen.pageInfo.endCursor }));
    expect(missing).toHaveLength(1);
    expect(ids(await feed({ since: seen.nodes.at(-1)!.at }))).toEqual(expect.arrayContaining(missing));
  });
});
