import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { findBreaches } from '../src/doctor/doctor.js';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import { amendmentScenes, amounts, answer, idOf } from './support/amendment-scenes.js';
import type { Payload, Thing } from './support/money-scenes.js';
import { DISBURSEMENT, HOLD, money, moneyScenes } from './support/money-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

/** The stories agreements are made for, each from its beginning to its end, by both parties over HTTP. */
let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());
beforeEach(() => network.clock.set('2026-11-23T05:00:00Z'));

const scenes = amendmentScenes(() => network);
const { done, refused, send, confirm, received } = moneyScenes(() => network, scenes);
const days = ({ installments }: { installments: { dueOn: string }[] }): string[] =>
  installments.map(({ dueOn }) => dueOn);

describe('a two-year grant', () => {
  it('is negotiated, told by a rule, amended with consent, paid to the end, and renewed', async () => {
    const { funder, grantee } = network.keys;
    const schedule = { parts: 3, everyMonths: 11, firstDueOn: '2027-01-31' };
    const terms = { committed: money('100000001', 'VND'), installments: undefined, schedule };
    const offered = await scenes.offered(terms);
    expect([days(offered), amounts(offered)]).toEqual([
      ['2027-01-31', '2027-12-31', '2028-11-30'],
      ['33333335', '33333333', '33333333'],
    ]);
    const message = 'Could the first part be larger? The flood season begins in June.';
    const asked = await scenes.move('requestAgreementChanges', offered, { message }, grantee);
    const larger = { ...schedule, firstAmount: money('50000001', 'VND') };
    const revised = await scenes.move('reviseAgreement', asked, {
      terms: scenes.terms({ ...terms, schedule: larger }),
    });
    const again = await scenes.move('offerAgreement', revised);
    const compare = async (from: number, to: number): Promise<unknown> =>
      (
        await network.call(
          grantee,
          `{ agreement(id: "${again.id}") { compareRevisions(from: ${from}, to: ${to}) { field before after } } }`,
        )
      ).data.agreement.compareRevisions;
    const changed = ['33333335 VND', '33333333 VND', '33333333 VND'].map((before, i) => ({
      ...{ field: `installments.${i + 1}.amount`, before },
      after: i === 0 ? '50000001 VND' : '25000000 VND',
    }));
    expect(await compare(1, 2)).toEqual(changed);
    const stale = await scenes.act('acceptAgreement', { ...scenes.acceptance(again), revision: 1 }, grantee);
    expect(stale.userErrors).toMatchObject([{ code: 'REVISION_MISMATCH' }]);
    const active = (await scenes.act('acceptAgreement', scenes.acceptance(again), grantee)).agreement;

    network.clock.set('2027-01-28T05:00:00Z');
    const first = await send(active.installments[0].id, money('50000001', 'VND'), '2027-01-27');
    await confirm(first, money('50000001', 'VND'), '2027-01-28');
    network.clock.set('2027-06-01T05:00:00Z');
    const sooner = {
      ...{ ...idOf(active), kind: 'MOVE_PAYMENT_EARLIER' },
      installments: [{ installmentId: active.installments[1].id, dueOn: '2027-07-01' }],
    };
    await scenes.done(funder, 'proposeAmendment', sooner);
    const moved = await scenes.read(grantee, active.id);
    expect([moved.revision, days(moved)]).toEqual([3, ['2027-01-31', '2027-07-01', '2028-11-30']]);
    const less = {
      ...{ ...idOf(moved), kind: 'REDUCE_FUNDS', effectiveOn: '2028-06-01' },
      installments: [{ installmentId: active.installments[2].id, amount: money('20000000', 'VND') }],
    };
    const proposal = await scenes.done(funder, 'proposeAmendment', less);
    expect((await scenes.read(grantee, active.id)).committed.amount).toBe('100000001');
    await scenes.done(grantee, 'acceptAmendment', answer(proposal));
    const second = await send(active.installments[1].id, money('25000000', 'VND'), '2027-06-01');
    await confirm(second, money('24980000', 'VND'), '2027-06-01');
    expect((await scenes.read(funder, active.id)).committed.amount).toBe('100000001');
    network.clock.set('2028-06-01T05:00:00Z');
    expect((await scenes.read(funder, active.id)).committed.amount).toBe('95000001');
    const third = await send(active.installments[2].id, money('20000000', 'VND'), '2028-06-01');
    await confirm(third, money('20000000', 'VND'), '2028-06-01');

    network.clock.set('2029-01-01T05:00:00Z');
    await network.app.get(Jobs).runScheduled('complete_agreements');
    const over = await scenes.read(grantee, active.id);
    expect(over).toMatchObject({ state: 'COMPLETED', revision: 4, timeZone: 'Asia/Ho_Chi_Minh' });
    expect(over.revisions.map((one: Thing) => [one.number, one.committed.amount, one.acceptedAt !== null])).toEqual([
      [1, '100000001', false],
      [2, '100000001', true],
      [3, '100000001', true],
      [4, '95000001', true],
    ]);
    expect(await compare(2, 4)).toEqual([
      { field: 'committed', before: '100000001 VND', after: '95000001 VND' },
      { field: 'installments.2.dueOn', before: '2027-12-31', after: '2027-07-01' },
      { field: 'installments.3.amount', before: '25000000 VND', after: '20000000 VND' },
    ]);
    const renewal = await scenes.act('renewAgreement', { id: active.id }, funder);
    expect(renewal.agreement).toMatchObject({ state: 'DRAFT', startsOn: '2029-01-01', renews: { id: active.id } });
  });
});

