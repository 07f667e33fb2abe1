import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network, ToldNotice } from './support/network.js';
import { NOTICES, startNetwork } from './support/network.js';

interface Invited {
  readonly grantee: { readonly id: string; readonly name: string } | null;
  readonly claimToken: string | null;
  readonly expiresAt: string | null;
  readonly userErrors: readonly { readonly code: string }[];
  readonly notices: readonly ToldNotice[];
}

let network: Network;
beforeAll(async () => (network = await startNetwork()));
afterAll(() => network.stop());

const DAY = 86_400_000;
let turn = 0;
/** A group that was not invited before. */
const freshGroup = () => ({
  name: `Tổ cứu trợ lũ ${++turn}`,
  place: 'Hà Tĩnh',
  contact: { person: 'Ngọc Ánh', phone: '+84 912 000 111', email: 'Anh@example.org' },
});
const invite = (input: object, key = network.keys.funder): Promise<Invited> =>
  network.mutate(
    key,
    'inviteGrantee',
    input,
    `grantee { id name } claimToken expiresAt ${NOTICES}`,
  ) as Promise<Invited>;
const claim = (token: string | null): Promise<{ secret: string | null; userErrors: { code: string }[] }> =>
  network.mutate(null, 'claimInvitation', { token }, 'secret') as never;
const codes = ({ userErrors }: { userErrors: readonly { code: string }[] }): string[] =>
  userErrors.map(({ code }) => code);
const told = ({ userErrors, notices }: Invited): string[] => {
  expect(userErrors).toEqual([]);
  return notices.map(({ code }) => code);
};
const groupsNamed = async (name: string): Promise<number> =>
  (
    await network.sql<{ n: number }>('SELECT count(*)::int AS n FROM organizations WHERE lower(name) = lower($1)', [
      name,
    ])
  )[0].n;
const eventsAbout = async (key: string, granteeId: string): Promise<string[]> =>
  (
    (await network.call(key, '{ events(last: 100) { nodes { type subjectId } } }')).data.events.nodes as {
      type: string;
      subjectId: string;
    }[]
  )
    .filter(({ subjectId }) => subjectId === granteeId)
    .map(({ type }) => type);

