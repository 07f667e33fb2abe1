import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { amendmentScenes, amounts, answer, codes, idOf } from './support/amendment-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { stopSound } from './support/sound-network.js';
import type { Sponsorship } from './support/sponsor-scenes.js';
import { addSponsorship, sponsorScenes } from './support/sponsor-scenes.js';

let network: Network;
let funder: string;
let project: Sponsorship;
beforeAll(async () => {
  network = await startNetwork();
  ({ funder } = network.keys);
  project = await addSponsorship(network);
});
afterAll(() => stopSound(network));
beforeEach(() => network.clock.set('2026-11-23T05:00:00Z'));

const amendments = amendmentScenes(() => network);
const scenes = sponsorScenes(() => network, amendments);
const { attempt, done, everything, pay, reduceSecond, addFunds } = amendments;
const usd = (amount: string): object => ({ amount, currency: 'USD' });

// What a query answers depends on the query; tests assert on it.
/* eslint-disable @typescript-eslint/no-explicit-any */
const again = async (id: string, key = funder): Promise<any> => {
  const { data } = await network.call(
    key,
    'query ($id: ID!) { node(id: $id) { ... on Amendment { id kind state version agreedBy stillNeeded availableActions proposedText newSponsor { id } changes { field before after } agreement { id } } } }',
    { id },
  );
  return data.node;
};

describe('what is adverse to a sponsored project', () => {
  it.each([
    ['group', 'sponsor'],
    ['sponsor', 'group'],
  ] as const)('needs the group and its sponsor: %s, then %s', async (first, second) => {
    const active = await scenes.active(project);
    const proposed = await done(funder, 'proposeAmendment', reduceSecond(active, '100.00'));
    const partly = await done(project[first].key, 'acceptAmendment', answer(proposed));
    expect(partly).toMatchObject({ state: 'PROPOSED', availableActions: ['DECLINE'] });
    expect(codes(await attempt(project[first].key, 'acceptAmendment', answer(partly)))).toEqual(['ALREADY_AGREED id']);
    network.clock.set('2027-11-24T00:00:00Z');
    expect(amounts(await scenes.read(funder, active.id))).toEqual(['400.00', '600.00']);
    const accepted = await done(project[second].key, 'acceptAmendment', answer(partly));
    // Consent came after its day: it takes effect with the last consent.
    expect(accepted).toMatchObject({
      state: 'ACCEPTED',
      revision: 2,
      takesEffectAt: expect.stringMatching(/^2027-11-24/),
    });
    expect(amounts(await scenes.read(project.group.key, active.id))).toEqual(['400.00', '100.00']);
    expect(await scenes.heard(project.sponsor.key, proposed.id, active.id)).toEqual([
      'AGREEMENT_OFFERED',
      'AGREEMENT_PARTLY_ACCEPTED',
      'AGREEMENT_ACCEPTED',
      'AMENDMENT_PROPOSED',
      'AMENDMENT_AGREED',
      'AMENDMENT_ACCEPTED',
      'AGREEMENT_AMENDED',
    ]);
  });

  it('is over when either says no, also after it has agreed', async () => {
    const active = await scenes.active(project);
    for (const decliner of ['group', 'sponsor'] as const) {
      const proposed = await done(funder, 'proposeAmendment', { ...reduceSecond(active, null) });
      const agreed = await done(project.sponsor.key, 'acceptAmendment', answer(proposed));
      const declined = await done(project[decliner].key, 'declineAmendment', answer(agreed));
      expect(declined).toMatchObject({ state: 'DECLINED', revision: null });
    }
    expect(amounts(await scenes.read(funder, active.id))).toEqual(['400.00', '600.00']);
  });

  it('keeps its notice unless the group waives it; the sponsor cannot', async () => {
    const active = await scenes.active(project);
    const hasty = { ...reduceSecond(active, '100.00', '2026-12-01'), waiveNotice: true };
    const proposed = await done(funder, 'proposeAmendment', hasty);
    const partly = await done(project.sponsor.key, 'acceptAmendment', answer(proposed, { waiveNotice: true }));
    expect(partly).toMatchObject({ noticeWaived: false, state: 'PROPOSED' });
    expect(codes(await attempt(project.group.key, 'acceptAmendment', answer(partly)))).toEqual([
      'NOTICE_TOO_SHORT waiveNotice',
    ]);
    const accepted = await done(project.group.key, 'acceptAmendment', answer(partly, { waiveNotice: true }));
    expect(accepted).toMatchObject({ state: 'ACCEPTED', noticeWaived: true, revision: null });
  });

  it('may be asked for by the group, and then needs funder and sponsor; what is good needs the funder alone', async () => {
    const active = await scenes.active(project);
    const ending = { ...idOf(active), kind: 'RELEASE', effectiveOn: '2026-11-23', waiveNotice: true };
    expect(codes(await attempt(project.sponsor.key, 'proposeAmendment', ending))).toEqual([
      'FOR_ANOTHER_PARTY agreementId',
    ]);
    const asked = await done(project.group.key, 'proposeAmendment', addFunds(active));
    expect((await again(asked.id)).stillNeeded).toEqual(['FUNDER']);
    expect(codes(await attempt(project.sponsor.key, 'acceptAmendment', answer(asked)))).toEqual([
      'ACTION_NOT_ALLOWED id',
    ]);
    await done(funder, 'acceptAmendment', answer(asked));
    const proposed = await done(project.group.key, 'proposeAmendment', { ...ending, baseRevision: 2 });
    expect((await again(proposed.id)).stillNeeded).toEqual(['FUNDER', 'SPONSOR']);
    const partly = await done(funder, 'acceptAmendment', answer(proposed));
    await done(project.sponsor.key, 'acceptAmendment', answer(partly));
    expect(await scenes.read(project.group.key, active.id)).toMatchObject({ state: 'RELEASED', revision: 3 });
  });
});

