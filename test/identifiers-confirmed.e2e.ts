import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { granteeKey } from './support/grantee-keys.js';
import { grant, file, send } from './support/grants.js';
import type { Identifier } from './support/identifier-scenes.js';
import { codes, freshNumber, identifierScenes } from './support/identifier-scenes.js';
import { startNetwork } from './support/network.js';

let network: Network;
beforeAll(async () => (network = await startNetwork()));
afterAll(() => network.stop());

const { register, caller, claim, decide } = identifierScenes(() => network);
const eventsOf = async (key: string): Promise<string[]> =>
  (await network.call(key, '{ events(last: 100) { nodes { type } } }')).data.events.nodes.map(
    ({ type }: { type: string }) => type,
  );

describe('the steward', () => {
  const CLAIMS = `query ($identifier: IdentifierInput, $after: String, $first: Int) {
    identifierClaims(identifier: $identifier, after: $after, first: $first) { totalCount pageInfo { hasNextPage endCursor }
      nodes { scheme value claimedAt organization { id } confirmedHolder { id } isClaimedByOthers } } }`;
  const claimsOf = async (identifier: Identifier) =>
    (await network.call(network.keys.steward, CLAIMS, { identifier })).data.identifierClaims.nodes as {
      organization: { id: string };
      confirmedHolder: { id: string } | null;
      isClaimedByOthers: boolean;
    }[];

  it('sees who claims what and what stands against it, a page at a time', async () => {
    const number = freshNumber();
    const [one, two] = [await caller('FUNDER'), await caller('GRANTEE', { isListed: false })];
    await claim(one.key, 1, number);
    expect(await claimsOf(number)).toMatchObject([
      { organization: { id: one.id }, confirmedHolder: null, isClaimedByOthers: false },
    ]);
    await claim(two.key, 1, number);
    expect(await claimsOf(number)).toMatchObject([
      { organization: { id: one.id }, isClaimedByOthers: true },
      { organization: { id: two.id }, isClaimedByOthers: true },
    ]);
    await decide('confirmIdentifier', { id: two.id, version: 2 }, number);
    expect(await claimsOf(number)).toMatchObject([
      { organization: { id: one.id }, confirmedHolder: { id: two.id }, isClaimedByOthers: false },
    ]);
    await claim(one.key, 2, number, freshNumber());
    const { data } = await network.call(network.keys.steward, CLAIMS, { first: 1 });
    expect(data.identifierClaims.pageInfo.hasNextPage).toBe(true);
    const rest = await network.call(network.keys.steward, CLAIMS, {
      first: 100,
      after: data.identifierClaims.pageInfo.endCursor,
    });
    expect(rest.data.identifierClaims.nodes).toHaveLength(data.identifierClaims.totalCount - 1);
    const wrong = await network.call(network.keys.steward, CLAIMS, { identifier: { scheme: 'GB-CHC', value: 'none' } });
    expect(wrong.errors?.[0].extensions.code).toBe('INVALID_IDENTIFIER');
  });

  it('confirms a number, once; the organization is told, and keeps it in its list', async () => {
    const number = freshNumber();
    const own = await caller('FUNDER');
    await claim(own.key, 1, number);
    const [stale, unknown] = [
      { id: own.id, version: 1 },
      { id: own.id, version: 2 },
    ];
    expect(codes(await decide('confirmIdentifier', stale, number))).toEqual(['STALE_VERSION']);
    expect(codes(await decide('confirmIdentifier', unknown, freshNumber()))).toEqual(['NOT_FOUND']);
    expect(codes(await decide('confirmIdentifier', unknown, { scheme: 'GB-CHC', value: 'none' }))).toEqual([
      'INVALID_IDENTIFIER',
    ]);
    const nobody = { id: `org_${'0'.repeat(32)}`, version: 2 };
    expect(codes(await decide('confirmIdentifier', nobody, number))).toEqual(['NOT_FOUND']);
    const idempotencyKey = `confirm ${number.value}`;
    const first = await decide('confirmIdentifier', unknown, number, { idempotencyKey });
    const confirmed = { id: own.id, version: 3, identifiers: [{ ...number, standing: 'CONFIRMED' }] };
    expect(first).toEqual({ organization: confirmed, userErrors: [] });
    expect(await decide('confirmIdentifier', unknown, number, { idempotencyKey })).toEqual(first);
    expect(codes(await decide('confirmIdentifier', { id: own.id, version: 3 }, number))).toEqual([
      'IDENTIFIER_ALREADY_CONFIRMED',
    ]);
    expect((await eventsOf(own.key)).filter((type) => type === 'IDENTIFIER_CONFIRMED')).toHaveLength(1);
    expect(await claim(own.key, 3)).toMatchObject({
      organization: null,
      userErrors: [{ code: 'IDENTIFIER_CONFIRMED', path: ['identifiers'] }],
    });
    expect(codes(await claim(own.key, 3, number, freshNumber()))).toEqual([]);
  });

  it('confirms it for one alone, also when asked for two at once', async () => {
    const number = freshNumber();
    const callers = [await caller('FUNDER', { isListed: false }), await caller('GRANTEE', { isListed: false })];
    for (const { key } of callers) await claim(key, 1, number);
    const answers = await Promise.all(callers.map(({ id }) => decide('confirmIdentifier', { id, version: 2 }, number)));
    const made = answers.findIndex((answer) => answer.organization !== null);
    expect(answers[1 - made]).toMatchObject({
      organization: null,
      userErrors: [{ code: 'DUPLICATE_IDENTIFIER', organizationId: callers[made].id, path: ['identifier'] }],
    });
  });

  it('registers a number that others claim, and takes a wrong one away', async () => {
    const number = freshNumber();
    const squatter = await caller('FUNDER');
    await claim(squatter.key, 1, number);
    const holder = await register({ identifiers: [number] });
    expect(codes(await decide('removeIdentifier', { id: squatter.id, version: 2 }, number))).toEqual([]);
    expect((await eventsOf(squatter.key)).at(-1)).toBe('IDENTIFIER_REMOVED');
    const freed = await decide('removeIdentifier', holder, number);
    expect(freed).toMatchObject({ organization: { id: holder.id, version: 2, identifiers: [] }, userErrors: [] });
    await register({ identifiers: [number] });
  });

  it('merges two records with their numbers: what either had confirmed stays so', async () => {
    const [mine, theirs, both] = [freshNumber(), freshNumber(), freshNumber()];
    const into = await caller('GRANTEE');
    // Not listed: the other record may give itself the same number.
    const from = await register({ identifiers: [mine, both], isListed: false });
    const { steward } = network.keys;
    const fromKey = await granteeKey({ mutate: network.mutate, steward }, from.id, 'x');
    expect(codes(await claim(fromKey, 1, mine, both, theirs))).toEqual([]);
    expect(codes(await claim(into.key, 1, theirs, both))).toEqual([]);
    await network.mutate(network.keys.steward, 'mergeOrganizations', { from: from.id, into: into.id }, 'isDone');
    const { data } = await network.call(
      into.key,
      '{ viewer { organization { version identifiers { scheme value standing } } } }',
    );
    expect(data.viewer.organization.identifiers).toEqual([
      { ...mine, standing: 'CONFIRMED' },
      { ...theirs, standing: 'UNCONFIRMED' },
      { ...both, standing: 'CONFIRMED' },
    ]);
    expect(codes(await claim(into.key, data.viewer.organization.version, mine, both))).toEqual([]);
  });
});

