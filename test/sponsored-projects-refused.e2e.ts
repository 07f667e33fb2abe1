import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { agreementScenes } from './support/agreement-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import type { Sponsorship } from './support/sponsor-scenes.js';
import { addSponsorship, sponsorScenes } from './support/sponsor-scenes.js';

let network: Network;
let project: Sponsorship;
let elsewhere: Sponsorship;
beforeAll(async () => {
  network = await startNetwork();
  project = await addSponsorship(network);
  elsewhere = await addSponsorship(network, { name: 'Nhóm Lưới Xanh' });
});
afterAll(() => network.stop());
beforeEach(() => network.clock.set('2026-11-23T05:00:00Z'));

const agreements = agreementScenes(() => network);
const scenes = sponsorScenes(() => network, agreements);
const eur = { committed: { amount: '9000.00', currency: 'EUR' }, parts: ['4000.00', '5000.00'] };

// What a query answers depends on the query; tests assert on it.
/* eslint-disable @typescript-eslint/no-explicit-any */
const codes = ({ userErrors }: any): string[] => userErrors.map(({ code }: any) => code);
const act = (key: string, name: string, input: object, selection: string): Promise<any> =>
  network.mutate(key, name, input, selection);

describe('nobody else', () => {
  it('sees or touches a sponsored project: another sponsor, another group, another funder', async () => {
    const agreement = await scenes.active(project, eur);
    const strangers = [
      elsewhere.sponsor.key,
      elsewhere.group.key,
      project.other.key,
      network.keys.grantee,
      network.keys.secondFunder,
    ];
    for (const key of strangers) {
      expect(await scenes.read(key, agreement.id)).toBeNull();
      const ids = [agreement.installments[0].id, agreement.expectations[0].id];
      const { data } = await network.call(
        key,
        'query ($ids: [ID!]!, $a: ID!) { nodes(ids: $ids) { id } agreementRevision(agreementId: $a, number: 1) { number } }',
        { ids, a: agreement.id },
      );
      expect(data).toEqual({ nodes: [null, null], agreementRevision: null });
    }
    for (const name of ['declineAgreement', 'requestAgreementChanges']) {
      const input = {
        id: agreement.id,
        expectedVersion: agreement.version,
        ...(name[0] === 'r' && { message: 'No.' }),
      };
      expect(codes(await agreements.act(name, input, elsewhere.sponsor.key))).toEqual(['NOT_FOUND']);
      expect(codes(await agreements.act(name, input, project.sponsor.key))).toEqual(['ACTION_NOT_ALLOWED']);
    }
  });

  it('sponsors itself or a project that it funds, nor is anything hidden shown to a sponsor', async () => {
    const { keys } = network;
    const face = { funder: {}, grantee: { legalForm: 'REGISTERED' }, name: 'Both Faces' };
    const { organization } = await act(keys.steward, 'registerOrganization', face, 'organization { id }');
    const key = (
      await act(keys.steward, 'createApiKey', { role: 'FUNDER', organizationId: organization.id, label: 'x' }, 'secret')
    ).secret;
    const sponsored = { legalForm: 'FISCALLY_SPONSORED', fiscalSponsorId: organization.id.replace('org_', 'gte_') };
    const group = (
      await act(
        keys.steward,
        'registerOrganization',
        { name: 'Its project', grantee: sponsored },
        'organization { id }',
      )
    ).organization;
    const input = { granteeId: group.id.replace('org_', 'gte_'), terms: agreements.terms() };
    expect(codes(await agreements.act('draftAgreement', input, key))).toEqual(['SPONSOR_IS_FUNDER']);
    const offered = await scenes.offered(project);
    const asked: any = await agreements.act(
      'requestAgreementChanges',
      { id: offered.id, expectedVersion: offered.version, message: 'Một đợt thôi.' },
      project.sponsor.key,
    );
    expect(asked.agreement).toMatchObject({ state: 'CHANGES_REQUESTED', changesRequested: 'Một đợt thôi.' });
    await agreements.move('reviseAgreement', asked.agreement, { terms: agreements.terms({ parts: ['1000.00'] }) });
    for (const party of [project.sponsor, project.group])
      expect((await scenes.read(party.key, offered.id)).revisions).toHaveLength(1);
    expect(
      (
        await network.call(
          project.sponsor.key,
          'query ($a: ID!) { agreementRevision(agreementId: $a, number: 2) { number } }',
          { a: offered.id },
        )
      ).data,
    ).toEqual({ agreementRevision: null });
  });

  it('counts what was accepted of an offer that was changed since', async () => {
    const offered = await scenes.offered(project);
    await scenes.accept(offered, project.group.key);
    const current = await scenes.read(project.sponsor.key, offered.id);
    const asked: any = await agreements.act(
      'requestAgreementChanges',
      { id: offered.id, expectedVersion: current.version, message: 'Chờ đã.' },
      project.sponsor.key,
    );
    const again = await agreements.move('offerAgreement', asked.agreement);
    expect(again).toMatchObject({ state: 'OFFERED', acceptedByName: null });
    await scenes.accept(again, project.sponsor.key);
    expect((await scenes.read(project.group.key, offered.id)).state).toBe('OFFERED');
    expect(await scenes.accept(again, project.group.key)).toMatchObject({ state: 'ACTIVE' });
  });
});

