import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KeyCalls, ownSecret } from './support/key-scenes.js';
import type { Network, ToldNotice } from './support/network.js';
import { NOTICES, startNetwork } from './support/network.js';
import { HIDDEN, ObstacleCalls } from './support/obstacle-scenes.js';

interface Registration {
  readonly organization: { readonly id: string } | null;
  readonly claimToken: string | null;
  readonly claimExpiresAt: string | null;
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] | null }[];
  readonly notices: readonly ToldNotice[];
}
interface Claim {
  readonly secret: string | null;
  readonly apiKey: { readonly id: string; readonly prefix: string; readonly mustBeRotated: boolean } | null;
  readonly grantee: { readonly id: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

let network: Network;
let keys: KeyCalls;
beforeAll(async () => {
  network = await startNetwork();
  keys = new KeyCalls(network);
});
afterAll(() => network.stop());

const GROUP = { name: 'Tổ Dệt Làng Mới', grantee: { legalForm: 'REGISTERED' }, claimLink: true };
const register = (input: object = {}): Promise<Registration> =>
  network.mutate(
    network.keys.steward,
    'registerOrganization',
    { ...GROUP, ...input },
    `organization { id } claimToken claimExpiresAt ${NOTICES}`,
  ) as Promise<Registration>;
const claim = (token: string, input: object = {}, key: string | null = null): Promise<Claim> =>
  network.mutate(
    key,
    'claimInvitation',
    { token, ...input },
    'secret apiKey { id prefix mustBeRotated } grantee { id }',
  ) as Promise<Claim>;
const codes = ({ userErrors }: { userErrors: readonly { code: string }[] }): string[] =>
  userErrors.map(({ code }) => code);

describe('a claim link of the steward', () => {
  it('gives a group a key that nobody else has seen, once', async () => {
    const { organization, claimToken, userErrors } = await register();
    expect(userErrors).toEqual([]);
    const { secret, apiKey, grantee } = await claim(claimToken!);
    expect(grantee!.id.slice(4)).toBe(organization!.id.slice(4));
    expect(apiKey!.mustBeRotated).toBe(false);
    expect(await keys.tried(secret!)).toEqual([200]);
    const { id } = await new ObstacleCalls(network).log({ ...HIDDEN, tier: 'AGGREGATE_ONLY' }, secret!);
    expect(await new ObstacleCalls(network).see(secret!, id)).toMatchObject({ id });
    expect(await keys.heard(secret!, apiKey!.id)).toEqual(['API_KEY_ISSUED']);
    expect(await keys.heard(network.keys.steward, apiKey!.id)).toEqual(['API_KEY_ISSUED']);

    const again = await claim(claimToken!);
    expect([again.apiKey, codes(again)]).toEqual([null, ['INVITATION_ALREADY_CLAIMED']]);
  });

  it('is shown once', async () => {
    const first = await register({ name: 'Once', idempotencyKey: 'once' });
    expect(Date.parse(first.claimExpiresAt!) - network.clock.now().getTime()).toBeGreaterThan(59 * 86_400_000);
    const again = await register({ name: 'Once', idempotencyKey: 'once' });
    expect(again).toMatchObject({ organization: first.organization, claimToken: null, claimExpiresAt: null });
    expect([codes(again), again.notices.map(({ code }) => code)]).toEqual([[], ['SECRET_ALREADY_SHOWN']]);
    const rows = await network.sql<{ row: string }>('SELECT i::text AS row FROM invitations i');
    expect(JSON.stringify(rows)).not.toContain(first.claimToken!);
  });

  it('tells the group when somebody was first, be it the steward', async () => {
    const { claimToken } = await register({ name: 'Late' });
    await claim(claimToken!, {}, network.keys.steward);
    const late = await claim(claimToken!, { secretDigest: ownSecret().digest });
    expect([late.apiKey, codes(late)]).toEqual([null, ['INVITATION_ALREADY_CLAIMED']]);
    expect(late.userErrors[0].message).toContain('If that was not you, tell the steward to revoke that key');
  });

  it('makes one key of twenty claims at once', async () => {
    const { claimToken } = await register({ name: 'Raced' });
    const claims = await Promise.all(Array.from({ length: 20 }, () => claim(claimToken!)));
    expect(claims.filter(({ secret }) => secret !== null)).toHaveLength(1);
    expect(new Set(claims.flatMap(codes))).toEqual(new Set(['INVITATION_ALREADY_CLAIMED']));
  });

  it('answers the same key again to who made its secret, and lets that caller do nothing more', async () => {
    const { claimToken } = await register({ name: 'Own secret' });
    const { text, digest } = ownSecret();
    const input = { secretDigest: digest };
    const first = await claim(claimToken!, input);
    expect([first.secret, first.userErrors]).toEqual([null, []]);
    expect((await claim(claimToken!, input)).apiKey).toEqual(first.apiKey);
    expect(await keys.tried(`${first.apiKey!.prefix}${text}`)).toEqual([200]);
    // Token and digest are not the secret: who has only those stays outside.
    const { errors } = await network.call(
      null,
      `mutation ($input: ClaimInvitationInput!) { claimInvitation(input: $input) { apiKey { id } }
        logObstacle(input: {code: "CURRENCY_DEVALUATION", tier: CONFIDENTIAL, beganMonth: "2026-09-01", text: "x"}) { obstacle { id } } }`,
      { input: { token: claimToken, ...input } },
    );
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  });

  it('expires, is no other text, and needs a group that is still itself', async () => {
    const { claimToken } = await register({ name: 'Expires' });
    expect(codes(await claim(`${claimToken}x`))).toEqual(['NOT_FOUND']);
    const gone = await register({ name: 'Merged' });
    const merge = { from: gone.organization!.id, into: network.ids.organization.grantee };
    await network.mutate(network.keys.steward, 'mergeOrganizations', merge, 'isDone');
    expect(codes(await claim(gone.claimToken!))).toEqual(['NOT_FOUND']);
    network.clock.set(new Date(network.clock.now().getTime() + 61 * 86_400_000).toISOString());
    expect(codes(await claim(claimToken!))).toEqual(['INVITATION_EXPIRED']);
  });

  it('is for grantees', async () => {
    const refused = await register({ name: 'No group', grantee: null, funder: {} });
    expect(refused).toMatchObject({ organization: null, claimToken: null });
    expect(refused.userErrors).toMatchObject([{ code: 'CLAIM_LINK_NEEDS_GRANTEE', path: ['claimLink'] }]);
  });
});
