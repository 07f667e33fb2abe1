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
const { addFunds, attempt, done, everything, pay, reduceSecond } = scenes;
const usd = (amount: string): object => ({ amount, currency: 'USD' });

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

  it('while another is open, but not while one that was agreed waits for its day', async () => {
    const active = await scenes.active();
    const open = await done(funder, 'proposeAmendment', reduceSecond(active, '100.00'));
    expect(codes(await attempt(grantee, 'proposeAmendment', addFunds(active)))).toEqual(['AMENDMENT_OPEN agreementId']);
    expect(codes(await attempt(network.keys.secondGrantee, 'acceptAmendment', answer(open)))).toEqual(['NOT_FOUND id']);
    await done(grantee, 'acceptAmendment', answer(open));
    const asked = await done(grantee, 'proposeAmendment', addFunds(active));
    expect(codes(await attempt(funder, 'proposeAmendment', reduceSecond(active, '50.00')))).toEqual([
      'AMENDMENT_OPEN agreementId',
    ]);
    await done(grantee, 'withdrawAmendment', answer(asked));
    await done(funder, 'proposeAmendment', addFunds(active));
    network.clock.set('2027-12-01T00:00:00Z');
    const now = await scenes.read(grantee, active.id);
    expect([amounts(now), now.committed.amount]).toEqual([['400.00', '250.00', '100.00'], '750.00']);
  });
});

/* eslint-disable @typescript-eslint/no-explicit-any -- What a query answers depends on the query. */
describe('what was accepted and waits', () => {
  const agreed = async (active: any, amount = '100.00', day = '2027-11-23'): Promise<any> => {
    const input = { ...reduceSecond(active, amount, day), waiveNotice: true };
    return done(
      grantee,
      'acceptAmendment',
      answer(await done(funder, 'proposeAmendment', input), { waiveNotice: true }),
    );
  };
  const write = async (id: string): Promise<unknown> =>
    network.app
      .get(Database)
      .write(SYSTEM_ACTOR, (tx) => takeAmendmentEffect(network.app.get(AmendmentEffects))(tx, scenes.uuid(id)));
  const sql = (text: string, id: string): Promise<unknown> => network.sql(text, [scenes.uuid(id)]);

  it('is withdrawn or takes effect, and never both, when the last moment and the job come together', async () => {
    for (let round = 0; round < 6; round++) {
      network.clock.set('2026-11-23T05:00:00Z');
      const active = await scenes.active();
      const waiting = await agreed(active);
      network.clock.set('2027-11-22T16:59:59.900Z');
      const results = await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          i % 2 === 0 ? attempt(funder, 'withdrawAmendment', answer(waiting)) : write(active.id).then(() => null),
        ),
      );
      const withdrawn = results.filter((result) => result !== null && result.userErrors.length === 0);
      network.clock.set('2027-11-23T05:00:00Z');
      await write(active.id);
      const now = await scenes.read(grantee, active.id);
      const isWithdrawn = withdrawn.length === 1;
      expect([withdrawn.length <= 1, now.revision, now.committed.amount]).toEqual([
        ...[true, ...(isWithdrawn ? [1, '1000.00'] : [2, '500.00'])],
      ]);
    }
  });

  it('is beside one proposal of twenty that are made at once, and each acceptance counts', async () => {
    const active = await scenes.active();
    await agreed(active);
    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        attempt(funder, 'proposeAmendment', { ...reduceSecond(active, '50.00', '2027-12-01'), waiveNotice: true }),
      ),
    );
    const [open, ...others] = results.filter(({ userErrors }) => userErrors.length === 0);
    expect([others, new Set(results.flatMap(codes))]).toEqual([[], new Set(['AMENDMENT_OPEN agreementId'])]);
    await done(grantee, 'acceptAmendment', answer(open.amendment, { waiveNotice: true }));
    network.clock.set('2027-12-01T05:00:00Z');
    await Promise.all(Array.from({ length: 5 }, () => write(active.id)));
    expect(await scenes.read(grantee, active.id)).toMatchObject({ revision: 3, committed: { amount: '450.00' } });
  });

  it('is not withdrawn with a version that was read before, nor accepted or declined again', async () => {
    const active = await scenes.active();
    const waiting = await agreed(active);
    const before = await everything();
    const old = { id: waiting.id, expectedVersion: waiting.version - 1 };
    expect(codes(await attempt(funder, 'withdrawAmendment', old))).toEqual(['STALE_VERSION expectedVersion']);
    for (const name of ['acceptAmendment', 'declineAmendment'])
      for (const key of [funder, grantee])
        expect(codes(await attempt(key, name, answer(waiting)))).toEqual(['ACTION_NOT_ALLOWED id']);
    expect(await everything()).toBe(before);
  });

  it('is kept by the database: what is in effect is not withdrawn, and no day is forgotten', async () => {
    const active = await scenes.active();
    const waiting = await agreed(active);
    const late = `UPDATE amendments SET state = 'WITHDRAWN', ended_at = takes_effect_at WHERE id = $1`;
    await expect(sql(late, waiting.id)).rejects.toThrow('amendments_ended');
    const inTime = `UPDATE amendments SET state = 'WITHDRAWN', ended_at = takes_effect_at - interval '1 day' WHERE id = $1`;
    await expect(sql(inTime, waiting.id)).rejects.toThrow('is amended at');
    const unsaid = `UPDATE amendments SET state = 'LAPSED', ended_at = now() WHERE id = $1`;
    await expect(sql(unsaid, waiting.id)).rejects.toThrow('amendments_lapsed');
    const ended = `UPDATE amendments SET state = 'LAPSED', ended_at = now(), lapsed_because = 'AGREEMENT_ENDED' WHERE id = $1`;
    await expect(sql(ended, waiting.id)).rejects.toThrow('has not ended');
    await expect(sql('UPDATE agreements SET amends_at = NULL WHERE id = $1', active.id)).rejects.toThrow(
      'is amended at',
    );
    network.clock.set('2027-11-23T05:00:00Z');
    await write(active.id);
    await expect(sql(inTime, waiting.id)).rejects.toThrow('is in effect');
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