describe('inviting the same group again', () => {
  it('answers the first, says so, shows no link, and changes nothing', async () => {
    const group = freshGroup();
    const first = await invite(group);
    expect([told(first), typeof first.claimToken]).toEqual([[], 'string']);
    const again = await invite(group);
    expect(again).toMatchObject({
      grantee: { id: first.grantee!.id },
      claimToken: null,
      expiresAt: first.expiresAt,
      userErrors: [],
      notices: [{ code: 'GRANTEE_ALREADY_INVITED' }],
    });
    expect(await groupsNamed(group.name)).toBe(1);
    expect(await eventsAbout(network.keys.funder, first.grantee!.id)).toEqual(['GRANTEE_INVITED']);
    expect(codes(await claim(first.claimToken))).toEqual([]);
  });

  it('knows the group in any spelling of the same', async () => {
    const group = freshGroup();
    const first = await invite(group);
    for (const spelling of [
      { ...group, name: `  ${group.name.toUpperCase().normalize('NFD')} ` },
      { ...group, name: group.name.replaceAll(' ', '  ') },
      { ...group, place: 'HÀ TĨNH' },
      { ...group, contact: { ...group.contact, phone: '+84-912.000.111', email: 'anh@Example.org' } },
      { ...group, contact: { ...group.contact, phone: '(0084) 912 000111' } },
      { ...group, locale: 'vi' },
    ]) {
      expect((await invite(spelling)).grantee!.id).toBe(first.grantee!.id);
    }
  });

  it('takes another place, country or contact for another group', async () => {
    const group = freshGroup();
    const ids = new Set<string>();
    for (const other of [
      group,
      { ...group, place: 'Huế' },
      { ...group, country: 'VN' },
      { ...group, country: 'LA' },
      { ...group, contact: { ...group.contact, phone: '+84 912 000 112' } },
      { ...group, contact: { ...group.contact, email: 'other@example.org' } },
      { ...group, contact: { phone: group.contact.phone } },
      { ...group, name: `${group.name} (2)` },
    ]) {
      const invited = await invite(other);
      expect([told(invited), typeof invited.claimToken]).toEqual([[], 'string']);
      ids.add(invited.grantee!.id);
    }
    expect(ids.size).toBe(8);
  });

  it('makes one group of many calls at once, with one link that works', async () => {
    const group = freshGroup();
    const answers = await Promise.all(Array.from({ length: 8 }, () => invite(group)));
    expect(new Set(answers.map(({ grantee }) => grantee!.id)).size).toBe(1);
    expect(await groupsNamed(group.name)).toBe(1);
    const links = answers.filter(({ claimToken }) => claimToken !== null);
    expect(links).toHaveLength(1);
    expect(answers.flatMap(told)).toEqual(Array(7).fill('GRANTEE_ALREADY_INVITED'));
    expect(codes(await claim(links[0].claimToken))).toEqual([]);
  });

  it('replaces the link when it is asked to: a lost answer leaves nobody without one', async () => {
    const group = freshGroup();
    const lost = await invite(group);
    network.clock.set(new Date(network.clock.now().getTime() + 10 * DAY).toISOString());
    const renewed = await invite({ ...group, replaceLink: true });
    expect(renewed).toMatchObject({ grantee: { id: lost.grantee!.id }, userErrors: [] });
    expect(renewed.claimToken).not.toBe(lost.claimToken);
    expect(Date.parse(renewed.expiresAt!) - Date.parse(lost.expiresAt!)).toBeGreaterThanOrEqual(10 * DAY);
    expect(codes(await claim(lost.claimToken))).toEqual(['NOT_FOUND']);
    expect(codes(await claim(renewed.claimToken))).toEqual([]);
    const types = ['GRANTEE_INVITED', 'INVITATION_LINK_REPLACED', 'INVITATION_CLAIMED'];
    expect(await eventsAbout(network.keys.funder, lost.grantee!.id)).toEqual(types);
    expect(await eventsAbout(network.keys.steward, lost.grantee!.id)).toEqual(types);
  });

  it('hands out one living link when several ask for a new one at once', async () => {
    const group = freshGroup();
    await invite(group);
    const answers = await Promise.all(Array.from({ length: 6 }, () => invite({ ...group, replaceLink: true })));
    const tokens = answers.flatMap(({ claimToken }) => claimToken ?? []);
    const living: string[] = [];
    for (const token of tokens) if (codes(await claim(token)).length === 0) living.push(token);
    expect(living).toHaveLength(1);
  });

  it('makes a new link by itself once the first has expired', async () => {
    const group = freshGroup();
    const first = await invite(group);
    network.clock.set(new Date(network.clock.now().getTime() + 61 * DAY).toISOString());
    const answers = await Promise.all(Array.from({ length: 4 }, () => invite(group)));
    expect(new Set(answers.map(({ grantee }) => grantee!.id))).toEqual(new Set([first.grantee!.id]));
    const links = answers.flatMap(({ claimToken }) => claimToken ?? []);
    expect(links).toHaveLength(1);
    expect(codes(await claim(links[0]))).toEqual([]);
  });

  it('answers a claimed group without a link, also when one is asked for, however it is called now', async () => {
    const group = freshGroup();
    const { grantee, claimToken } = await invite(group);
    const { secret } = await claim(claimToken);
    await network.mutate(
      secret,
      'updateOrganization',
      { expectedVersion: 1, name: 'Hội Hà Tĩnh' },
      'organization { id }',
    );
    for (const input of [group, { ...group, replaceLink: true }]) {
      expect(await invite(input)).toEqual({
        grantee: { id: grantee!.id, name: 'Hội Hà Tĩnh' },
        claimToken: null,
        expiresAt: null,
        userErrors: [],
        notices: [expect.objectContaining({ code: 'INVITATION_ALREADY_CLAIMED' })],
      });
    }
  });

  it('is of one funder: another gets a group of its own, in the same bytes as for a new one', async () => {
    const group = freshGroup();
    const first = await invite(group);
    const masked = ({ grantee, claimToken, expiresAt, ...rest }: Invited, name: string): string =>
      JSON.stringify([typeof claimToken, typeof expiresAt, grantee!.name.replace(name, 'NAME'), rest]);
    const other = await invite(group, network.keys.secondFunder);
    expect(other.grantee!.id).not.toBe(first.grantee!.id);
    const fresh = freshGroup();
    expect(masked(other, group.name)).toBe(masked(await invite(fresh, network.keys.secondFunder), fresh.name));
    expect(codes(await claim(first.claimToken))).toEqual([]);
    expect(codes(await claim(other.claimToken))).toEqual([]);
  });

  it('counts for the record into which the funder was merged', async () => {
    const register = async (name: string): Promise<string> =>
      (
        (await network.mutate(
          network.keys.steward,
          'registerOrganization',
          { name, funder: {} },
          'organization { id }',
        )) as {
          organization: { id: string };
        }
      ).organization.id;
    const keyFor = async (organizationId: string): Promise<string> =>
      (
        (await network.mutate(
          network.keys.steward,
          'createApiKey',
          { role: 'FUNDER', organizationId, label: 'x' },
          'secret',
        )) as { secret: string }
      ).secret;
    const [from, into] = [await register('Old fund'), await register('New fund')];
    const group = freshGroup();
    const first = await invite(group, await keyFor(from));
    await network.mutate(network.keys.steward, 'mergeOrganizations', { from, into }, 'isDone');
    const again = await invite(group, await keyFor(into));
    expect([again.grantee!.id, told(again)]).toEqual([first.grantee!.id, ['GRANTEE_ALREADY_INVITED']]);
  });
});
