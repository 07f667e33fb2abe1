import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AmendmentEffects } from '../src/agreements/amendments/amendment-effects.service.js';
import { takeAmendmentEffect } from '../src/agreements/amendments/take-amendment-effect.job.js';
import { SYSTEM_ACTOR } from '../src/platform/access/actor.js';
import { Database } from '../src/platform/db/database.service.js';
import { agreementScenes } from './support/agreement-scenes.js';
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

const scenes = agreementScenes(() => network);
const AMENDMENT = `amendment { id kind state isStale baseRevision proposedBy changes { field before after } effectiveOn noticeUntil
  noticeWaived takesEffectAt revision version availableActions agreement { id revision state } }`;
const usd = (amount: string): object => ({ amount, currency: 'USD' });

// What a query answers depends on the query; tests assert on it.
/* eslint-disable @typescript-eslint/no-explicit-any */
const attempt = (key: string, name: string, input: object): Promise<any> => network.mutate(key, name, input, AMENDMENT);
async function done(key: string, name: string, input: object): Promise<any> {
  const { amendment, userErrors } = await attempt(key, name, input);
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return amendment;
}
const codes = ({ userErrors }: any): string[] =>
  userErrors.map(({ code, path }: any) => `${code} ${(path ?? []).join('.')}`);
const answer = ({ id, version }: any, more: object = {}): object => ({ id, expectedVersion: version, ...more });
const idOf = ({ id, revision }: any): object => ({ agreementId: id, baseRevision: revision });
const reduceSecond = (agreement: any, amount: string | null, effectiveOn = '2027-11-23'): object => ({
  ...idOf(agreement),
  kind: 'REDUCE_FUNDS',
  effectiveOn,
  installments: [{ installmentId: agreement.installments[1].id, ...(amount !== null && { amount: usd(amount) }) }],
});
const addFunds = (agreement: any): object => ({
  ...idOf(agreement),
  kind: 'ADD_FUNDS',
  installments: [{ dueOn: '2027-06-30', amount: usd('250.00') }],
});
const pay = async (installmentId: string, amount: string): Promise<any> =>
  (
    (await network.mutate(
      funder,
      'recordDisbursement',
      { installmentId, sentOn: '2026-11-20', amount: usd(amount) },
      'disbursement { id version }',
    )) as any
  ).disbursement;
const amounts = (agreement: any): string[] => agreement.installments.map((one: any) => one.amount.amount);
/* eslint-enable @typescript-eslint/no-explicit-any */

const eventsOf = async (id: string): Promise<string[]> =>
  (
    await network.sql<{ type: string }>(
      `SELECT e.type FROM events e LEFT JOIN amendments m ON m.id = e.subject_id
       WHERE (e.subject_id = $1 OR m.agreement_id = $1) AND e.type ~ 'AMEND|RELEASED' AND e.grantee_id IS NOT NULL
         AND e.funder_id IS NOT NULL AND e.for_steward ORDER BY e.id`,
      [scenes.uuid(id)],
    )
  ).map(({ type }) => type);

/** Everything there is about agreements, to see that a refusal changed nothing. */
async function everything(): Promise<string> {
  const tables = [
    'agreements',
    'agreement_revisions',
    'installments',
    'reporting_expectations',
    'amendments',
    'events',
  ];
  const rows = await Promise.all(
    tables.map((table) =>
      network.sql(`SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM ${table} t`),
    ),
  );
  return JSON.stringify(rows);
}

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
    expect(await eventsOf(active.id)).toEqual(['AMENDMENT_PROPOSED', 'AMENDMENT_ACCEPTED', 'AGREEMENT_AMENDED']);
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
    expect(await scenes.read(grantee, active.id)).toMatchObject({ revision: 2, committed: { amount: '1000.00' } });
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

