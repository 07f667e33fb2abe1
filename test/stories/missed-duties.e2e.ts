import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { amendmentScenes, answer, idOf } from '../support/amendment-scenes.js';
import { cancelled, ended, missedDutyScenes, moved, reduced } from '../support/missed-duty-scenes.js';
import { money, moneyScenes } from '../support/money-scenes.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import { stopSound } from '../support/sound-network.js';
import { addSponsorship, sponsorScenes } from '../support/sponsor-scenes.js';
import { suggestionScenes } from '../support/suggestion-scenes.js';

/*
 * From the domain: "A duty missed stays missed: lateness before an amendment takes effect, of an installment that is
 * moved, reduced or cancelled, stays in `daysLate`, in records and in suggestions; no consent erases it."
 */
let network: Network;
let funder: string;
beforeAll(async () => {
  network = await startNetwork();
  ({ funder } = network.keys);
});
afterAll(() => stopSound(network));
beforeEach(() => network.clock.set('2026-11-23T05:00:00Z'));

const scenes = amendmentScenes(() => network);
const payments = moneyScenes(() => network, scenes);
const suggestions = suggestionScenes(() => network);
const sponsored = sponsorScenes(() => network, scenes);
/** The first installment was due on 31 January 2027. */
const TWENTY_DAYS_LATE = '2027-02-20T05:00:00Z';

const { agreeTo, installmentsOf, firstOf, delays, writeWhatIsDue } = missedDutyScenes(() => network);

