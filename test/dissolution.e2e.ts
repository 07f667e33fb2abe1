import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { amendmentScenes, answer } from './support/amendment-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import type { Sponsorship } from './support/sponsor-scenes.js';
import { addSponsorship, sponsorScenes } from './support/sponsor-scenes.js';

let network: Network;
let steward: string;
let funder: string;
let grantee: string;
beforeAll(async () => {
  network = await startNetwork();
  ({ steward, funder, grantee } = network.keys);
});
afterAll(() => network.stop());
beforeEach(() => network.clock.set('2026-11-23T05:00:00Z'));

const scenes = amendmentScenes(() => network);
const sponsored = sponsorScenes(() => network, scenes);
const usd = (amount: string): object => ({ amount, currency: 'USD' });
const BASIS = 'The foundation was struck off the register of charities.';
const SELECTION = `dissolution { id state ceased legalBasis announcedAt earliestOn decidedAt version availableActions
  agreement { id state dissolutions { id } } }`;

// What a query answers depends on the query; tests assert on it.
/* eslint-disable @typescript-eslint/no-explicit-any */
const attempt = (name: string, input: object, key = steward): Promise<any> =>
  network.mutate(key, name, input, SELECTION);
const codes = ({ userErrors }: any): string[] => userErrors.map(({ code, path }: any) => `${code} ${path.join('.')}`);
async function done(name: string, input: object): Promise<any> {
  const { dissolution, userErrors } = await attempt(name, input);
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return dissolution;
}
const announce = (agreementId: string): Promise<any> =>
  done('announceDissolution', { agreementId, ceased: 'FUNDER', legalBasis: BASIS });

describe('a party that no longer exists', () => {
  it('ends an agreement sixty days after both had notice, and what was received stays', async () => {
    const active = await scenes.active({ expectations: [{ dueOn: '2027-01-15' }, { dueOn: '2028-12-31' }] });
    const { id, version } = await scenes.pay(active.installments[0].id, '400.00');
    const received = { id, expectedVersion: version, receivedOn: '2026-11-23', received: usd('400.00') };
    await network.mutate(grantee, 'confirmDisbursement', received, 'disbursement { id }');
    const open = await scenes.done(funder, 'proposeAmendment', scenes.reduceSecond(active, '100.00'));

    const notice = await announce(active.id);
    expect(notice).toMatchObject({
      state: 'ANNOUNCED',
      ceased: 'FUNDER',
      legalBasis: BASIS,
      earliestOn: '2027-01-22',
      decidedAt: null,
      availableActions: ['WITHDRAW'],
      agreement: { state: 'ACTIVE', dissolutions: [{ id: notice.id }] },
    });
    for (const key of [funder, grantee]) {
      const query =
        'query ($id: ID!) { node(id: $id) { ... on Dissolution { legalBasis earliestOn availableActions } } }';
      const { data } = await network.call(key, query, { id: notice.id });
      expect(data.node).toEqual({ legalBasis: BASIS, earliestOn: '2027-01-22', availableActions: [] });
      expect(await sponsored.heard(key, notice.id)).toEqual(['DISSOLUTION_ANNOUNCED']);
    }
    // Until then it goes on as it was.
    network.clock.set('2027-01-21T16:59:00Z');
    const before = await scenes.everything();
    const early = await attempt('recordDissolution', answer(notice));
    expect(early.userErrors).toMatchObject([
      { code: 'DISSOLUTION_TOO_EARLY', message: expect.stringContaining('2027-01-22') },
    ]);
    expect(await scenes.everything()).toBe(before);
    expect((await scenes.read(funder, active.id)).state).toBe('ACTIVE');

    network.clock.set('2027-01-21T17:00:01Z');
    const recorded = await done('recordDissolution', answer(notice));
    expect(recorded).toMatchObject({ state: 'RECORDED', availableActions: [], agreement: { state: 'RELEASED' } });
    const ended = await scenes.read(grantee, active.id);
    expect(ended).toMatchObject({ state: 'RELEASED', revision: 1, endsOn: '2028-12-31', availableActions: [] });
    expect(ended.installments.map((one: any) => one.state)).toEqual(['RECEIVED', 'RELEASED']);
    expect(ended.installments.map((one: any) => one.isLate)).toEqual([false, false]);
    // A report that was due before stays what it was; one in the future is not hoped for any more.
    expect(ended.expectations.map((one: any) => one.state)).toEqual(['OVERDUE', 'WAIVED']);
    expect(await sponsored.heard(grantee, notice.id)).toEqual(['DISSOLUTION_ANNOUNCED', 'DISSOLUTION_RECORDED']);
    expect((await sponsored.heard(grantee, active.id)).at(-1)).toBe('AGREEMENT_RELEASED');
    const { amendment } = await scenes.attempt(grantee, 'declineAmendment', answer(open));
    expect(amendment).toMatchObject({ isStale: false, state: 'DECLINED' });
    expect(codes(await attempt('recordDissolution', answer(recorded)))).toEqual(['ACTION_NOT_ALLOWED id']);
  });

  it('waits for a payment on its way, until somebody says what became of it', async () => {
    const active = await scenes.active();
    const sent = await scenes.pay(active.installments[0].id, '400.00');
    const notice = await announce(active.id);
    network.clock.set('2027-02-01T05:00:00Z');
    const before = await scenes.everything();
    expect(codes(await attempt('recordDissolution', answer(notice)))).toEqual(['MONEY_IN_FLIGHT id']);
    expect(await scenes.everything()).toBe(before);
    await network.mutate(grantee, 'reportDisbursementMissing', answer(sent), 'disbursement { id }');
    await done('recordDissolution', answer(notice));
    expect((await scenes.read(grantee, active.id)).installments[0].state).toBe('RELEASED');
  });

  it('is heard of by a fiscal sponsor too', async () => {
    const project: Sponsorship = await addSponsorship(network);
    const active = await sponsored.active(project);
    const notice = await announce(active.id);
    const query = 'query ($id: ID!) { node(id: $id) { id } }';
    expect((await network.call(project.sponsor.key, query, { id: notice.id })).data.node).toEqual({ id: notice.id });
    expect((await network.call(project.other.key, query, { id: notice.id })).data.node).toBeNull();
    expect(await sponsored.heard(project.sponsor.key, notice.id)).toEqual(['DISSOLUTION_ANNOUNCED']);
  });

  it('leaves what was agreed for a day that has come in the meantime', async () => {
    const active = await scenes.active();
    const proposed = await scenes.done(funder, 'proposeAmendment', {
      ...scenes.reduceSecond(active, '100.00', '2026-12-01'),
      waiveNotice: true,
    });
    await scenes.done(grantee, 'acceptAmendment', answer(proposed, { waiveNotice: true }));
    const notice = await announce(active.id);
    network.clock.set('2027-02-01T05:00:00Z');
    await done('recordDissolution', answer(notice));
    const ended = await scenes.read(grantee, active.id);
    expect(ended).toMatchObject({ state: 'RELEASED', revision: 2 });
    expect(ended.installments[1]).toMatchObject({ amount: { amount: '100.00' }, state: 'RELEASED' });
  });
});

