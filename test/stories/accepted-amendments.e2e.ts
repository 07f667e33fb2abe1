import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { amendmentScenes, amounts, answer, codes, idOf } from '../support/amendment-scenes.js';
import { missedDutyScenes } from '../support/missed-duty-scenes.js';
import { money, moneyScenes } from '../support/money-scenes.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import { stopSound } from '../support/sound-network.js';
import { suggestionScenes } from '../support/suggestion-scenes.js';

/*
 * From the domain: "PROPOSED -> ACCEPTED | DECLINED | WITHDRAWN; ACCEPTED -> WITHDRAWN | LAPSED before its day. One proposal
 * that needs consent is open at a time, and one that was accepted and waits for its day does not block others (they start
 * from the terms as they will be); its funder may withdraw it before that day; one that finds nothing left to change is
 * LAPSED and says why."
 */
let network: Network;
let funder: string;
let grantee: string;
beforeAll(async () => {
  network = await startNetwork();
  ({ funder, grantee } = network.keys);
});
afterAll(() => stopSound(network));
beforeEach(() => network.clock.set('2026-11-23T05:00:00Z'));

const scenes = amendmentScenes(() => network);
const { addFunds, attempt, done, read, reduceSecond } = scenes;
const payments = moneyScenes(() => network, scenes);
const { writeWhatIsDue } = missedDutyScenes(() => network);

/* eslint-disable @typescript-eslint/no-explicit-any -- What a query answers depends on the query. */
async function seen(id: string, key = grantee, language = 'en'): Promise<any> {
  const query = `query ($id: ID!) { node(id: $id) { ... on Amendment { id version state isStale revision takesEffectAt decidedAt
    endedAt lapsedBecause lapsedBecauseText availableActions changes { field before after } } } }`;
  return (await network.call(key, query, { id }, { 'accept-language': language })).data.node;
}
/** The funder asks for less of the second installment from a day on, and the grantee agrees. */
async function agreed(agreement: any, amount: string | null, day: string): Promise<any> {
  const current = await read(funder, agreement.id);
  const input = { ...reduceSecond(agreement, amount, day), baseRevision: current.revision, waiveNotice: true };
  return consented(await done(funder, 'proposeAmendment', input));
}
const consented = (proposed: any): Promise<any> =>
  done(grantee, 'acceptAmendment', answer(proposed, { waiveNotice: true }));
const ending = (agreement: any, effectiveOn: string): object => ({
  ...{ ...idOf(agreement), kind: 'RELEASE', effectiveOn, waiveNotice: true },
});
const ofAgreement = (id: string): Promise<{ type: string }[]> =>
  network.sql<{ type: string }>(
    `SELECT e.type FROM events e JOIN amendments m ON m.id = e.subject_id WHERE m.agreement_id = $1 ORDER BY e.at, e.id`,
    [scenes.uuid(id)],
  );