/* eslint-disable @typescript-eslint/no-explicit-any -- What a query answers depends on the query. */
describe('a payment that is twenty days late', () => {
  it.each([
    ['moved to a later day', moved('2027-06-30'), { state: 'SCHEDULED', dueOn: '2027-06-30', isLate: false }],
    ['cancelled', cancelled, { state: 'RELEASED', isLate: false }],
    ['cancelled because the agreement ends early', ended, { state: 'RELEASED', isLate: false }],
  ] as const)('and then %s by consent was twenty days late for ever', async (_, change, shown) => {
    const active = await scenes.active();
    network.clock.set(TWENTY_DAYS_LATE);
    expect(await firstOf(active)).toMatchObject({ isLate: true, daysLate: 20, missedDueDays: [] });
    await agreeTo(active, change, '2027-02-20');
    for (const now of [TWENTY_DAYS_LATE, '2027-05-20T05:00:00Z']) {
      network.clock.set(now);
      for (const key of [network.keys.grantee, funder, network.keys.steward]) {
        const late = { dueOn: '2027-01-31', amount: { amount: '400.00' }, until: '2027-02-20', daysLate: 20 };
        expect(await firstOf(active, key)).toMatchObject({ ...shown, daysLate: 20, missedDueDays: [late] });
      }
      expect(await delays(active)).toEqual(['2027-01-31: 20 days']);
    }
  });

  it('and then reduced by consent is late until it comes', async () => {
    const active = await scenes.active();
    network.clock.set(TWENTY_DAYS_LATE);
    await agreeTo(active, reduced, '2027-02-20');
    expect(await firstOf(active)).toMatchObject({ isLate: true, daysLate: 20, missedDueDays: [] });
    network.clock.set('2027-02-25T05:00:00Z');
    expect(await firstOf(active)).toMatchObject({ isLate: true, daysLate: 25 });
    await payments.received(active.installments[0].id, '100.00', '2027-02-24', '2027-02-24');
    expect(await firstOf(active)).toMatchObject({ state: 'RECEIVED', isLate: false, daysLate: 24 });
    expect(await delays(active)).toEqual(['2027-01-31: 24 days']);
  });

  it('and then cancelled because the funder no longer exists was late all the same', async () => {
    const active = await scenes.active();
    const { steward } = network.keys;
    const basis = { ceased: 'FUNDER', legalBasis: 'The foundation was struck off the register of charities.' };
    const selection = 'dissolution { id version }';
    const { dissolution } = await network.mutate(
      steward,
      'announceDissolution',
      { agreementId: active.id, ...basis },
      selection,
    );
    network.clock.set(TWENTY_DAYS_LATE);
    const { userErrors } = await network.mutate(steward, 'recordDissolution', answer(dissolution), selection);
    expect(userErrors).toEqual([]);
    const late = { dueOn: '2027-01-31', amount: { amount: '400.00' }, until: '2027-02-20', daysLate: 20 };
    expect(await firstOf(active)).toMatchObject({ state: 'RELEASED', daysLate: 20, missedDueDays: [late] });
    expect(await delays(active)).toEqual(['2027-01-31: 20 days']);
  });

  it('and then moved counts again when its new day is missed too, and both are suggested', async () => {
    const active = await scenes.active();
    network.clock.set(TWENTY_DAYS_LATE);
    await agreeTo(active, moved('2027-03-31'), '2027-02-20');
    network.clock.set('2027-04-10T05:00:00Z');
    expect(await firstOf(active)).toMatchObject({ isLate: true, daysLate: 20 + 10 });
    expect(await delays(active)).toEqual(['2027-03-31: 10 days', '2027-01-31: 20 days']);
    await agreeTo(
      await scenes.read(funder, active.id),
      (now) =>
        moved('2027-05-31')({
          installments: now.installments.filter(({ id }: any) => id === active.installments[0].id),
        }),
      '2027-04-12',
    );
    network.clock.set('2027-06-09T05:00:00Z');
    await payments.received(active.installments[0].id, '400.00', '2027-06-08', '2027-06-08');
    expect(await firstOf(active)).toMatchObject({
      ...{ state: 'RECEIVED', daysLate: 20 + 12 + 8 },
      missedDueDays: [
        { dueOn: '2027-01-31', amount: { amount: '400.00' }, until: '2027-02-20', daysLate: 20 },
        { dueOn: '2027-03-31', amount: { amount: '400.00' }, until: '2027-04-12', daysLate: 12 },
      ],
    });
    expect(await delays(active)).toEqual(['2027-05-31: 8 days', '2027-03-31: 12 days', '2027-01-31: 20 days']);
  });

  it('and then moved to a day that is over too is never late twice on one day', async () => {
    const active = await scenes.active();
    network.clock.set(TWENTY_DAYS_LATE);
    await agreeTo(active, moved('2027-02-10'), '2027-02-20');
    expect(await firstOf(active)).toMatchObject({ isLate: true, daysLate: 20 });
    network.clock.set('2027-02-22T05:00:00Z');
    expect(await firstOf(active)).toMatchObject({ isLate: true, daysLate: 22 });
  });

  it('was late by the days until the change takes effect, whether or not the service has written it by then', async () => {
    const active = await scenes.active();
    network.clock.set('2027-02-03T05:00:00Z');
    await agreeTo(active, moved('2027-06-30'), '2027-02-20');
    expect(await firstOf(active)).toMatchObject({ isLate: true, dueOn: '2027-01-31', daysLate: 3 });
    network.clock.set('2027-03-05T05:00:00Z');
    const unwritten = await firstOf(active);
    expect(unwritten).toMatchObject({ dueOn: '2027-06-30', isLate: false, daysLate: 20 });
    await Promise.all([writeWhatIsDue(active.id), writeWhatIsDue(active.id)]);
    expect(await firstOf(active)).toEqual(unwritten);
    expect(await delays(active)).toEqual(['2027-01-31: 20 days']);
  });

  it('was in time when the grantee says that the money had come before its day', async () => {
    const active = await scenes.active();
    network.clock.set(TWENTY_DAYS_LATE);
    await agreeTo(active, moved('2027-06-30'), '2027-02-20');
    const sent = await payments.send(active.installments[0].id, money('400.00'), '2027-02-09');
    const told = await payments.confirm(sent, money('400.00'), '2027-02-10');
    expect(await firstOf(active)).toMatchObject({ daysLate: 10 });
    const correction = {
      id: told.id,
      expectedVersion: told.version,
      received: money('400.00'),
      reason: 'Read from the statement.',
    };
    await payments.done(
      'grantee',
      'correctReceipt',
      { ...correction, receivedOn: '2027-02-08' },
      'disbursement { id version }',
    );
    expect(await firstOf(active)).toMatchObject({ daysLate: 8, missedDueDays: [{ daysLate: 8 }] });
  });
});

describe('nothing was missed', () => {
  it('by a payment that was moved or cancelled before its day, or on it', async () => {
    for (const change of [moved('2027-06-30'), cancelled]) {
      network.clock.set('2026-11-23T05:00:00Z');
      const active = await scenes.active();
      network.clock.set('2027-01-31T05:00:00Z');
      await agreeTo(active, change, '2027-01-31');
      network.clock.set(TWENTY_DAYS_LATE);
      expect(await firstOf(active)).toMatchObject({ isLate: false, daysLate: 0, missedDueDays: [] });
      expect(await delays(active)).toEqual([]);
    }
  });

  it('on the days that a legal hold kept it, and what was late before the hold stays late', async () => {
    const active = await scenes.active();
    const hold = {
      installmentId: active.installments[0].id,
      ground: 'COURT_ORDER',
      legalBasis: 'An order of the court.',
    };
    network.clock.set('2027-02-10T05:00:00Z');
    await payments.done('funder', 'placeLegalHold', hold, 'legalHold { id version }');
    network.clock.set(TWENTY_DAYS_LATE);
    await agreeTo(active, moved('2027-06-30'), '2027-02-20');
    expect(await firstOf(active)).toMatchObject({ daysLate: 10, missedDueDays: [{ daysLate: 10 }] });
    expect(await delays(active)).toEqual(['2027-01-31: 10 days']);
  });
});