describe('the notice', () => {
  it('can be taken back, and given anew with sixty days of its own', async () => {
    const active = await scenes.active();
    const first = await announce(active.id);
    const again = { agreementId: active.id, ceased: 'GRANTEE', legalBasis: BASIS };
    expect(codes(await attempt('announceDissolution', again))).toEqual(['DISSOLUTION_ANNOUNCED agreementId']);
    const withdrawn = await done('withdrawDissolution', answer(first));
    expect(withdrawn).toMatchObject({ state: 'WITHDRAWN', agreement: { state: 'ACTIVE' } });
    network.clock.set('2027-02-01T05:00:00Z');
    expect(codes(await attempt('recordDissolution', answer(withdrawn)))).toEqual(['ACTION_NOT_ALLOWED id']);
    const second = await announce(active.id);
    expect(second).toMatchObject({
      earliestOn: '2027-04-02',
      agreement: { dissolutions: [{ id: first.id }, { id: second.id }] },
    });
    expect(codes(await attempt('recordDissolution', answer(second)))).toEqual(['DISSOLUTION_TOO_EARLY id']);
  });

  it('is given for what is active, by the steward alone, in words', async () => {
    const offered = await scenes.offered();
    const draft = await scenes.draft();
    const before = await scenes.everything();
    const input = (agreementId: string, legalBasis = BASIS): object => ({ agreementId, ceased: 'FUNDER', legalBasis });
    expect(codes(await attempt('announceDissolution', input(offered.id)))).toEqual(['ACTION_NOT_ALLOWED agreementId']);
    expect(codes(await attempt('announceDissolution', input(draft.id)))).toEqual(['NOT_FOUND agreementId']);
    expect(codes(await attempt('announceDissolution', input(offered.id, 'No.')))).toEqual([
      'TEXT_TOO_SHORT legalBasis',
    ]);
    expect(await scenes.everything()).toBe(before);
    const active = await scenes.active();
    expect(
      (await network.call(steward, 'query ($id: ID!) { agreement(id: $id) { availableActions } }', { id: active.id }))
        .data.agreement.availableActions,
    ).toEqual(['ANNOUNCE_DISSOLUTION']);
    const notice = await announce(active.id);
    const foreign = 'query ($id: ID!) { node(id: $id) { id } }';
    for (const key of [network.keys.secondFunder, network.keys.secondGrantee, network.keys.analyst, null])
      expect((await network.call(key, foreign, { id: notice.id })).data.node).toBeNull();
  });

  it('is recorded and withdrawn at once: one of them counts', async () => {
    for (let round = 0; round < 4; round++) {
      network.clock.set('2026-11-23T05:00:00Z');
      const active = await scenes.active();
      const notice = await announce(active.id);
      network.clock.set('2027-02-01T05:00:00Z');
      const results = await Promise.all(
        ['recordDissolution', 'withdrawDissolution'].map((name) => attempt(name, answer(notice))),
      );
      expect(results.flatMap(codes)).toEqual(['STALE_VERSION expectedVersion']);
      const [winner] = results.filter(({ userErrors }) => userErrors.length === 0);
      const { state } = await scenes.read(funder, active.id);
      expect(state).toBe(winner.dissolution.state === 'RECORDED' ? 'RELEASED' : 'ACTIVE');
    }
  });
});