describe('a proposal is refused, and nothing changes', () => {
  it('for what it says', async () => {
    const active = await scenes.active();
    const [first, second] = active.installments;
    await pay(first.id, '100.00');
    const of = (kind: string, more: object): object => ({ ...idOf(active), kind, ...more });
    const notice = { effectiveOn: '2027-11-23' };
    const row = (installmentId: string, more: object): object => ({ installments: [{ installmentId, ...more }] });
    const before = await everything();
    for (const [input, refusal] of [
      [
        of('ADD_FUNDS', { baseRevision: 2, ...row(second.id, { amount: usd('700') }) }),
        'REVISION_MISMATCH baseRevision',
      ],
      [of('ADD_FUNDS', {}), 'AMENDMENT_FIELD_NEEDED installments'],
      [of('ADD_FUNDS', { ...notice, ...row(second.id, { amount: usd('700') }) }), 'AMENDMENT_FIELD_UNFIT effectiveOn'],
      [of('ADD_FUNDS', row(second.id, { amount: usd('600') })), 'AMENDMENT_WRONG_WAY installments.0.amount'],
      [of('ADD_FUNDS', row(second.id, { amount: usd('700.001') })), 'MONEY_TOO_PRECISE installments.0.amount.amount'],
      [
        of('ADD_FUNDS', row(second.id, { amount: { amount: '700', currency: 'EUR' } })),
        'CURRENCY_MISMATCH installments.0.amount.currency',
      ],
      [of('ADD_FUNDS', row(first.id, { amount: usd('700') })), 'INSTALLMENT_HAS_MONEY installments.0.installmentId'],
      [
        of('MOVE_PAYMENT_EARLIER', row(second.id, { dueOn: '2020-01-01' })),
        'INSTALLMENT_OUTSIDE_TERM installments.0.dueOn',
      ],
      [of('EXTEND_TERM', { endsOn: '2028-01-01' }), 'AMENDMENT_WRONG_WAY endsOn'],
      [of('EXTEND_TERM', { endsOn: '2060-01-01' }), 'TERM_INVALID endsOn'],
      [of('SHORTEN_TERM', { ...notice, endsOn: '2028-01-30' }), 'INSTALLMENT_OUTSIDE_TERM endsOn'],
      [
        of('REDUCE_FUNDS', { ...notice, ...row(first.id, { amount: usd('99.99') }) }),
        'BELOW_SENT installments.0.amount',
      ],
      [of('RELEASE', {}), 'AMENDMENT_FIELD_NEEDED effectiveOn'],
      [of('RELEASE', { effectiveOn: '2027-11-22' }), 'NOTICE_TOO_SHORT effectiveOn'],
      [of('DROP_REPORT', { expectationIds: [`exp_${'0'.repeat(32)}`] }), 'NOT_FOUND expectationIds.0'],
    ] as const) {
      expect([input, codes(await attempt(funder, 'proposeAmendment', input))]).toEqual([input, [refusal]]);
    }
    expect(codes(await attempt(network.keys.secondFunder, 'proposeAmendment', addFunds(active)))).toEqual([
      'NOT_FOUND agreementId',
    ]);
    expect(await everything()).toBe(before);
  });

  it('while another is open, or agreed and waiting for its day', async () => {
    const active = await scenes.active();
    const open = await done(funder, 'proposeAmendment', reduceSecond(active, '100.00'));
    expect(codes(await attempt(grantee, 'proposeAmendment', addFunds(active)))).toEqual(['AMENDMENT_OPEN agreementId']);
    expect(codes(await attempt(network.keys.secondGrantee, 'acceptAmendment', answer(open)))).toEqual(['NOT_FOUND id']);
    await done(grantee, 'acceptAmendment', answer(open));
    expect(codes(await attempt(grantee, 'proposeAmendment', addFunds(active)))).toEqual(['AMENDMENT_OPEN agreementId']);
    await done(funder, 'proposeAmendment', addFunds(active));
    network.clock.set('2027-12-01T00:00:00Z');
    const now = await scenes.read(grantee, active.id);
    expect([amounts(now), now.committed.amount]).toEqual([['400.00', '250.00', '100.00'], '750.00']);
  });
});

describe('twenty at once', () => {
  it('propose: one revision is made', async () => {
    const active = await scenes.active();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => attempt(funder, 'proposeAmendment', addFunds(active))),
    );
    expect(results.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(new Set(results.flatMap(codes))).toEqual(new Set(['REVISION_MISMATCH baseRevision']));
    expect(await scenes.read(funder, active.id)).toMatchObject({ revision: 2, committed: { amount: '1250.00' } });
  });

  it('answer a proposal: one answer counts', async () => {
    const active = await scenes.active();
    const open = await done(grantee, 'proposeAmendment', addFunds(active));
    const commands = ['acceptAmendment', 'declineAmendment', 'withdrawAmendment'];
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, i) => attempt(i % 3 === 2 ? grantee : funder, commands[i % 3], answer(open))),
    );
    const [winner, ...others] = results.filter(({ userErrors }) => userErrors.length === 0);
    expect(others).toEqual([]);
    expect(new Set(results.flatMap(codes))).toEqual(new Set(['STALE_VERSION expectedVersion']));
    const { revision, committed } = await scenes.read(funder, active.id);
    const wasAccepted = winner.amendment.state === 'ACCEPTED';
    expect([revision, committed.amount]).toEqual(wasAccepted ? [2, '1250.00'] : [1, '1000.00']);
  });
});
