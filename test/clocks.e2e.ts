import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AmendmentEffects } from '../src/agreements/amendments/amendment-effects.service.js';
import { takeAmendmentEffect } from '../src/agreements/amendments/take-amendment-effect.job.js';
import { SYSTEM_ACTOR } from '../src/platform/access/actor.js';
import { Database } from '../src/platform/db/database.service.js';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import { amendmentScenes, answer } from './support/amendment-scenes.js';
import { Ledger } from './support/ledger.js';
import { HOLD, moneyScenes } from './support/money-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
const scenes = amendmentScenes(() => network);
const money = moneyScenes(() => network, scenes);
const run = (task: string): Promise<void> => network.app.get(Jobs).runScheduled(task);
const basis = { ground: 'COURT_ORDER', legalBasis: 'Order 7 of the district court' };

describe('reminders', () => {
  let ledger: Ledger;
  beforeAll(async () => {
    network = await startNetwork();
    network.clock.set('2027-01-10T03:00:00Z');
  });
  afterAll(() => network.stop());

  /** What each is told when the job runs at an instant; it must change nothing else. */
  async function told(instant: string, runs = 1): Promise<Record<string, string[]>> {
    network.clock.set(instant);
    await ledger.grew();
    await ledger.heard();
    await Promise.all(Array.from({ length: runs }, () => run('remind')));
    const grown = await ledger.grew();
    expect(Object.keys(grown).sort()).toEqual(grown.reminders ? ['events', 'reminders'] : []);
    expect(grown.events).toBe(grown.reminders);
    return ledger.heard();
  }

  it('come once for each fact and day, to whoever can do something, and change nothing', async () => {
    const active = await scenes.active();
    await scenes.offered();
    ledger = await Ledger.open(network);
    const unchanged = async (): Promise<unknown> => {
      const { updatedAt: _, ...rest } = await scenes.read(network.keys.funder, active.id);
      return { version: rest.version, state: rest.state, revisions: rest.revisions.length };
    };
    const before = await unchanged();
    expect(await told('2027-01-16T16:00:00Z')).toEqual({});
    expect(await told('2027-01-17T03:00:00Z')).toEqual({ funder: ['INSTALLMENT_DUE_SOON'] });
    expect(await told('2027-01-20T03:00:00Z')).toEqual({});
    expect(await told('2027-01-31T16:59:00Z')).toEqual({});
    expect(await told('2027-01-31T17:07:00Z', 5)).toEqual({
      funder: ['INSTALLMENT_LATE'],
      grantee: ['INSTALLMENT_LATE'],
    });
    expect(await told('2027-06-01T00:00:00Z')).toEqual({});
    expect(await unchanged()).toEqual(before);

    expect(await told('2027-12-18T00:00:00Z')).toEqual({ grantee: ['EXPECTATION_DUE_SOON'] });
    const [{ id, version }] = active.expectations as { id: string; version: number }[];
    const moved = { id, expectedVersion: version, movedTo: '2028-02-01' };
    await money.done('grantee', 'moveExpectation', moved, 'expectation { id }');
    const [, { id: second }] = active.installments as { id: string }[];
    const hold = await money.done('funder', 'placeLegalHold', { installmentId: second, ...basis }, HOLD);
    expect(await told('2028-01-01T00:00:00Z')).toEqual({});
    expect(await told('2028-01-20T00:00:00Z')).toEqual({ grantee: ['EXPECTATION_DUE_SOON'] });
    expect(await told('2028-02-03T00:00:00Z')).toEqual({ grantee: ['EXPECTATION_OVERDUE'] });
    await money.done('funder', 'liftLegalHold', { id: hold.id, expectedVersion: 1 }, HOLD);
    expect(await told('2028-02-03T16:00:00Z')).toEqual({});
    const late = { funder: ['INSTALLMENT_LATE'], grantee: ['INSTALLMENT_LATE'] };
    expect(await told('2028-02-03T17:00:00Z')).toEqual(late);
    const ending = { funder: ['AGREEMENT_ENDING'], grantee: ['AGREEMENT_ENDING'] };
    expect(await told('2028-11-02T00:00:00Z')).toEqual(ending);
    expect(await told('2029-03-01T00:00:00Z')).toEqual({});
    const facts = await network.sql<{ type: string; day: string }>(
      'SELECT type, day::text FROM reminders ORDER BY 1, 2',
    );
    expect(facts.map(({ type, day }) => `${type} ${day}`)).toEqual([
      'AGREEMENT_ENDING 2028-12-31',
      'EXPECTATION_DUE_SOON 2027-12-31',
      'EXPECTATION_DUE_SOON 2028-02-01',
      'EXPECTATION_OVERDUE 2028-02-01',
      'INSTALLMENT_DUE_SOON 2027-01-31',
      'INSTALLMENT_LATE 2027-01-31',
      'INSTALLMENT_LATE 2028-01-31',
    ]);
  });

  it('reach everything when there is more than fits a transaction', async () => {
    network.clock.set('2027-01-10T03:00:00Z');
    for (let i = 0; i < 3; i++) {
      const parts = Array.from({ length: 100 }, () => '10.00');
      const installments = parts.map((amount) => ({ dueOn: '2027-02-28', amount: { amount, currency: 'USD' } }));
      await scenes.active({ installments });
    }
    network.clock.set('2027-02-20T03:00:00Z');
    await run('remind');
    const count = `SELECT count(*)::int AS n FROM events WHERE type = 'INSTALLMENT_DUE_SOON' AND at > '2027-02-01' AND at < '2027-03-01'`;
    expect(await network.sql(count)).toEqual([{ n: 300 }]);
  });
});

