import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { agreementScenes } from './support/agreement-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import type { Party, Sponsorship } from './support/sponsor-scenes.js';
import { addSponsorship, sponsorScenes } from './support/sponsor-scenes.js';

let network: Network;
let project: Sponsorship;
beforeAll(async () => {
  network = await startNetwork();
  project = await addSponsorship(network);
});
afterAll(() => network.stop());
beforeEach(() => network.clock.set('2026-11-23T05:00:00Z'));

const scenes = sponsorScenes(
  () => network,
  agreementScenes(() => network),
);

interface Profile {
  readonly organization: { readonly version: number };
  readonly asGrantee: { readonly fiscalSponsor: { readonly id: string } | null } | null;
}
async function profile(key: string): Promise<Profile> {
  const query = '{ viewer { organization { version } asGrantee { fiscalSponsor { id } } } }';
  const { data, text } = await network.call(key, query);
  if (!data) throw new Error(text);
  return (data as { viewer: Profile }).viewer;
}
async function change(by: Pick<Party, 'key'>, fiscalSponsorId: string): Promise<string[]> {
  const { version } = (await profile(by.key)).organization;
  const input = { expectedVersion: version, fiscalSponsorId };
  const { userErrors } = (await network.mutate(by.key, 'updateOrganization', input, '__typename')) as {
    userErrors: { code: string }[];
  };
  return userErrors.map(({ code }) => code);
}

it('a group names another sponsor: for what is drafted from now on, and for nothing it agreed to', async () => {
  const { group, sponsor, other } = project;
  const before = await scenes.active(project);
  expect(await change(group, other.id)).toEqual([]);
  expect((await profile(group.key)).asGrantee?.fiscalSponsor).toEqual({ id: other.id });
  expect((await scenes.read(group.key, before.id)).fiscalSponsor).toMatchObject({ id: sponsor.id });
  const after = await scenes.offered({ ...project, sponsor: other, other: sponsor });
  expect((await scenes.read(other.key, after.id)).fiscalSponsor).toMatchObject({ id: other.id });
  expect(await scenes.read(sponsor.key, after.id)).toBeNull();
});

it.each<[string, () => [Pick<Party, 'key'>, string]]>([
  ['itself', () => [project.group, project.group.id]],
  ['who is not registered', () => [project.group, 'gte_00000000000070008000000000000000']],
  ['one that is sponsored itself', () => [project.group, nested.group.id]],
  ['a sponsor, without being sponsored', () => [project.sponsor, project.other.id]],
  ['a sponsor with a key of another role', () => [{ key: network.keys.funder }, project.other.id]],
])('nobody names %s', async (_, attempt) => {
  nested ??= await addSponsorship(network, { name: 'Nhóm Ghe Bầu' });
  const [by, sponsorId] = attempt();
  const before = await profile(by.key);
  expect(await change(by, sponsorId)).toEqual(['FISCAL_SPONSOR_INVALID']);
  expect(await profile(by.key)).toEqual(before);
});
let nested: Sponsorship;