describe('an import', () => {
  const held = (number: Identifier, name: string) => ({ id: `${number.scheme}-${number.value}`, name });

  it('attaches no history to who gives itself a number, and says who does', async () => {
    const [number, funder] = [freshNumber(), freshNumber()];
    const claimant = await caller('GRANTEE', { name: 'Who took the number' });
    await claim(claimant.key, 1, number);
    const fields = {
      fundingOrganization: [held(funder, 'A funder')],
      recipientOrganization: [held(number, 'Whose number it is')],
    };
    const identifier = `${number.scheme}-${number.value}`;
    const dry = await send(network, file(grant('twin-1', fields)), { query: '?dryRun=true' });
    const twin = { reason: 'CLAIMED_NUMBER', identifier, twinId: claimant.id, twinIdentifier: identifier };
    expect(dry.body).toMatchObject({
      created: 1,
      likelyTwinCount: 1,
      likelyTwins: [{ ...twin, organizationId: null }],
    });
    const sent = await send(network, file(grant('twin-1', fields)));
    const [{ organizationId }] = (sent.body as { likelyTwins: { organizationId: string }[] }).likelyTwins;
    expect(sent.body).toMatchObject({ likelyTwinCount: 1, likelyTwins: [{ ...twin, organizationId }] });
    expect(organizationId).not.toBe(claimant.id);
    const { data } = await network.call(claimant.key, '{ agreements { nodes { id } } events { nodes { type } } }');
    expect(data.agreements.nodes).toEqual([]);
    const merged = await network.mutate(
      network.keys.steward,
      'mergeOrganizations',
      { from: organizationId, into: claimant.id },
      'isDone',
    );
    expect(merged).toEqual({ isDone: true, userErrors: [] });
    const seen = await network.call(
      claimant.key,
      '{ agreements { nodes { state } } viewer { organization { version identifiers { value standing } } } }',
    );
    expect(seen.data.agreements.nodes).toEqual([{ state: 'RECORDED' }]);
    const { version, identifiers } = seen.data.viewer.organization;
    expect(identifiers).toEqual([{ value: number.value, standing: 'CONFIRMED' }]);
    const kept = await decide('removeIdentifier', { id: claimant.id, version }, number);
    expect(codes(kept)).toEqual(['IDENTIFIER_HAS_HISTORY']);
    const again = await send(network, file(grant('twin-1', { ...fields, title: 'Another' })));
    expect(again.body).toMatchObject({ updated: 1, likelyTwinCount: 0, likelyTwins: [] });
  });

  it('attaches it by a number that the steward has confirmed', async () => {
    const [number, funder] = [freshNumber(), freshNumber()];
    const own = await caller('GRANTEE');
    await claim(own.key, 1, number);
    await decide('confirmIdentifier', { id: own.id, version: 2 }, number);
    const fields = { fundingOrganization: [held(funder, 'B')], recipientOrganization: [held(number, 'C')] };
    expect((await send(network, file(grant('confirmed-1', fields)))).body).toMatchObject({ likelyTwinCount: 0 });
    const { data } = await network.call(own.key, '{ agreements { nodes { state } } }');
    expect(data.agreements.nodes).toEqual([{ state: 'RECORDED' }]);
  });
});
