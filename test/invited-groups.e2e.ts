import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { identifierScenes } from './support/identifier-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

const scenes = identifierScenes(() => network);
let turn = 0;
const invite = (input: object) =>
  network.mutate(
    network.keys.funder,
    'inviteGrantee',
    { name: `Group ${++turn}`, place: 'By the river', contact: { phone: '+84 912 000 111' }, ...input },
    'grantee { id organization { timeZone } } claimToken',
  );
const codes = ({ userErrors }: { userErrors: { code: string; path: string[] }[] }) =>
  userErrors.map(({ code, path }) => [code, ...path]);

describe('the days of an invited group', () => {
  it.each<[object, string]>([
    [{ country: 'VN' }, 'Asia/Ho_Chi_Minh'],
    [{ country: 'KE' }, 'Africa/Nairobi'],
    [{ country: 'DE' }, 'Europe/Berlin'],
    [{ country: 'VN', timeZone: 'Asia/Bangkok' }, 'Asia/Bangkok'],
    [{ country: 'BR', timeZone: 'America/Manaus' }, 'America/Manaus'],
    [{}, 'UTC'],
  ])('end where it lives: %j', async (input, timeZone) => {
    const invited = await invite(input);
    expect([codes(invited), invited.grantee.organization]).toEqual([[], { timeZone }]);
  });

  it('are not guessed in a country of several times', async () => {
    const before = await network.sql('SELECT count(*) FROM organizations');
    const invited = await invite({ country: 'BR' });
    expect([codes(invited), invited.grantee, invited.claimToken]).toEqual([
      [['TIME_ZONE_NEEDED', 'timeZone']],
      null,
      null,
    ]);
    expect(codes(await invite({ country: 'BR', timeZone: '+07:00' }))).toEqual([['UNKNOWN_TIME_ZONE', 'timeZone']]);
    expect(await network.sql('SELECT count(*) FROM organizations')).toEqual(before);
  });
});

describe('a contact', () => {
  it.each<[object, string[][]]>([
    [{ email: 'sen@example.org', phone: '(0084) 912-000.111 ext 12' }, []],
    [{ email: 'thư@sông-xanh.example', phone: '113' }, []],
    [{ email: 'sen at example.org' }, [['INVALID_EMAIL', 'contact', 'email']]],
    [{ email: 'sen@localhost' }, [['INVALID_EMAIL', 'contact', 'email']]],
    [{ email: 'a@b@example.org' }, [['INVALID_EMAIL', 'contact', 'email']]],
    [{ email: 'sen@example.org, anh@example.org' }, [['INVALID_EMAIL', 'contact', 'email']]],
    [{ phone: 'ask Sen' }, [['INVALID_PHONE', 'contact', 'phone']]],
    [{ phone: '+84 912 000 111 222 333' }, [['INVALID_PHONE', 'contact', 'phone']]],
    [{ phone: '12' }, [['INVALID_PHONE', 'contact', 'phone']]],
  ])('is one that can be used: %j', async (contact, refused) => {
    expect(codes(await invite({ contact }))).toEqual(refused);
  });
});

describe('a group that grows', () => {
  const update = (key: string, input: object) =>
    network.mutate(key, 'updateOrganization', input, 'organization { version }');
  const granteeOf = async (key: string) =>
    (await network.call(key, '{ viewer { asGrantee { legalForm place fiscalSponsor { id } } } }')).data.viewer
      .asGrantee;

  it('says itself where it works, and that it is registered now', async () => {
    const { key } = await scenes.caller('GRANTEE', {
      grantee: { legalForm: 'INFORMAL_GROUP', place: 'Hà Tĩnh' },
      contact: { person: 'Sen' },
    });
    const moved = await update(key, { expectedVersion: 1, place: 'Vinh', legalForm: 'REGISTERED' });
    expect([codes(moved), moved.organization]).toEqual([[], { version: 2 }]);
    expect(await granteeOf(key)).toEqual({ legalForm: 'REGISTERED', place: 'Vinh', fiscalSponsor: null });
  });

  it('finds a sponsor, and needs none later', async () => {
    const { id: sponsor } = await scenes.caller('GRANTEE', { name: 'Sponsor' });
    const { key } = await scenes.caller('GRANTEE', { grantee: { legalForm: 'REGISTERED' } });
    const without = await update(key, { expectedVersion: 1, legalForm: 'FISCALLY_SPONSORED' });
    expect(codes(without)).toEqual([['FISCAL_SPONSOR_INVALID', 'fiscalSponsorId']]);
    const fiscalSponsorId = sponsor.replace('org_', 'gte_');
    const sponsored = { expectedVersion: 1, legalForm: 'FISCALLY_SPONSORED', fiscalSponsorId };
    expect(codes(await update(key, sponsored))).toEqual([]);
    expect(await granteeOf(key)).toMatchObject({ fiscalSponsor: { id: fiscalSponsorId } });
    expect(codes(await update(key, { expectedVersion: 2, legalForm: 'REGISTERED' }))).toEqual([]);
    expect(await granteeOf(key)).toMatchObject({ legalForm: 'REGISTERED', fiscalSponsor: null });
  });

  it('is no informal group without a place and a contact', async () => {
    const { key } = await scenes.caller('GRANTEE', { grantee: { legalForm: 'REGISTERED' } });
    const bare = await update(key, { expectedVersion: 1, legalForm: 'INFORMAL_GROUP', place: 'Vinh' });
    expect(codes(bare)).toEqual([['INFORMAL_GROUP_INCOMPLETE', 'legalForm']]);
    const contact = { phone: '+84 912 000 111' };
    const whole = { expectedVersion: 1, legalForm: 'INFORMAL_GROUP', place: 'Vinh', contact };
    expect(codes(await update(key, whole))).toEqual([]);
  });

  it('stays registered while it sponsors others, and is changed with no other key', async () => {
    const { key, id } = await scenes.caller('GRANTEE', { name: 'Host', contact: { person: 'Sen' } });
    const grantee = { legalForm: 'FISCALLY_SPONSORED', fiscalSponsorId: id.replace('org_', 'gte_') };
    await scenes.caller('GRANTEE', { name: 'Guest', grantee });
    const left = await update(key, { expectedVersion: 1, legalForm: 'INFORMAL_GROUP', place: 'Vinh' });
    expect(codes(left)).toEqual([['SPONSOR_MUST_BE_REGISTERED', 'legalForm']]);
    const asFunder = await update(network.keys.funder, { expectedVersion: 1, place: 'Vinh' });
    expect(codes(asFunder)).toEqual([['GRANTEE_KEY_NEEDED', 'legalForm']]);
  });
});
