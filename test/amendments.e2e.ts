import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AmendmentEffects } from '../src/agreements/amendments/amendment-effects.service.js';
import { takeAmendmentEffect } from '../src/agreements/amendments/take-amendment-effect.job.js';
import { SYSTEM_ACTOR } from '../src/platform/access/actor.js';
import { Database } from '../src/platform/db/database.service.js';
import { amendmentScenes, amounts, answer, codes, idOf } from './support/amendment-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
let funder: string;
let grantee: string;
beforeAll(async () => {
  network = await startNetwork();
  ({ funder, grantee } = network.keys);
});
afterAll(() => network.stop());
beforeEach(() => network.clock.set('2026-11-23T05:00:00Z'));

const scenes = amendmentScenes(() => network);
const { addFunds, attempt, done, eventsOf, everything, pay, reduceSecond } = scenes;
const usd = (amount: string): object => ({ amount, currency: 'USD' });

describe('what is good for the grantee', () => {
  it('takes effect as soon as the funder does it, as a revision that can be compared', async () => {
    const active = await scenes.active();
    const amendment = await done(funder, 'proposeAmendment', addFunds(active));
    expect(amendment).toMatchObject({ state: 'ACCEPTED', revision: 2, baseRevision: 1, effectiveOn: null });
    const now = await scenes.read(grantee, active.id);
    expect(now).toMatchObject({ revision: 2, committed: { amount: '1250.00' }, state: 'ACTIVE' });
    expect(amounts(now)).toEqual(['400.00', '250.00', '600.00']);
    expect(now.installments[1]).toMatchObject({ number: 2, lateAt: '2027-06-30T17:00:00.000Z' });
    expect(now.revisions.map(({ number }: { number: number }) => number)).toEqual([1, 2]);
    const { data } = await network.call(
      network.keys.steward,
      `query ($id: ID!) { agreement(id: $id) { compareRevisions(from: 1, to: 2) { field before after } amendments { id } } }`,
      { id: active.id },
    );
    expect(data).toEqual({
      agreement: {
        compareRevisions: amendment.changes,
        amendments: [{ id: amendment.id }],
      },
    });
    expect(amendment.changes).toContainEqual({ field: 'committed', before: '1000.00 USD', after: '1250.00 USD' });
    expect(amendment.changes).toContainEqual({ field: 'installments.3.amount', before: null, after: '600.00 USD' });
    expect(await eventsOf(active.id)).toEqual(['AGREEMENT_AMENDED', 'AMENDMENT_ACCEPTED', 'AMENDMENT_PROPOSED']);
  });

  it('moves a payment earlier, extends the term, drops a report', async () => {
    const active = await scenes.active();
    const [, second] = active.installments;
    await done(funder, 'proposeAmendment', {
      ...idOf(active),
      kind: 'MOVE_PAYMENT_EARLIER',
      installments: [{ installmentId: second.id, dueOn: '2026-12-31' }],
    });
    await done(funder, 'proposeAmendment', {
      agreementId: active.id,
      baseRevision: 2,
      kind: 'EXTEND_TERM',
      endsOn: '2029-12-31',
    });
    await done(funder, 'proposeAmendment', {
      agreementId: active.id,
      baseRevision: 3,
      kind: 'DROP_REPORT',
      expectationIds: [active.expectations[0].id],
    });
    const now = await scenes.read(grantee, active.id);
    expect(now).toMatchObject({ revision: 4, endsOn: '2029-12-31', expectations: [{ state: 'WAIVED' }] });
    expect(now.installments[0]).toMatchObject({ id: second.id, number: 1, dueOn: '2026-12-31' });
  });

  it('needs the funder when the grantee proposes it, and makes an open proposal stale', async () => {
    const active = await scenes.active();
    const asked = await done(grantee, 'proposeAmendment', addFunds(active));
    expect(asked).toMatchObject({ state: 'PROPOSED', proposedBy: 'GRANTEE', availableActions: ['WITHDRAW'] });
    expect(codes(await attempt(grantee, 'acceptAmendment', answer(asked)))).toEqual(['ACTION_NOT_ALLOWED id']);
    await done(funder, 'proposeAmendment', {
      ...idOf(active),
      kind: 'EXTEND_TERM',
      endsOn: '2029-06-30',
    });
    const before = await everything();
    expect(codes(await attempt(funder, 'acceptAmendment', answer(asked)))).toEqual(['AMENDMENT_STALE id']);
    expect(await everything()).toBe(before);
    const again = await done(grantee, 'proposeAmendment', { ...addFunds(active), baseRevision: 2 });
    const accepted = await done(funder, 'acceptAmendment', answer(again));
    expect(accepted).toMatchObject({ state: 'ACCEPTED', revision: 3 });
    expect((await scenes.read(funder, active.id)).committed.amount).toBe('1250.00');
    expect(await done(grantee, 'withdrawAmendment', answer(asked))).toMatchObject({ state: 'WITHDRAWN' });
  });
});