describe('a reduction that both agreed to for a later day', () => {
  it('waits, and the funder adds money meanwhile: each counts from its own day', async () => {
    const active = await scenes.active();
    const accepted = await agreed(active, '200.00', '2027-11-23');
    expect(accepted).toMatchObject({ state: 'ACCEPTED', revision: null });
    await done(funder, 'proposeAmendment', addFunds(active));
    expect(amounts(await read(grantee, active.id))).toEqual(['400.00', '250.00', '600.00']);
    network.clock.set('2027-11-23T05:00:00Z');
    const now = await read(grantee, active.id);
    expect([amounts(now), now.committed.amount]).toEqual([['400.00', '250.00', '200.00'], '850.00']);
  });

  it('does not stand in the way of another, which starts from the terms as they will be', async () => {
    const active = await scenes.active();
    await agreed(active, '200.00', '2027-11-23');
    const later = { ...reduceSecond(active, '300.00', '2027-12-01'), waiveNotice: true };
    expect(codes(await attempt(funder, 'proposeAmendment', later))).toEqual([
      'AMENDMENT_WRONG_WAY installments.0.amount',
    ]);
    const proposed = await done(funder, 'proposeAmendment', { ...reduceSecond(active, '100.00', '2027-12-01') });
    expect(proposed.changes).toEqual(
      expect.arrayContaining([
        { field: 'committed', before: '600.00 USD', after: '500.00 USD' },
        { field: 'installments.2.amount', before: '200.00 USD', after: '100.00 USD' },
      ]),
    );
    // Two that need consent are never open beside each other.
    expect(codes(await attempt(grantee, 'proposeAmendment', addFunds(active)))).toEqual(['AMENDMENT_OPEN agreementId']);
    await consented(proposed);
    network.clock.set('2027-11-30T05:00:00Z');
    expect(amounts(await read(grantee, active.id))).toEqual(['400.00', '200.00']);
    network.clock.set('2027-12-01T05:00:00Z');
    expect(amounts(await read(grantee, active.id))).toEqual(['400.00', '100.00']);
    await writeWhatIsDue(active.id);
    expect(await read(grantee, active.id)).toMatchObject({ revision: 3, committed: { amount: '500.00' } });
  });

  it('can be agreed to on the day the first one takes effect, and does not become stale by what it started from', async () => {
    const active = await scenes.active();
    await agreed(active, '200.00', '2027-11-23');
    const proposed = await done(funder, 'proposeAmendment', reduceSecond(active, '100.00', '2027-12-01'));
    network.clock.set('2027-11-25T05:00:00Z');
    expect(await seen(proposed.id)).toMatchObject({ isStale: false, availableActions: ['ACCEPT', 'DECLINE'] });
    expect(await consented(proposed)).toMatchObject({ state: 'ACCEPTED', revision: null });
    network.clock.set('2027-12-01T05:00:00Z');
    expect(amounts(await read(grantee, active.id))).toEqual(['400.00', '100.00']);
  });

  it('makes a proposal stale that started from the terms before it', async () => {
    const active = await scenes.active();
    await agreed(active, '200.00', '2027-11-23');
    const asked = await done(grantee, 'proposeAmendment', addFunds(active));
    network.clock.set('2027-11-23T05:00:00Z');
    expect(await seen(asked.id, funder)).toMatchObject({ isStale: true, availableActions: ['DECLINE'] });
    expect(codes(await attempt(funder, 'acceptAmendment', answer(asked)))).toEqual(['AMENDMENT_STALE id']);
  });
});