describe('the suggestion of a missed day', () => {
  it('that was logged before the payment was moved is not made again, and that of the next missed day is', async () => {
    const active = await scenes.active();
    network.clock.set(TWENTY_DAYS_LATE);
    const [late] = (await suggestions.of('DISBURSEMENT_DELAY')).filter(
      (one) => (one.agreement as any).id === active.id,
    );
    await suggestions.done('logSuggestedObstacle', { id: late.id, tier: 'AGGREGATE_ONLY' });
    await agreeTo(active, moved('2027-03-31'), '2027-02-20');
    expect(await delays(active)).toEqual([]);
    network.clock.set('2027-04-10T05:00:00Z');
    expect(await delays(active)).toEqual(['2027-03-31: 10 days']);
  });

  it('keeps its id when the payment is moved, and names the installment', async () => {
    const active = await scenes.active();
    network.clock.set(TWENTY_DAYS_LATE);
    const seen = async (): Promise<any> =>
      (await suggestions.of('DISBURSEMENT_DELAY')).find((one) => (one.agreement as any).id === active.id);
    const before = await seen();
    await agreeTo(active, moved('2027-03-31'), '2027-02-20');
    const after = await seen();
    expect(after).toEqual(before);
    expect(after).toMatchObject({
      summary: 'Installment 1, due on 2027-01-31, is or was 20 days late.',
      subject: { __typename: 'Installment', id: active.installments[0].id },
    });
    const { obstacle } = await suggestions.done('logSuggestedObstacle', { id: after.id, tier: 'SHARED' });
    expect(obstacle).toMatchObject({ impact: { delayDays: 20 }, agreement: { id: active.id } });
    expect(await seen()).toBeUndefined();
  });
});

describe('who sees that a day was missed', () => {
  it('is both parties and the steward, and nobody else', async () => {
    const active = await scenes.active();
    network.clock.set(TWENTY_DAYS_LATE);
    await agreeTo(active, moved('2027-06-30'), '2027-02-20');
    for (const key of [network.keys.secondFunder, network.keys.secondGrantee]) {
      expect(await installmentsOf(active.id, key)).toBeNull();
      const { errors } = await network.call(key, '{ obstacleSuggestions { nodes { id } } }');
      if (key === network.keys.secondFunder) expect(errors?.[0].extensions.code).toBe('FORBIDDEN');
      else expect(await delays(active, key)).toEqual([]);
    }
  });

  it('is also the sponsor that follows another one', async () => {
    const project = await addSponsorship(network);
    const active = await sponsored.active(project);
    network.clock.set(TWENTY_DAYS_LATE);
    await scenes.done(
      project.group.key,
      'acceptAmendment',
      answer(
        await scenes.done(
          project.sponsor.key,
          'acceptAmendment',
          answer(
            await scenes.done(funder, 'proposeAmendment', {
              ...idOf(active),
              ...moved('2027-06-30')(active),
              effectiveOn: '2027-02-20',
              waiveNotice: true,
            }),
          ),
        ),
        { waiveNotice: true },
      ),
    );
    const change = { ...idOf({ ...active, revision: 2 }), kind: 'CHANGE_SPONSOR', fiscalSponsorId: project.other.id };
    const asked = await scenes.done(project.group.key, 'proposeAmendment', change);
    await scenes.done(
      funder,
      'acceptAmendment',
      answer(await scenes.done(project.other.key, 'acceptAmendment', answer(asked))),
    );
    for (const key of [project.group.key, project.other.key, funder]) {
      expect(await firstOf(active, key)).toMatchObject({ daysLate: 20, missedDueDays: [{ dueOn: '2027-01-31' }] });
    }
    expect(await installmentsOf(active.id, project.sponsor.key)).toBeNull();
    expect(await delays(active, project.group.key)).toEqual(['2027-01-31: 20 days']);
  });

  it('is also whoever the grantee became by a merge', async () => {
    const active = await scenes.active();
    network.clock.set(TWENTY_DAYS_LATE);
    await agreeTo(active, moved('2027-06-30'), '2027-02-20');
    const { grantee: from, secondGrantee: into } = network.ids.organization;
    const { userErrors } = await network.mutate(network.keys.steward, 'mergeOrganizations', { from, into }, 'isDone');
    expect(userErrors).toEqual([]);
    expect(await firstOf(active, network.keys.secondGrantee)).toMatchObject({ daysLate: 20 });
    expect(await delays(active, network.keys.secondGrantee)).toEqual(['2027-01-31: 20 days']);
  });
});