describe('another sponsor', () => {
  const change = (agreement: any, baseRevision = agreement.revision): object => ({
    agreementId: agreement.id,
    baseRevision,
    kind: 'CHANGE_SPONSOR',
    fiscalSponsorId: project.other.id,
  });

  it('says yes first, then the other party; what comes after is not for the one that went', async () => {
    const { group, sponsor, other } = project;
    const active = await scenes.active(project);
    const { id, version } = await pay(active.installments[0].id, '400.00');
    const proposed = await done(group.key, 'proposeAmendment', change(active));
    expect(await again(proposed.id)).toMatchObject({
      stillNeeded: ['FUNDER', 'NEW_SPONSOR'],
      availableActions: ['DECLINE'],
    });
    expect(codes(await attempt(funder, 'acceptAmendment', answer(proposed)))).toEqual(['NEW_SPONSOR_FIRST id']);
    expect(codes(await attempt(sponsor.key, 'acceptAmendment', answer(proposed)))).toEqual(['ACTION_NOT_ALLOWED id']);

    // The agreement is not the new sponsor's yet: it reads the proposal with the whole terms, and no more.
    expect(await scenes.read(other.key, active.id)).toBeNull();
    expect(await again(proposed.id, other.key)).toMatchObject({
      availableActions: ['ACCEPT', 'DECLINE'],
      newSponsor: { id: other.id },
      agreement: null,
      changes: [{ field: 'fiscalSponsor', before: 'Harbor Commons for Nhóm Thuyền Xóm Cồn' }],
      proposedText: expect.stringMatching(/Revision: 2[^]*Fiscal sponsor: Northwind Commons[^]*Thỏa thuận tài trợ/),
    });
    const agreed = await done(other.key, 'acceptAmendment', answer(proposed));
    const before = await everything();
    expect(codes(await attempt(funder, 'acceptAmendment', answer(agreed)))).toEqual(['MONEY_IN_FLIGHT id']);
    expect(await everything()).toBe(before);
    const receipt = { id, expectedVersion: version, receivedOn: '2026-11-23', received: usd('395.00') };
    await network.mutate(sponsor.key, 'confirmDisbursement', receipt, 'disbursement { id }');
    await done(funder, 'acceptAmendment', answer(agreed));

    const now = await scenes.read(other.key, active.id);
    expect(now).toMatchObject({
      revision: 2,
      state: 'ACTIVE',
      fiscalSponsor: { id: other.id },
      sentTotal: { amount: '400.00' },
    });
    expect(now.revisions).toHaveLength(2);
    expect(await scenes.read(sponsor.key, active.id)).toBeNull();
    const parts = [id, active.installments[1].id, active.expectations[0].id, proposed.id];
    const seen = async (key: string): Promise<boolean[]> => {
      const { data } = await network.call(key, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: parts });
      return data.nodes.map((node: object | null) => node !== null);
    };
    expect([await seen(sponsor.key), await seen(other.key)]).toEqual([
      [false, false, false, false],
      [true, true, true, true],
    ]);
    const next = (await pay(active.installments[1].id, '600.00')) as { id: string; version: number };
    const late = { id: next.id, expectedVersion: next.version, receivedOn: '2026-11-23', received: usd('600.00') };
    for (const [key, refusals] of [
      [sponsor.key, ['NOT_FOUND']],
      [group.key, ['FOR_ANOTHER_PARTY']],
      [other.key, []],
    ] as const) {
      const payload: any = await network.mutate(key, 'confirmDisbursement', late, '__typename');
      expect(payload.userErrors.map((error: any) => error.code)).toEqual(refusals);
    }

    // What it agreed to stays readable, and its feed ends with the change.
    const revisions =
      'query ($id: ID!) { one: agreementRevision(agreementId: $id, number: 1) { text } two: agreementRevision(agreementId: $id, number: 2) { number } }';
    const { data } = await network.call(sponsor.key, revisions, { id: active.id });
    expect(data).toEqual({ one: { text: expect.stringContaining('Harbor Commons') }, two: null });
    const heard = await scenes.heard(sponsor.key, active.id, proposed.id, id, next.id);
    expect(heard.at(-1)).toBe('SPONSORSHIP_ENDED');
    expect(heard).not.toContain('AGREEMENT_AMENDED');
    expect(await scenes.heard(other.key, active.id, proposed.id, next.id)).toEqual([
      'AMENDMENT_PROPOSED',
      'AMENDMENT_AGREED',
      'AMENDMENT_ACCEPTED',
      'AGREEMENT_AMENDED',
      'DISBURSEMENT_SENT',
      'DISBURSEMENT_RECEIVED',
    ]);
  });

  it('is refused for whom it cannot be, and for what is no sponsored project', async () => {
    const active = await scenes.active(project);
    const plain = await amendments.active();
    const before = await everything();
    for (const [input, refusal] of [
      [{ ...change(active), fiscalSponsorId: project.sponsor.id }, 'NEW_SPONSOR_UNFIT fiscalSponsorId'],
      [{ ...change(active), fiscalSponsorId: project.group.id }, 'NEW_SPONSOR_UNFIT fiscalSponsorId'],
      [
        { ...change(active), fiscalSponsorId: network.ids.funder.replace('fun_', 'gte_') },
        'NEW_SPONSOR_UNFIT fiscalSponsorId',
      ],
      [{ ...change(active), fiscalSponsorId: null }, 'AMENDMENT_FIELD_NEEDED fiscalSponsorId'],
      [{ ...change(active), effectiveOn: '2028-01-01' }, 'AMENDMENT_FIELD_UNFIT effectiveOn'],
      [change(plain), 'NOT_SPONSORED agreementId'],
    ] as const) {
      expect([input, codes(await attempt(funder, 'proposeAmendment', input))]).toEqual([input, [refusal]]);
    }
    expect(await everything()).toBe(before);
  });

  it('may decline, and hears when it is no longer asked', async () => {
    const active = await scenes.active(project);
    const first = await done(funder, 'proposeAmendment', change(active));
    await done(project.other.key, 'declineAmendment', answer(first));
    const second = await done(funder, 'proposeAmendment', change(active));
    await done(funder, 'withdrawAmendment', answer(second));
    expect(await scenes.heard(project.other.key, second.id)).toEqual(['AMENDMENT_PROPOSED', 'AMENDMENT_WITHDRAWN']);
    const third = await done(funder, 'proposeAmendment', change(active));
    await done(funder, 'proposeAmendment', addFunds(active));
    expect(codes(await attempt(project.other.key, 'acceptAmendment', answer(third)))).toEqual(['AMENDMENT_STALE id']);
  });

  it('answers while the proposal is withdrawn: one of them counts', async () => {
    const active = await scenes.active(project);
    for (let round = 0; round < 6; round++) {
      const proposed = await done(funder, 'proposeAmendment', change(active));
      const results = await Promise.all([
        attempt(project.other.key, 'acceptAmendment', answer(proposed)),
        attempt(funder, 'withdrawAmendment', answer(proposed)),
      ]);
      expect(results.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
      const { state, version } = await again(proposed.id);
      expect(results.flatMap(codes)).toEqual(['STALE_VERSION expectedVersion']);
      if (state === 'PROPOSED') await done(funder, 'withdrawAmendment', { id: proposed.id, expectedVersion: version });
    }
  });
});

it('two organizations that share a sponsorship do not become one', async () => {
  await scenes.active(project);
  const merge = async (from: string, into: string): Promise<string[]> =>
    (
      await network.mutate(network.keys.steward, 'mergeOrganizations', { from, into, dryRun: true }, '__typename')
    ).userErrors.map(({ code }: any) => code);
  const ids = network.ids.organization;
  expect(await merge(project.sponsor.organizationId, project.group.organizationId)).toEqual(['MERGE_REFUSED']);
  expect(await merge(project.sponsor.organizationId, ids.funder)).toEqual(['MERGE_REFUSED']);
  expect(await merge(ids.secondGrantee, project.sponsor.organizationId)).toEqual([]);
});