describe('a funder that thinks better of it', () => {
  it('withdraws what was agreed before its day, and the grant stays what it was', async () => {
    const active = await scenes.active();
    const accepted = await agreed(active, '200.00', '2027-11-23');
    expect((await seen(accepted.id, funder)).availableActions).toEqual(['WITHDRAW']);
    expect((await seen(accepted.id, grantee)).availableActions).toEqual([]);
    expect((await seen(accepted.id, network.keys.steward)).availableActions).toEqual([]);
    const before = await scenes.everything();
    expect(codes(await attempt(grantee, 'withdrawAmendment', answer(accepted)))).toEqual(['ACTION_NOT_ALLOWED id']);
    expect(codes(await attempt(network.keys.secondFunder, 'withdrawAmendment', answer(accepted)))).toEqual([
      'NOT_FOUND id',
    ]);
    expect(await scenes.everything()).toBe(before);
    network.clock.set('2027-11-22T16:59:00Z');
    await done(funder, 'withdrawAmendment', answer(accepted));
    expect(await seen(accepted.id)).toMatchObject({
      ...{ state: 'WITHDRAWN', revision: null, takesEffectAt: null, availableActions: [] },
      ...{ decidedAt: expect.stringMatching(/^2026-11-23T05:00/), endedAt: expect.stringMatching(/^2027-11-22T16:59/) },
    });
    network.clock.set('2027-11-23T05:00:00Z');
    await writeWhatIsDue(active.id);
    expect(await read(grantee, active.id)).toMatchObject({ revision: 1, committed: { amount: '1000.00' } });
    expect((await ofAgreement(active.id)).map(({ type }) => type)).toEqual([
      ...['AMENDMENT_PROPOSED', 'AMENDMENT_ACCEPTED', 'AMENDMENT_WITHDRAWN'],
    ]);
  });

  it('leaves no obstacle to suggest, since nothing was reduced', async () => {
    const suggestions = suggestionScenes(() => network);
    const active = await scenes.active();
    const accepted = await agreed(active, '200.00', '2027-11-23');
    const about = async (): Promise<string[]> =>
      (await suggestions.page(grantee)).nodes
        .filter(({ subject }) => (subject as { id: string }).id === accepted.id)
        .map(({ code }) => code);
    expect(await about()).toEqual(['COMMITMENT_REDUCED_OR_WITHDRAWN', 'INSUFFICIENT_NOTICE']);
    await done(funder, 'withdrawAmendment', answer(accepted));
    expect(await about()).toEqual([]);
  });

  it('cannot once the day has come, whether or not the service has written it', async () => {
    const active = await scenes.active();
    const accepted = await agreed(active, '200.00', '2027-11-23');
    network.clock.set('2027-11-22T17:00:00Z');
    expect((await seen(accepted.id, funder)).availableActions).toEqual([]);
    const before = await scenes.everything();
    expect(codes(await attempt(funder, 'withdrawAmendment', answer(accepted)))).toEqual(['ACTION_NOT_ALLOWED id']);
    expect(await scenes.everything()).toBe(before);
    await writeWhatIsDue(active.id);
    expect(codes(await attempt(funder, 'withdrawAmendment', answer(accepted)))).toEqual(['ACTION_NOT_ALLOWED id']);
    expect(amounts(await read(grantee, active.id))).toEqual(['400.00', '200.00']);
  });

  it('may withdraw what the grantee had asked for too, and an end of the grant', async () => {
    const active = await scenes.active();
    const asked = await done(grantee, 'proposeAmendment', ending(active, '2027-06-01'));
    const accepted = await done(funder, 'acceptAmendment', answer(asked));
    expect(codes(await attempt(grantee, 'withdrawAmendment', answer(accepted)))).toEqual(['ACTION_NOT_ALLOWED id']);
    await done(funder, 'withdrawAmendment', answer(accepted));
    network.clock.set('2027-06-02T05:00:00Z');
    expect(await read(grantee, active.id)).toMatchObject({ state: 'ACTIVE', committed: { amount: '1000.00' } });
  });

  it('leaves what was agreed on top of it in place, and makes stale what was only proposed on top of it', async () => {
    const active = await scenes.active();
    const first = await agreed(active, '200.00', '2027-11-23');
    await agreed(active, '100.00', '2027-12-01');
    const proposed = await done(funder, 'proposeAmendment', reduceSecond(active, '50.00', '2027-12-10'));
    await done(funder, 'withdrawAmendment', answer(first));
    expect(await seen(proposed.id)).toMatchObject({ isStale: true, availableActions: ['DECLINE'] });
    expect(codes(await attempt(grantee, 'acceptAmendment', answer(proposed)))).toEqual(['AMENDMENT_STALE id']);
    network.clock.set('2027-11-25T05:00:00Z');
    expect(amounts(await read(grantee, active.id))).toEqual(['400.00', '600.00']);
    network.clock.set('2027-12-01T05:00:00Z');
    expect(amounts(await read(grantee, active.id))).toEqual(['400.00', '100.00']);
  });
});

