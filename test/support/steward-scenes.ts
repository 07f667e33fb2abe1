import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { CLOSED_TO_STEWARD } from '../../src/obstacles/log/closed-entries.service.js';
import { expect } from '@jest/globals';
import type { Network } from './network.js';
import { ABOUT_FUNDER, ObstacleCalls } from './obstacle-scenes.js';

export const CLOSED = 'OBSTACLE_CLOSED_TO_STEWARD';

/** Says whose steward the network has, with the version that stands; null for nobody's. Answers the network. */
export async function nameSteward(network: Network, organizationId: string | null, key?: string): Promise<object> {
  const steward = key ?? network.keys.steward;
  const { data } = await network.call(null, '{ network { version } }');
  const expectedVersion = (data as { network: { version: number } }).network.version;
  const [name, input] =
    organizationId === null
      ? ['declareNoStewardOrganization', { expectedVersion }]
      : ['nameStewardOrganization', { organizationId, expectedVersion }];
  const { network: named, userErrors } = (await network.mutate(
    steward,
    name,
    input,
    'network { stewardship stewardOrganization { id name } takesConfidentialObstacles version }',
  )) as { network: object | null; userErrors: object[] };
  if (!named) throw new Error(JSON.stringify(userErrors));
  return named;
}

export async function issueKey(
  network: Network,
  role: string,
  organizationId: string | null,
  more: object = {},
): Promise<{ secret: string; id: string }> {
  const input = { role, organizationId, label: `${role} by the steward`, ...more };
  const { secret, apiKey } = (await network.mutate(
    network.keys.steward,
    'createApiKey',
    input,
    'secret apiKey { id }',
  )) as { secret: string; apiKey: { id: string } };
  return { secret, id: apiKey.id };
}

export async function registerFunder(network: Network, name: string, more: object = {}): Promise<string> {
  const { organization } = (await network.mutate(
    network.keys.steward,
    'registerOrganization',
    { name, funder: {}, ...more },
    'organization { id }',
  )) as { organization: { id: string } };
  return organization.id;
}

/** Puts an agreement of a funder with a grantee on record, as an import does: it grounds an obstacle. */
export async function recordWith(network: Network, organizationId: string, granteeId: string): Promise<void> {
  await network.sql(
    `WITH a AS (INSERT INTO agreements (id, funder_id, grantee_id, offered_to, state, origin, restriction, committed_minor, currency, created_at, updated_at)
       VALUES (gen_random_uuid(), $1::uuid, $2::uuid, $2::uuid, 'RECORDED', 'IMPORTED', 'UNSTATED', 1000, 'VND', $3, $3) RETURNING id)
     INSERT INTO events (id, type, at, actor_role, subject_type, subject_id, funder_id, grantee_id, for_steward)
       SELECT gen_random_uuid(), 'AGREEMENT_RECORDED', $3, 'STEWARD', 'AGREEMENT', id, $1::uuid, $2::uuid, true FROM a`,
    [organizationId.slice(4), granteeId.slice(4), '2026-01-01T00:00:00Z'],
  );
  await network.sql('INSERT INTO acquaintances VALUES ($1::uuid, $2::uuid), ($2::uuid, $1::uuid)', [
    organizationId.slice(4),
    granteeId.slice(4),
  ]);
}

/** What the clock does each minute. */
export async function tellOwners(network: Network): Promise<void> {
  await network.app.get(Jobs).runScheduled(CLOSED_TO_STEWARD);
}

/**
 * A community foundation that funds turns out to be the steward's, after two grantees said something about it in
 * confidence; and another organization had a steward's key that was revoked.
 */
export async function tellStewardStory(network: Network): Promise<string> {
  const { keys, ids } = network;
  const foundation = await registerFunder(network, 'Delta Community Foundation');
  const another = await registerFunder(network, 'Harbor Fund');
  for (const grantee of ['grantee', 'secondGrantee'] as const) {
    await recordWith(network, foundation, ids[grantee]);
    const about = { code: 'NO_RESPONSE', beganMonth: '2026-10-01', text: 'They never answer.', tier: 'CONFIDENTIAL' };
    const input = { ...about, funderId: foundation.replace('org_', 'fun_') };
    await network.mutate(keys[grantee], 'logObstacle', input, 'obstacle { id }');
  }
  const { id } = await issueKey(network, 'STEWARD', another);
  await network.mutate(keys.steward, 'revokeApiKey', { id }, '__typename');
  await nameSteward(network, foundation);
  await tellOwners(network);
  return foundation;
}

/** A funder that may be the steward's, what the grantee says about it, and who meets that. */
export function stewardScenes(network: () => Network) {
  const scenes = {
    /** A community foundation that gives grants, with a grantee that has something to say about it. */
    async foundation({
      name = 'Delta Community Foundation',
      ...more
    }: { name?: string; isListed?: boolean } = {}): Promise<string> {
      const organizationId = await registerFunder(network(), name, more);
      await recordWith(network(), organizationId, network().ids.grantee);
      return organizationId;
    },
    about(organizationId: string, tier = 'CONFIDENTIAL'): object {
      return { ...ABOUT_FUNDER, tier, funderId: organizationId.replace('org_', 'fun_') };
    },
    /** What somebody's own stream says of an entry. */
    async told(id: string, key = network().keys.grantee): Promise<string[]> {
      const { data } = await network().call(key, '{ obstacleEvents(last: 100) { nodes { type obstacle { id } } } }');
      const { nodes } = (data as { obstacleEvents: { nodes: { type: string; obstacle: { id: string } | null }[] } })
        .obstacleEvents;
      return nodes.filter(({ obstacle }) => obstacle?.id === id).map(({ type }) => type);
    },
    /** Asked in all the ways in which a steward could meet it, which must agree. */
    async isReadBySteward(id: string, key = network().keys.steward): Promise<boolean> {
      const { data } = await network().call(
        key,
        'query ($id: ID!) { obstacle(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id } }',
        { id },
      );
      const { obstacle, node, nodes } = data as {
        obstacle: object | null;
        node: object | null;
        nodes: (object | null)[];
      };
      const calls = new ObstacleCalls(network());
      const { nodes: listed, totalCount } = await calls.list(key);
      expect(totalCount).toBe(listed.length);
      const filtered = await calls.list(key, { tier: { in: ['CONFIDENTIAL', 'SHARED'] } });
      const ways = [obstacle, node, nodes[0]].map((one) => one !== null);
      for (const page of [listed, filtered.nodes]) ways.push(page.some((one) => one.id === id));
      expect(new Set(ways).size).toBe(1);
      return ways[0];
    },
  };
  return scenes;
}
