import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { agreementScenes } from '../support/agreement-scenes.js';
import { ObstacleCalls } from '../support/obstacle-scenes.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import type { Sponsorship } from '../support/sponsor-scenes.js';
import { addSponsorship, sponsorScenes } from '../support/sponsor-scenes.js';

/**
 * A fiscal sponsor receives the money of a group. When the funder pays late, the sponsor bears it too, and says so; the
 * agreement that it sponsors is ground enough.
 */
let network: Network;
let calls: ObstacleCalls;
beforeAll(async () => {
  network = await startNetwork();
  calls = new ObstacleCalls(network);
});
afterAll(() => network.stop());
beforeEach(() => network.clock.set('2027-03-01T05:00:00Z'));
const agreements = agreementScenes(() => network);
const sponsored = sponsorScenes(() => network, agreements);

const LATE = { code: 'DISBURSEMENT_DELAY', beganMonth: '2027-02-01', text: 'The payment is a month late.' };
let count = 0;
const newProject = (): Promise<Sponsorship> => addSponsorship(network, { name: `Nhóm ${++count}` });

describe('a fiscal sponsor', () => {
  it.each(['SHARED', 'CONFIDENTIAL', 'AGGREGATE_ONLY'])(
    'logs what a funder did, %s, by naming the agreement',
    async (tier) => {
      const project = await newProject();
      const { id } = (await sponsored.active(project)) as { id: string };
      const entry = await calls.log({ ...LATE, tier, agreementId: id }, project.sponsor.key);
      expect(entry).toMatchObject({ tier, funder: { id: network.ids.funder }, grantee: { id: project.sponsor.id } });
      // Neither sees the other's obstacles.
      expect(await calls.see(project.group.key, entry.id)).toBeNull();
      const atFunder = await calls.see(network.keys.funder, entry.id);
      if (tier === 'SHARED') expect(atFunder).toMatchObject({ grantee: { id: project.sponsor.id }, state: 'OPEN' });
      else expect(atFunder).toBeNull();
    },
  );

  it('logs it by naming the funder alone, from the offer on', async () => {
    const project = await newProject();
    const input = { ...LATE, tier: 'SHARED', funderId: network.ids.funder };
    expect(await calls.refused(project.sponsor.key, 'logObstacle', input)).toEqual(['NOT_GROUNDED funderId']);
    await sponsored.offered(project);
    expect(await calls.log(input, project.sponsor.key)).toMatchObject({ funder: { id: network.ids.funder } });
  });

  it('still has its ground when another sponsor has followed, which is true of what it had', async () => {
    const project = await newProject();
    const { id, revision } = (await sponsored.active(project)) as { id: string; revision: number };
    const proposed = await network.mutate(
      network.keys.funder,
      'proposeAmendment',
      { agreementId: id, baseRevision: revision, kind: 'CHANGE_SPONSOR', fiscalSponsorId: project.other.id },
      'amendment { id version }',
    );
    expect(proposed.userErrors).toEqual([]);
    // The new sponsor answers first.
    for (const key of [project.other.key, project.group.key]) {
      const { data } = await network.call(
        key,
        `{ node(id: "${proposed.amendment.id}") { ... on Amendment { id version } } }`,
      );
      const input = { id: data.node.id, expectedVersion: data.node.version };
      const accepted = await network.mutate(key, 'acceptAmendment', input, 'amendment { state }');
      expect(accepted.userErrors).toEqual([]);
    }
    const input = { ...LATE, tier: 'CONFIDENTIAL', funderId: network.ids.funder };
    expect(await calls.log(input, project.sponsor.key)).toMatchObject({ funder: { id: network.ids.funder } });
    expect(await calls.log({ ...LATE, tier: 'SHARED', agreementId: id }, project.other.key)).toMatchObject({
      tier: 'SHARED',
    });
  });

  it('has no ground in what it neither holds nor sponsors', async () => {
    const [project, elsewhere] = [await newProject(), await newProject()];
    const { id } = (await sponsored.active(project)) as { id: string };
    const input = { ...LATE, tier: 'SHARED', agreementId: id };
    expect(await calls.refused(elsewhere.sponsor.key, 'logObstacle', input)).toEqual(['NOT_GROUNDED agreementId']);
    expect(await calls.refused(elsewhere.group.key, 'logObstacle', input)).toEqual(['NOT_GROUNDED agreementId']);
  });

  it('says nothing in confidence about an agreement with a group that is the steward itself', async () => {
    const project = await newProject();
    const { id } = (await sponsored.active(project)) as { id: string };
    const before = await network.call(network.keys.steward, '{ network { version } }');
    const named = await network.mutate(
      network.keys.steward,
      'nameStewardOrganization',
      { organizationId: project.group.organizationId, expectedVersion: before.data.network.version },
      'network { stewardship }',
    );
    expect(named.userErrors).toEqual([]);
    const input = { ...LATE, agreementId: id };
    expect(await calls.refused(project.sponsor.key, 'logObstacle', { ...input, tier: 'CONFIDENTIAL' })).toEqual([
      'STEWARD_IS_CONCERNED tier',
    ]);
    // To statistics, and to the funder by name, it can be said.
    for (const tier of ['AGGREGATE_ONLY', 'SHARED'])
      expect(await calls.log({ ...input, tier }, project.sponsor.key)).toMatchObject({ tier });
  });
});
