import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agreementScenes } from './support/agreement-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { ABOUT_FUNDER, ObstacleCalls } from './support/obstacle-scenes.js';
import { addSponsorship, sponsorScenes } from './support/sponsor-scenes.js';
import {
  CLOSED,
  issueKey,
  nameSteward,
  recordWith,
  registerFunder,
  stewardScenes,
  tellOwners,
} from './support/steward-scenes.js';

let network: Network;
let calls: ObstacleCalls;
const { foundation, about, told, isReadBySteward } = stewardScenes(() => network);
beforeAll(async () => {
  network = await startNetwork();
  calls = new ObstacleCalls(network);
});
afterAll(() => network.stop());

describe('the fiscal sponsor of an agreement', () => {
  it('reads as the steward nothing that its group says about the project in confidence', async () => {
    const sponsorship = await addSponsorship(network);
    const scenes = sponsorScenes(
      () => network,
      agreementScenes(() => network),
    );
    const { id: agreementId } = (await scenes.active(sponsorship)) as { id: string };
    const input = { ...ABOUT_FUNDER, tier: 'CONFIDENTIAL', agreementId };
    const { key } = sponsorship.group;
    const { id } = await calls.log(input, key);
    await nameSteward(network, sponsorship.sponsor.organizationId);
    expect(await isReadBySteward(id)).toBe(false);
    expect(await calls.refused(key, 'logObstacle', input)).toEqual(['STEWARD_IS_CONCERNED tier']);
    await tellOwners(network);
    expect(await told(id, key)).toEqual(['OBSTACLE_LOGGED', CLOSED]);
  });
});

describe('a steward’s key for an organization', () => {
  it('in another role closes nothing, and reads nothing hidden', async () => {
    const delta = await foundation();
    const { id } = await calls.log(about(delta));
    const { secret } = await issueKey(network, 'FUNDER', delta);
    expect(await calls.see(secret, id)).toBeNull();
    expect(await isReadBySteward(id)).toBe(true);
    await nameSteward(network, delta);
    expect(await calls.see(secret, id)).toBeNull();
    expect((await calls.list(secret)).nodes).toEqual([]);
  });

  it('reaches all records of the organization, and keeps them from merging with others', async () => {
    const { keys } = network;
    const merge = (from: string, into: string): Promise<{ userErrors: { code: string }[] }> =>
      network.mutate(keys.steward, 'mergeOrganizations', { from, into }, 'isDone') as never;
    const [old, kept, sister] = await Promise.all(
      ['Delta Fund', 'Delta Community Foundation', 'Delta Trust'].map((name) => registerFunder(network, name)),
    );
    await recordWith(network, old, network.ids.grantee);
    await recordWith(network, sister, network.ids.grantee);
    const entries = [await calls.log(about(old)), await calls.log(about(sister))];
    for (const from of [old, sister]) expect((await merge(from, kept)).userErrors).toEqual([]);
    await issueKey(network, 'STEWARD', kept);
    for (const { id } of entries) expect(await isReadBySteward(id)).toBe(false);
    for (const one of [old, sister]) {
      expect(await calls.refused(keys.grantee, 'logObstacle', about(one))).toEqual(['STEWARD_IS_CONCERNED tier']);
    }
    const harbor = await registerFunder(network, 'Harbor Fund');
    for (const [from, into] of [
      [kept, harbor],
      [harbor, kept],
    ]) {
      expect((await merge(from, into)).userErrors).toMatchObject([{ code: 'MERGE_REFUSED' }]);
    }
    // One that was named and is no more counts like one that is.
    const named = await registerFunder(network, 'Once Named');
    await nameSteward(network, named);
    await nameSteward(network, null);
    expect((await merge(named, harbor)).userErrors).toMatchObject([{ code: 'MERGE_REFUSED' }]);
    await expect(nameSteward(network, old)).rejects.toThrow('NOT_FOUND');
  });

  it.each([
    ['that works', {}],
    ['that has expired', { expiresAt: true }],
  ])(
    '%s closes what concerns the organization, and still when the key has ended',
    async (_, { expiresAt }: { expiresAt?: boolean }) => {
      const { keys, clock } = network;
      const at = (ms: number): string => new Date(clock.now().getTime() + ms).toISOString();
      const delta = await foundation();
      const { id } = await calls.log(about(delta));
      expect(await isReadBySteward(id)).toBe(true);
      const issued = await issueKey(network, 'STEWARD', delta, expiresAt ? { expiresAt: at(60_000) } : {});
      for (const key of [keys.steward, issued.secret]) expect(await isReadBySteward(id, key)).toBe(false);
      if (expiresAt) clock.set(at(60_000));
      else await network.mutate(keys.steward, 'revokeApiKey', { id: issued.id }, '__typename');
      expect((await network.call(issued.secret, '{ viewer { role } }')).status).toBe(401);
      expect(await isReadBySteward(id)).toBe(false);
      expect(await calls.refused(keys.grantee, 'logObstacle', about(delta))).toEqual(['STEWARD_IS_CONCERNED tier']);
      await tellOwners(network);
      expect(await told(id)).toEqual(['OBSTACLE_LOGGED', CLOSED]);
    },
  );
});