describe('one that finds nothing left to change', () => {
  it('is lapsed and says why: the money was sent by then, and no empty revision is made', async () => {
    const active = await scenes.active();
    const accepted = await agreed(active, '200.00', '2027-11-23');
    await payments.send(active.installments[1].id, money('600.00'), '2026-11-20');
    network.clock.set('2027-11-23T05:00:00Z');
    const lapsed = { state: 'LAPSED', revision: null, lapsedBecause: 'MONEY_SENT', availableActions: [] };
    for (const isWritten of [false, true]) {
      if (isWritten) await writeWhatIsDue(active.id);
      for (const key of [funder, grantee]) {
        expect({ isWritten, ...(await seen(accepted.id, key)) }).toMatchObject({ isWritten, ...lapsed });
        expect(await read(key, active.id)).toMatchObject({ revision: 1, committed: { amount: '1000.00' } });
      }
    }
    expect((await seen(accepted.id)).lapsedBecauseText).toBe(
      'Money was sent meanwhile on an installment that it would have changed, and nothing else was left to change.',
    );
    expect((await seen(accepted.id, grantee, 'vi')).lapsedBecauseText).toBe(
      'Trong khi đó tiền đã được gửi cho đợt chi mà sửa đổi này lẽ ra thay đổi, và không còn gì khác để thay đổi.',
    );
    expect((await ofAgreement(active.id)).map(({ type }) => type)).toEqual([
      ...['AMENDMENT_PROPOSED', 'AMENDMENT_ACCEPTED', 'AMENDMENT_LAPSED'],
    ]);
  });

  it('lapses when one that was agreed to later, for an earlier day, did as much', async () => {
    const active = await scenes.active();
    const accepted = await agreed(active, '200.00', '2027-11-23');
    await agreed(active, '100.00', '2027-06-01');
    network.clock.set('2027-11-23T05:00:00Z');
    // A reduction never raises: 100 stays 100.
    expect(amounts(await read(grantee, active.id))).toEqual(['400.00', '100.00']);
    expect(await seen(accepted.id)).toMatchObject({ state: 'LAPSED', lapsedBecause: 'NOTHING_LEFT' });
    await writeWhatIsDue(active.id);
    expect(await seen(accepted.id)).toMatchObject({ state: 'LAPSED', lapsedBecause: 'NOTHING_LEFT' });
    expect(await read(grantee, active.id)).toMatchObject({ revision: 2, committed: { amount: '500.00' } });
  });

  it('lapses rather than leave nothing of a grant, which takes an early end', async () => {
    const active = await scenes.active();
    const first = { ...idOf(active), kind: 'REDUCE_FUNDS', waiveNotice: true };
    const giveUp = (at: number, effectiveOn: string): object => ({
      ...{ ...first, effectiveOn, installments: [{ installmentId: active.installments[at].id }] },
    });
    const accepted = await consented(await done(funder, 'proposeAmendment', giveUp(1, '2027-11-23')));
    await consented(await done(funder, 'proposeAmendment', giveUp(0, '2026-12-01')));
    network.clock.set('2027-11-23T05:00:00Z');
    await writeWhatIsDue(active.id);
    expect(await seen(accepted.id)).toMatchObject({ state: 'LAPSED', lapsedBecause: 'LEAVES_NOTHING' });
    expect(await read(grantee, active.id)).toMatchObject({ state: 'ACTIVE', committed: { amount: '600.00' } });
  });

  it('lapses when the grant has ended early before its day, and nothing is proposed for a day after the end', async () => {
    const active = await scenes.active();
    const accepted = await agreed(active, '200.00', '2027-12-01');
    await consented(await done(funder, 'proposeAmendment', ending(active, '2027-06-01')));
    const after = { ...reduceSecond(active, '100.00', '2027-12-05'), waiveNotice: true };
    expect(codes(await attempt(funder, 'proposeAmendment', after))).toEqual(['ACTION_NOT_ALLOWED effectiveOn']);
    network.clock.set('2027-06-01T05:00:00Z');
    expect(await seen(accepted.id)).toMatchObject({ state: 'LAPSED', lapsedBecause: 'AGREEMENT_ENDED' });
    await writeWhatIsDue(active.id);
    expect(await seen(accepted.id)).toMatchObject({ state: 'LAPSED', lapsedBecause: 'AGREEMENT_ENDED' });
    expect(await read(grantee, active.id)).toMatchObject({ state: 'RELEASED', revision: 2 });
  });

  it('waits behind an end of the grant that itself waits for money in flight', async () => {
    const active = await scenes.active();
    await agreed(active, '200.00', '2027-12-01');
    await consented(await done(funder, 'proposeAmendment', ending(active, '2027-06-01')));
    const sent = await payments.send(active.installments[0].id, money('400.00'), '2026-11-20');
    network.clock.set('2027-12-02T05:00:00Z');
    await writeWhatIsDue(active.id);
    expect(await read(grantee, active.id)).toMatchObject({ state: 'ACTIVE', revision: 1 });
    await payments.confirm(sent, money('400.00'), '2027-12-01');
    expect(await read(grantee, active.id)).toMatchObject({
      ...{ state: 'RELEASED', committed: { amount: '400.00' }, endsOn: '2027-06-01' },
    });
    await writeWhatIsDue(active.id);
    expect(await read(grantee, active.id)).toMatchObject({ state: 'RELEASED', revision: 2 });
  });

  it('lapses when a party no longer exists and the grant was ended for that', async () => {
    const active = await scenes.active();
    const accepted = await agreed(active, '200.00', '2027-11-23');
    const basis = { ceased: 'FUNDER', legalBasis: 'The foundation was struck off the register of charities.' };
    const act = async (name: string, input: object): Promise<any> => {
      const { dissolution, userErrors }: any = await network.mutate(
        network.keys.steward,
        name,
        input,
        'dissolution { id version }',
      );
      expect(userErrors).toEqual([]);
      return dissolution;
    };
    const notice = await act('announceDissolution', { agreementId: active.id, ...basis });
    network.clock.set('2027-02-23T05:00:00Z');
    await act('recordDissolution', answer(notice));
    expect(await seen(accepted.id)).toMatchObject({ state: 'LAPSED', lapsedBecause: 'AGREEMENT_ENDED' });
  });
});