describe('a reminder', () => {
  beforeAll(async () => {
    network = await startNetwork();
    network.clock.set('2026-11-23T05:00:00Z');
  });
  afterAll(() => network.stop());

  it('is not of a day that an agreed change has moved, also before its job has written that', async () => {
    const { funder, grantee } = network.keys;
    const [moved, plain] = [await scenes.active(), await scenes.active()];
    const proposed = await scenes.done(funder, 'proposeAmendment', {
      ...{ agreementId: moved.id, baseRevision: moved.revision, kind: 'MOVE_PAYMENT_LATER' },
      ...{ effectiveOn: '2027-01-20', waiveNotice: true },
      installments: [{ installmentId: moved.installments[0].id, dueOn: '2027-06-30' }],
    });
    await scenes.done(grantee, 'acceptAmendment', answer(proposed, { waiveNotice: true }));
    const late = (): Promise<object[]> =>
      network.sql(
        `SELECT i.agreement_id AS id, r.day::text FROM reminders r JOIN installments i ON i.id = r.subject_id
         WHERE r.type = 'INSTALLMENT_LATE' ORDER BY r.day`,
      );
    network.clock.set('2027-02-01T05:00:00Z');
    await run('remind');
    const ofPlain = { id: scenes.uuid(plain.id), day: '2027-01-31' };
    expect(await late()).toEqual([ofPlain]);
    const effect = takeAmendmentEffect(network.app.get(AmendmentEffects));
    await network.app.get(Database).write(SYSTEM_ACTOR, (tx) => effect(tx, scenes.uuid(moved.id)));
    network.clock.set('2027-07-01T05:00:00Z');
    await run('remind');
    expect(await late()).toEqual([ofPlain, { id: scenes.uuid(moved.id), day: '2027-06-30' }]);
  });
});

