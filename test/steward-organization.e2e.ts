import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { granteeKey } from './support/grantee-keys.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { ABOUT_FUNDER, HIDDEN, ObstacleCalls } from './support/obstacle-scenes.js';
import { CLOSED, issueKey, nameSteward, recordWith, stewardScenes, tellOwners } from './support/steward-scenes.js';

const NAMED = '{ network { stewardOrganization { name } } }';

let network: Network;
let calls: ObstacleCalls;
const { foundation, about, told, isReadBySteward } = stewardScenes(() => network);
beforeAll(async () => {
  network = await startNetwork();
  calls = new ObstacleCalls(network);
});
afterAll(() => network.stop());

describe('naming the steward’s organization', () => {
  it('closes older entries about it at once, for all steward keys, and tells their owner and nobody else', async () => {
    const { keys, ids } = network;
    const delta = await foundation();
    const otherSteward = (await issueKey(network, 'STEWARD', null)).secret;
    const otherKey = await granteeKey({ ...network, steward: keys.steward }, ids.organization.grantee, 'second line');
    const entry = await calls.log(about(delta));
    const hidden = await calls.log(about(delta, 'AGGREGATE_ONLY'));
    const ofNobody = await calls.log({ ...HIDDEN, tier: 'CONFIDENTIAL' });
    await recordWith(network, ids.organization.funder, ids.grantee);
    const ofAnother = await calls.log(about(ids.organization.funder));
    const shared = await calls.log(about(delta, 'SHARED'));
    expect(await isReadBySteward(entry.id)).toBe(true);

    const named = await nameSteward(network, delta);
    expect(named).toMatchObject({ stewardship: 'NAMED', stewardOrganization: { id: delta } });
    for (const key of [keys.steward, otherSteward]) expect(await isReadBySteward(entry.id, key)).toBe(false);
    for (const { id } of [ofNobody, ofAnother]) expect(await isReadBySteward(id)).toBe(true);
    expect(await calls.see(keys.steward, shared.id)).toMatchObject({ tier: 'SHARED' });

    const before = await network.call(keys.steward, '{ events(last: 100) { nodes { id type } } }');
    await tellOwners(network);
    await tellOwners(network);
    for (const key of [keys.grantee, otherKey]) expect(await told(entry.id, key)).toEqual(['OBSTACLE_LOGGED', CLOSED]);
    for (const { id } of [hidden, ofNobody, ofAnother]) expect(await told(id)).toEqual(['OBSTACLE_LOGGED']);
    const others = await network.call(keys.secondGrantee, '{ obstacleEvents { nodes { id } } }');
    expect(others.data).toEqual({ obstacleEvents: { nodes: [] } });
    const after = await network.call(keys.steward, '{ events(last: 100) { nodes { id type } } }');
    expect(after.text).toBe(before.text);
    // It is its owner's as before: to read, to resolve, and to open further.
    expect(await calls.see(keys.grantee, entry.id)).toMatchObject({ tier: 'CONFIDENTIAL', text: ABOUT_FUNDER.text });
    await calls.done(keys.grantee, 'openObstacleTier', { id: entry.id, tier: 'SHARED', expectedVersion: 1 });
    expect(await calls.see(keys.steward, entry.id)).toMatchObject({ tier: 'SHARED' });
  });

  it('has what is said about it later refused, however it is said', async () => {
    const { keys } = network;
    const delta = await foundation();
    const { id } = await calls.log(about(delta, 'AGGREGATE_ONLY'));
    await nameSteward(network, delta);
    const no = ['STEWARD_IS_CONCERNED tier'];
    expect(await calls.refused(keys.grantee, 'logObstacle', about(delta))).toEqual(no);
    const opening = { id, tier: 'CONFIDENTIAL', expectedVersion: 1 };
    expect(await calls.refused(keys.grantee, 'openObstacleTier', opening)).toEqual(no);
    const [{ id: agreement }] = await network.sql<{ id: string }>('SELECT id FROM agreements WHERE funder_id = $1', [
      delta.slice(4),
    ]);
    const agreementId = `agr_${agreement.replaceAll('-', '')}`;
    const byAgreement = { ...ABOUT_FUNDER, tier: 'CONFIDENTIAL', agreementId };
    expect(await calls.refused(keys.grantee, 'logObstacle', byAgreement)).toEqual(no);
    await calls.log({ ...byAgreement, tier: 'SHARED' });
  });

  it('opens nothing again when another is named, or none', async () => {
    const { keys } = network;
    const delta = await foundation();
    const { id } = await calls.log(about(delta));
    await nameSteward(network, delta);
    for (const next of [null, network.ids.organization.secondFunder, null]) {
      await nameSteward(network, next);
      expect(await isReadBySteward(id)).toBe(false);
      expect(await calls.refused(keys.grantee, 'logObstacle', about(delta))).toEqual(['STEWARD_IS_CONCERNED tier']);
    }
    const { data } = await network.call(keys.steward, '{ events(last: 20) { nodes { type } } }');
    const types = (data as { events: { nodes: { type: string }[] } }).events.nodes
      .map(({ type }) => type)
      .filter((type) => type.includes('STEWARD'))
      .slice(-5);
    // Two of one call have no order.
    expect(types.sort()).toEqual([
      'NO_STEWARD_ORGANIZATION_DECLARED',
      'NO_STEWARD_ORGANIZATION_DECLARED',
      'STEWARD_ORGANIZATION_ENDED',
      'STEWARD_ORGANIZATION_ENDED',
      'STEWARD_ORGANIZATION_NAMED',
    ]);
    for (const change of [
      `UPDATE steward_organizations SET organization_id = '${network.ids.funder.slice(4)}'`,
      'DELETE FROM steward_organizations',
      'TRUNCATE steward_organizations',
    ]) {
      await expect(network.sql(change)).rejects.toMatchObject({ code: '23001' });
    }
  });

  it('is read by everybody, also where the directory does not list the organization', async () => {
    const delta = await foundation({ name: 'Unlisted Foundation', isListed: false });
    await nameSteward(network, delta);
    for (const key of [...Object.values(network.keys), null]) {
      const { data } = await network.call(key, NAMED);
      expect(data).toMatchObject({ network: { stewardOrganization: { name: 'Unlisted Foundation' } } });
    }
    const { data } = await network.call(null, '{ funders(first: 100) { nodes { name } } }');
    expect(JSON.stringify(data)).not.toContain('Unlisted');
  });

  it('takes the version that stands, once for each idempotency key, and an organization that there is', async () => {
    const { keys } = network;
    const delta = await foundation();
    const name = (input: object): Promise<Record<string, unknown>> =>
      network.mutate(keys.steward, 'nameStewardOrganization', input, 'network { version }') as never;
    const { data } = await network.call(null, '{ network { version } }');
    const { version } = (data as { network: { version: number } }).network;
    expect((await name({ organizationId: delta, expectedVersion: version - 1 })).userErrors).toMatchObject([
      { code: 'STALE_VERSION', currentVersion: version },
    ]);
    const nothing = `org_${'0'.repeat(32)}`;
    expect((await name({ organizationId: nothing, expectedVersion: version })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['organizationId'] },
    ]);
    const input = { organizationId: delta, expectedVersion: version, idempotencyKey: 'once' };
    expect(await name(input)).toEqual({ network: { version: version + 1 }, userErrors: [] });
    expect(await name(input)).toEqual({ network: { version: version + 1 }, userErrors: [] });
    expect((await name({ ...input, organizationId: network.ids.organization.funder })).userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_MISMATCH' },
    ]);
  });
});