describe('a late payment', () => {
  it('is late from the end of its day, not under a hold, and stays what it was after receipt', async () => {
    const active = await scenes.active();
    const [{ id: installmentId }] = active.installments;
    const lateness = async (instant: string): Promise<unknown[]> => {
      network.clock.set(instant);
      const both = await Promise.all(
        [network.keys.funder, network.keys.grantee].map(async (key) => {
          const { installments } = await scenes.read(key, active.id);
          return [installments[0].isLate, installments[0].daysLate];
        }),
      );
      expect(both[0]).toEqual(both[1]);
      return both[0];
    };
    expect(await lateness('2027-01-31T16:59:59Z')).toEqual([false, 0]);
    expect(await lateness('2027-01-31T17:00:00Z')).toEqual([true, 1]);
    const basis = { ground: 'SANCTIONS_SCREENING', legalBasis: 'Screening of the new bank of the grantee.' };
    const hold = await done('funder', 'placeLegalHold', { installmentId, ...basis }, HOLD);
    expect(await lateness('2027-02-09T03:00:00Z')).toEqual([false, 1]);
    await done('funder', 'liftLegalHold', { id: hold.id, expectedVersion: 1 }, HOLD);
    expect(await lateness('2027-02-10T03:00:00Z')).toEqual([true, 2]);
    await received(installmentId, '400.00', '2027-02-10', '2027-02-10');
    expect(await lateness('2027-02-11T03:00:00Z')).toEqual([false, 2]);
    expect(await lateness('2029-02-11T03:00:00Z')).toEqual([false, 2]);
  });
});

describe('a flood', () => {
  it('has a group without papers paid within the day, by its own word', async () => {
    const { keys } = network;
    network.clock.set('2027-09-12T01:00:00Z');
    const group = { name: 'Nhóm cứu trợ Trà Vinh', place: 'Trà Vinh', contact: { phone: '+84 90 000 0000' } };
    const invited = await network.mutate(keys.funder, 'inviteGrantee', group, 'claimToken grantee { id legalForm }');
    expect(invited.grantee.legalForm).toBe('INFORMAL_GROUP');
    network.clock.set('2027-09-12T02:00:00Z');
    const { secret: key } = (await network.mutate(
      null,
      'claimInvitation',
      { token: invited.claimToken },
      'secret grantee { id }',
    )) as { secret: string };
    const terms = {
      committed: money('50000000', 'VND'),
      ...{ startsOn: '2027-09-12', endsOn: '2027-12-11' },
      schedule: { parts: 1, everyMonths: 1, firstDueOn: '2027-09-12' },
    };
    const act = async (name: string, input: object, by: string): Promise<Thing> => {
      const selection = 'agreement { id version revision state installments { id } }';
      const { agreement, userErrors } = (await network.mutate(by, name, input, selection)) as Payload;
      expect(userErrors).toEqual([]);
      return agreement;
    };
    network.clock.set('2027-09-12T03:00:00Z');
    const draft = await act('draftAgreement', { granteeId: invited.grantee.id, terms }, keys.funder);
    const offer = await act('offerAgreement', { id: draft.id, expectedVersion: draft.version }, keys.funder);
    const page = await fetch(`${network.url}/v1/agreements/${offer.id}/revisions/1?language=vi`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(await page.text()).toContain('Bên tài trợ cam kết: 50.000.000 VND');
    network.clock.set('2027-09-12T05:00:00Z');
    const accepted = await act('acceptAgreement', scenes.acceptance(offer as never), key);
    const sent = await send(accepted.installments[0].id, money('50000000', 'VND'), '2027-09-12');
    network.clock.set('2027-09-12T10:00:00Z');
    const receipt = { id: sent.id, expectedVersion: 1, receivedOn: '2027-09-12', received: money('50000000', 'VND') };
    expect((await network.mutate(key, 'confirmDisbursement', receipt, DISBURSEMENT)).userErrors).toEqual([]);
    const seen = await scenes.read(key, draft.id);
    expect(seen).toMatchObject({
      ...{ state: 'ACTIVE', acceptedByName: 'Nguyễn Thị Hoa', expectations: [] },
      installments: [{ state: 'RECEIVED', receivedOn: '2027-09-12', daysLate: 0, isLate: false }],
    });
    const { data } = await network.call(key, '{ events { nodes { type at } } }');
    const told = data.events.nodes as { type: string; at: string }[];
    expect(told.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['AGREEMENT_OFFERED', 'AGREEMENT_ACCEPTED', 'DISBURSEMENT_SENT', 'DISBURSEMENT_RECEIVED']),
    );
    expect(new Set(told.map(({ at }) => at.slice(0, 10)))).toEqual(new Set(['2027-09-12']));
    expect(
      await refused('secondFunder', 'recordDisbursement', {
        installmentId: accepted.installments[0].id,
        sentOn: '2027-09-12',
        amount: money('1', 'VND'),
      }),
    ).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});

it('leaves nothing that the doctor finds', async () => {
  await network.call(network.keys.steward, '{ events { nodes { id } } }');
  const owner = new pg.Client({ connectionString: network.databaseUrls.owner });
  await owner.connect();
  const findings = await findBreaches(owner);
  await owner.end();
  expect(findings.filter(({ breaches }) => breaches.length > 0)).toEqual([]);
});