describe('an answer', () => {
  const ALL = `agreements(first: 100, orderBy: {field: CREATED_AT, direction: ASC}) { nodes { id state nextDueOn isLate endsOn availableActions
      committed { amount } installments { id dueOn state isLate daysLate amount { amount } } expectations { id state } } }
    late: agreements(filter: {isLate: true}) { nodes { id } } lateParts: installments(filter: {isLate: true}) { nodes { id daysLate } }`;
  beforeAll(async () => {
    network = await startNetwork();
    network.clock.set('2026-11-23T05:00:00Z');
  });
  afterAll(() => network.stop());

  const answers = (): Promise<string[]> =>
    Promise.all(
      (['funder', 'grantee', 'steward'] as const).map(
        async (caller) => (await network.call(network.keys[caller], `{ ${ALL} }`)).text,
      ),
    );

  it('is the same while jobs are off, and when they come late', async () => {
    const { funder, grantee } = network.keys;
    const short = { startsOn: '2027-01-01', endsOn: '2027-06-30', expectations: [], parts: ['1000.00'] };
    const done = await scenes.active(short);
    network.clock.set('2027-01-25T05:00:00Z');
    await money.received(done.installments[0].id, '1000.00');
    await scenes.active();
    network.clock.set('2026-11-23T05:00:00Z');
    const reduced = await scenes.active();
    const open = await scenes.done(funder, 'proposeAmendment', scenes.reduceSecond(reduced, '100.00'));
    await scenes.done(grantee, 'acceptAmendment', answer(open));
    for (const instant of [
      '2027-02-01T05:00:00Z',
      '2027-07-01T05:00:00Z',
      '2027-11-23T05:00:00Z',
      '2028-03-01T05:00:00Z',
    ]) {
      network.clock.set(instant);
      const before = await answers();
      await run('remind');
      await run('complete_agreements');
      await network.app
        .get(Database)
        .write(SYSTEM_ACTOR, (tx) =>
          takeAmendmentEffect(network.app.get(AmendmentEffects))(tx, scenes.uuid(reduced.id)),
        );
      expect([instant, await answers()]).toEqual([instant, before]);
    }
    const { state, endedAt } = (
      await network.sql<{ state: string; endedAt: Date }>(
        'SELECT state, ended_at AS "endedAt" FROM agreements WHERE id = $1',
        [scenes.uuid(done.id)],
      )
    )[0];
    expect([state, endedAt.toISOString().slice(0, 10)]).toEqual(['COMPLETED', '2027-07-01']);
  });

  it('and a decision too: what is over is over, whether or not the job has said so', async () => {
    network.clock.set('2026-11-23T05:00:00Z');
    const short = { startsOn: '2027-01-01', endsOn: '2027-06-30', expectations: [], parts: ['1000.00'] };
    const over = await scenes.active(short);
    network.clock.set('2027-01-25T05:00:00Z');
    await money.received(over.installments[0].id, '1000.00');
    network.clock.set('2027-06-30T16:00:00Z');
    expect((await scenes.read(network.keys.funder, over.id)).state).toBe('ACTIVE');
    network.clock.set('2027-06-30T17:00:00Z');
    const before = await scenes.everything();
    const input = { agreementId: over.id, kind: 'EXTEND_TERM', baseRevision: 1, endsOn: '2027-12-31' };
    const refused = await scenes.attempt(network.keys.funder, 'proposeAmendment', input);
    expect(refused.userErrors).toMatchObject([{ code: 'ACTION_NOT_ALLOWED', path: ['agreementId'] }]);
    expect(refused.userErrors[0].message).toContain('completed');
    expect(await scenes.everything()).toBe(before);
  });
});

it('the worker knows what the clock drives', async () => {
  network = await startNetwork({ env: { JOBS: 'on' } });
  const known = async (): Promise<string[]> =>
    (
      await network.sql<{ identifier: string }>(
        'SELECT identifier FROM graphile_worker._private_known_crontabs ORDER BY 1',
      )
    ).map(({ identifier }) => identifier);
  for (let i = 0; i < 50 && (await known()).length === 0; i++) await new Promise((next) => setTimeout(next, 100));
  expect(await known()).toEqual(expect.arrayContaining(['complete_agreements', 'forget_outcomes', 'remind']));
  await network.stop();
});