describe('lists', () => {
  it('of a sponsor have what it sponsors, beside what it was itself given', async () => {
    const query = `{ viewer { asGrantee { agreements { nodes { id } }
      sponsoredAgreements(first: 2) { totalCount nodes { id fiscalSponsor { id } } pageInfo { hasNextPage endCursor } } } } agreements { nodes { id } } }`;
    const ids = [];
    for (let i = 0; i < 3; i++) ids.unshift((await scenes.offered(elsewhere)).id);
    const { data } = await network.call(elsewhere.sponsor.key, query);
    expect(data.viewer.asGrantee.agreements.nodes).toEqual([]);
    expect(data.agreements.nodes).toEqual([]);
    const { nodes, pageInfo, totalCount } = data.viewer.asGrantee.sponsoredAgreements;
    expect(nodes.map(({ id }: any) => id)).toEqual(ids.slice(0, 2));
    expect([totalCount, pageInfo.hasNextPage]).toEqual([3, true]);
    const next = `query ($after: String) { viewer { asGrantee { sponsoredAgreements(first: 2, after: $after, filter: {state: {in: [OFFERED]}}) { nodes { id } } } } }`;
    const other = await network.call(elsewhere.sponsor.key, next, { after: pageInfo.endCursor });
    // A cursor belongs to the list with its filter.
    expect(other.errors?.[0].extensions.code).toBe('INVALID_CURSOR');
    const filtered = await network.call(elsewhere.sponsor.key, next);
    expect(filtered.data.viewer.asGrantee.sponsoredAgreements.nodes).toHaveLength(2);
    const below = 'query ($id: ID!) { grantee(id: $id) { sponsoredAgreements { nodes { id } } } }';
    const seen = async (key: string): Promise<number | undefined> =>
      (await network.call(key, below, { id: elsewhere.sponsor.id })).data?.grantee?.sponsoredAgreements?.nodes.length;
    expect(await seen(network.keys.funder)).toBe(3);
    expect(await seen(network.keys.steward)).toBe(3);
    expect(await seen(network.keys.secondFunder)).toBe(0);
    expect(await seen(elsewhere.group.key)).toBe(0);
    expect(await seen(network.keys.analyst)).toBeUndefined();
  });
});

describe('at once', () => {
  it('the sponsor accepts while the funder withdraws: one of them wins', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 8; round++) {
      const offered = await scenes.offered(project);
      await scenes.accept(offered, project.group.key);
      const { version } = await scenes.read(network.keys.funder, offered.id);
      const accept = (): Promise<any> =>
        agreements.act('acceptAgreement', agreements.acceptance(offered), project.sponsor.key);
      const withdraw = (): Promise<any> =>
        agreements.act('withdrawAgreement', { id: offered.id, expectedVersion: version }, network.keys.funder);
      const [accepted, withdrawn] =
        round % 2 ? await Promise.all([accept(), withdraw()]) : (await Promise.all([withdraw(), accept()])).reverse();
      const { state } = await scenes.read(network.keys.funder, offered.id);
      outcomes.add(state);
      if (state === 'ACTIVE') expect([codes(accepted), codes(withdrawn)]).toEqual([[], ['STALE_VERSION']]);
      else {
        expect(state).toBe('WITHDRAWN');
        expect(codes(withdrawn)).toEqual([]);
        expect(accepted.userErrors).toMatchObject([
          { code: 'ACTION_NOT_ALLOWED', message: expect.stringContaining('withdrawn') },
        ]);
      }
    }
    expect([...outcomes].every((state) => ['ACTIVE', 'WITHDRAWN'].includes(state))).toBe(true);
  });

  it('group and sponsor accept twenty times: it becomes active once', async () => {
    const offered = await scenes.offered(project);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        agreements.act(
          'acceptAgreement',
          agreements.acceptance(offered),
          i % 2 ? project.group.key : project.sponsor.key,
        ),
      ),
    );
    expect(answers.filter((answer: any) => answer.userErrors.length === 0)).toHaveLength(2);
    const refusals = new Set(answers.flatMap(codes));
    expect([...refusals].every((code) => ['ALREADY_AGREED', 'ACTION_NOT_ALLOWED'].includes(code))).toBe(true);
    expect(await scenes.heard(project.sponsor.key, offered.id)).toEqual([
      'AGREEMENT_OFFERED',
      'AGREEMENT_PARTLY_ACCEPTED',
      'AGREEMENT_ACCEPTED',
    ]);
  });
});
