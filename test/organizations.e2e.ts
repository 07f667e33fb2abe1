import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { NOTICES, startNetwork } from './support/network.js';
import { nameSteward } from './support/steward-scenes.js';

let network: Network;
beforeAll(async () => (network = await startNetwork()));
afterAll(() => network.stop());

describe('the viewer', () => {
  it('is who the key says', async () => {
    const query =
      '{ viewer { role organization { id name version contact { email } } asFunder { id name } asGrantee { id } } }';
    const { data } = await network.call(network.keys.funder, query);
    expect(data).toEqual({
      viewer: {
        role: 'FUNDER',
        organization: {
          id: network.ids.organization.funder,
          name: 'Riverstone Fund',
          version: 1,
          contact: { email: 'funder@example.org' },
        },
        asFunder: { id: network.ids.funder, name: 'Riverstone Fund' },
        asGrantee: null,
      },
    });
  });

  it('needs a key', async () => {
    const answer = await network.call(null, '{ viewer { role } }');
    expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });
});

describe('identifiers', () => {
  it('are unique in the network, whatever their spelling', async () => {
    const input = (name: string, value: string) => ({ name, funder: {}, identifiers: [{ scheme: 'gb-chc', value }] });
    const first = await network.mutate(
      network.keys.steward,
      'registerOrganization',
      input('One', ' 1153055'),
      'organization { id identifiers { scheme value } }',
    );
    expect(first.organization.identifiers).toEqual([{ scheme: 'GB-CHC', value: '1153055' }]);
    const second = await network.mutate(
      network.keys.steward,
      'registerOrganization',
      input('Two', '11530 55'),
      'organization { id }',
    );
    expect(second.organization).toBeNull();
    expect(second.userErrors).toMatchObject([{ code: 'DUPLICATE_IDENTIFIER', organizationId: first.organization.id }]);
  });
});

describe('an informal group', () => {
  it('is invited, claims its own key, and is seen by its funder alone', async () => {
    const input = {
      name: 'Tổ cứu trợ lũ Hương Khê',
      place: 'Hà Tĩnh',
      contact: { phone: '+84 000' },
      idempotencyKey: 'i1',
    };
    const invited = await network.mutate(
      network.keys.funder,
      'inviteGrantee',
      input,
      'grantee { id place } claimToken expiresAt',
    );
    const again = await network.mutate(
      network.keys.funder,
      'inviteGrantee',
      input,
      `grantee { id } claimToken ${NOTICES}`,
    );
    expect(again).toMatchObject({
      grantee: { id: invited.grantee.id },
      claimToken: null,
      userErrors: [],
      notices: [{ code: 'SECRET_ALREADY_SHOWN' }],
    });

    const claimed = await network.mutate(
      null,
      'claimInvitation',
      { token: invited.claimToken },
      'grantee { id name } apiKey { role } secret',
    );
    expect(claimed).toMatchObject({ grantee: { id: invited.grantee.id }, apiKey: { role: 'GRANTEE' }, userErrors: [] });
    const twice = await network.mutate(null, 'claimInvitation', { token: invited.claimToken }, 'secret');
    expect(twice).toMatchObject({ secret: null, userErrors: [{ code: 'INVITATION_ALREADY_CLAIMED' }] });

    const seen = `{ grantee(id: "${invited.grantee.id}") { organization { contact { phone } } } }`;
    expect((await network.call(claimed.secret, seen)).data.grantee.organization.contact).toEqual({ phone: '+84 000' });
    expect((await network.call(network.keys.funder, seen)).data.grantee.organization.contact).toEqual({
      phone: '+84 000',
    });
    for (const key of [network.keys.secondFunder, network.keys.grantee, network.keys.analyst, null]) {
      expect((await network.call(key, seen)).data).toEqual({ grantee: null });
    }
  });
});

describe('contact details', () => {
  it('open by an offer or an invitation, never by saying so, not even in the database', async () => {
    const [funder, grantee] = [network.ids.organization.funder, network.ids.organization.grantee].map((id) =>
      id.slice(4),
    );
    await expect(
      network.sql(
        `BEGIN; SET LOCAL ROLE goodfaith_funder; SELECT set_config('goodfaith.organization_ids', '{${funder}}', true);
         INSERT INTO acquaintances VALUES ('${funder}', '${grantee}'); COMMIT`,
      ),
    ).rejects.toThrow('an acquaintance needs an offered agreement or an invitation');
  });
});