describe('what is to the disadvantage of the grantee', () => {
  it('waits for consent and for its day, and counts from its first instant without any job', async () => {
    const active = await scenes.active();
    const proposed = await done(funder, 'proposeAmendment', reduceSecond(active, '100.00'));
    expect(proposed).toMatchObject({ state: 'PROPOSED', noticeUntil: '2027-11-23', noticeWaived: false });
    const accepted = await done(grantee, 'acceptAmendment', answer(proposed));
    expect(accepted).toMatchObject({ state: 'ACCEPTED', revision: null, takesEffectAt: '2027-11-22T17:00:00.000Z' });
    network.clock.set('2027-11-22T16:59:00Z');
    expect(amounts(await scenes.read(grantee, active.id))).toEqual(['400.00', '600.00']);
    network.clock.set('2027-11-22T17:00:01Z');
    const now = await scenes.read(grantee, active.id);
    expect([amounts(now), now.committed.amount]).toEqual([['400.00', '100.00'], '500.00']);

    await pay(active.installments[0].id, '400.00');
    const written = await scenes.read(funder, active.id);
    expect(written).toMatchObject({ revision: 2, committed: { amount: '500.00' } });
    expect(await eventsOf(active.id)).toEqual(['AMENDMENT_PROPOSED', 'AMENDMENT_ACCEPTED', 'AGREEMENT_AMENDED']);
  });

  it('is written by the job as the service itself, once', async () => {
    const active = await scenes.active();
    const proposed = await done(funder, 'proposeAmendment', reduceSecond(active, null));
    await done(grantee, 'acceptAmendment', answer(proposed));
    const jobs = await network.sql<{ run_at: Date }>(
      `SELECT run_at FROM graphile_worker.jobs WHERE task_identifier = 'take_amendment_effect' ORDER BY id DESC LIMIT 1`,
    );
    expect(jobs[0].run_at.toISOString()).toBe('2027-11-22T17:00:00.000Z');
    network.clock.set('2027-11-23T00:00:00Z');
    const job = takeAmendmentEffect(network.app.get(AmendmentEffects));
    for (let run = 0; run < 2; run++) {
      await network.app.get(Database).write(SYSTEM_ACTOR, (tx) => job(tx, scenes.uuid(active.id)));
    }
    const now = await scenes.read(grantee, active.id);
    expect(now).toMatchObject({ revision: 2, committed: { amount: '400.00' } });
    expect(now.installments[1]).toMatchObject({ state: 'RELEASED', isLate: false });
    expect(await eventsOf(active.id)).toHaveLength(3);
  });

  it('leaves alone what was paid by the old schedule in the meantime', async () => {
    const active = await scenes.active();
    const proposed = await done(funder, 'proposeAmendment', reduceSecond(active, '100.00'));
    await done(grantee, 'acceptAmendment', answer(proposed));
    await pay(active.installments[1].id, '600.00');
    network.clock.set('2027-12-01T00:00:00Z');
    expect(amounts(await scenes.read(grantee, active.id))).toEqual(['400.00', '600.00']);
    await pay(active.installments[0].id, '1.00');
    // Nothing was left to change: it lapsed, and made no revision.
    expect(await scenes.read(grantee, active.id)).toMatchObject({ revision: 1, committed: { amount: '1000.00' } });
    expect(await eventsOf(active.id)).toEqual(['AMENDMENT_PROPOSED', 'AMENDMENT_ACCEPTED', 'AMENDMENT_LAPSED']);
  });

  it('takes effect at acceptance when the grantee waives the notice or answers late', async () => {
    const active = await scenes.active();
    const hasty = { ...reduceSecond(active, '100.00', '2026-11-23') };
    expect(codes(await attempt(funder, 'proposeAmendment', hasty))).toEqual(['NOTICE_TOO_SHORT effectiveOn']);
    const proposed = await done(funder, 'proposeAmendment', { ...hasty, waiveNotice: true });
    expect(proposed.noticeWaived).toBe(false);
    expect(codes(await attempt(grantee, 'acceptAmendment', answer(proposed)))).toEqual([
      'NOTICE_TOO_SHORT waiveNotice',
    ]);
    const accepted = await done(grantee, 'acceptAmendment', answer(proposed, { waiveNotice: true }));
    expect(accepted).toMatchObject({ noticeWaived: true, revision: 2 });

    const other = await scenes.active();
    const later = await done(funder, 'proposeAmendment', {
      ...idOf(other),
      kind: 'MOVE_PAYMENT_LATER',
      effectiveOn: '2027-11-23',
      installments: [{ installmentId: other.installments[1].id, dueOn: '2028-06-30' }],
    });
    network.clock.set('2027-12-24T00:00:00Z');
    expect(await done(grantee, 'acceptAmendment', answer(later))).toMatchObject({
      revision: 2,
      takesEffectAt: expect.stringMatching(/^2027-12-24/),
    });
  });

  it('ends the agreement by consent once no money is in flight', async () => {
    const active = await scenes.active({ expectations: [{ dueOn: '2027-12-31' }, { dueOn: '2028-12-31' }] });
    const release = { ...idOf(active), kind: 'RELEASE', effectiveOn: '2026-11-23', waiveNotice: true };
    const proposed = await done(grantee, 'proposeAmendment', release);
    expect(proposed.changes[0]).toEqual({ field: 'state', before: 'ACTIVE', after: 'RELEASED' });
    const { id, version } = await pay(active.installments[0].id, '400.00');
    const before = await everything();
    expect(codes(await attempt(funder, 'acceptAmendment', answer(proposed)))).toEqual(['MONEY_IN_FLIGHT id']);
    expect(await everything()).toBe(before);
    const received = { id, expectedVersion: version, receivedOn: '2026-11-23', received: usd('400.00') };
    await network.mutate(grantee, 'confirmDisbursement', received, 'disbursement { id }');
    await done(funder, 'acceptAmendment', answer(proposed));
    const ended = await scenes.read(grantee, active.id);
    expect(ended).toMatchObject({ state: 'RELEASED', revision: 2 });
    expect(ended.installments.map((one: { state: string }) => one.state)).toEqual(['RECEIVED', 'RELEASED']);
    expect(ended.expectations.map((one: { state: string }) => one.state)).toEqual(['WAIVED', 'WAIVED']);
    expect(codes(await attempt(funder, 'proposeAmendment', { ...addFunds(active), baseRevision: 2 }))).toEqual([
      'ACTION_NOT_ALLOWED agreementId',
    ]);
    const { agreement } = await scenes.act('renewAgreement', { id: active.id }, funder);
    expect(agreement).toMatchObject({ state: 'DRAFT', committed: { amount: '1000.00' } });
  });
});