describe('events', () => {
  it('tell an organization what happened to it, in order', async () => {
    const query =
      'query ($after: String) { events(first: 2, after: $after) { nodes { type subjectId } pageInfo { hasNextPage endCursor } } }';
    const first = await network.call(network.keys.steward, query);
    expect(first.data.events.nodes[0]).toEqual({
      type: 'ORGANIZATION_REGISTERED',
      subjectId: network.ids.organization.funder,
    });
    const own = await network.call(network.keys.grantee, '{ events { nodes { type subjectId } } }');
    const subjectId = expect.stringMatching('^key_');
    expect(own.data.events.nodes).toEqual([
      { type: 'ORGANIZATION_REGISTERED', subjectId: network.ids.organization.grantee },
      { type: 'API_KEY_ISSUED', subjectId },
      { type: 'API_KEY_ROTATED', subjectId },
    ]);
  });
});

describe('merging', () => {
  const register = async (name: string, face: object): Promise<string> =>
    (await network.mutate(network.keys.steward, 'registerOrganization', { name, ...face }, 'organization { id }'))
      .organization.id;
  const merge = (input: object) =>
    network.mutate(
      network.keys.steward,
      'mergeOrganizations',
      input,
      'organization { id } agreements revokedKeys isDone',
    );

  it('says first, then makes one of two: keys end, the old id resolves, both are told', async () => {
    const [from, into] = [await register('Twin', { funder: {} }), await register('Twin Fund', { funder: {} })];
    const key = async (organizationId: string): Promise<string> =>
      (
        await network.mutate(
          network.keys.steward,
          'createApiKey',
          { role: 'FUNDER', organizationId, label: 'x' },
          'secret',
        )
      ).secret;
    const [oldKey, newKey] = [await key(from), await key(into)];

    const told = await merge({ from, into, dryRun: true });
    expect(told).toEqual({ organization: { id: into }, agreements: 0, revokedKeys: 1, isDone: false, userErrors: [] });
    expect((await network.call(oldKey, '{ viewer { role } }')).status).toBe(200);

    expect(await merge({ from, into })).toMatchObject({ revokedKeys: 1, isDone: true, userErrors: [] });
    expect((await network.call(oldKey, '{ viewer { role } }')).status).toBe(401);
    const found = await network.call(
      newKey,
      `{ node(id: "${from}") { ... on Organization { name mergedInto { id } } } events { nodes { type } } }`,
    );
    expect(found.data.node).toEqual({ name: 'Twin', mergedInto: { id: into } });
    expect(found.data.events.nodes.map((event: { type: string }) => event.type)).toContain('ORGANIZATIONS_MERGED');
    expect(await merge({ from, into })).toMatchObject({
      isDone: false,
      userErrors: [{ code: 'MERGE_REFUSED', path: ['from'] }],
    });
  });

  it('is refused for what would be lost or confused', async () => {
    const [funder, grantee] = [
      await register('Only funder', { funder: {} }),
      await register('Only grantee', { grantee: { legalForm: 'REGISTERED' } }),
    ];
    expect((await merge({ from: funder, into: grantee })).userErrors).toMatchObject([{ code: 'MERGE_REFUSED' }]);
    expect((await merge({ from: funder, into: funder })).userErrors).toMatchObject([{ code: 'MERGE_REFUSED' }]);
    await nameSteward(network, funder);
    const other = await register('Other funder', { funder: {} });
    expect((await merge({ from: other, into: funder })).userErrors).toMatchObject([{ code: 'MERGE_REFUSED' }]);
  });
});

describe('two registrations at once', () => {
  it('make one organization, and tell the others whose identifier it is', async () => {
    const input = { name: 'Twice', funder: {}, identifiers: [{ scheme: 'XX-REG', value: 'R-1' }] };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        network.mutate(network.keys.steward, 'registerOrganization', input, 'organization { id }'),
      ),
    );
    const made = answers.filter((answer) => answer.organization);
    expect(made).toHaveLength(1);
    const refused = answers.flatMap((answer) => answer.userErrors as { code: string; organizationId: string }[]);
    expect(refused.map(({ code, organizationId }) => [code, organizationId])).toEqual(
      Array.from({ length: 7 }, () => ['DUPLICATE_IDENTIFIER', made[0].organization.id]),
    );
  });
});
