import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { amendmentScenes, answer } from '../support/amendment-scenes.js';
import { missedDutyScenes, moved } from '../support/missed-duty-scenes.js';
import { moneyScenes } from '../support/money-scenes.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';

/*
 * From the domain: duties begin with acceptance. A funder offers in January, the first money is due on 31 January, and the
 * grantee takes its time. Until it accepts, nobody owes anything.
 */
let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

const scenes = amendmentScenes(() => network);
const payments = moneyScenes(() => network, scenes);
const { agreeTo, firstOf, delays } = missedDutyScenes(() => network);
const at = (instant: string): void => network.clock.set(instant);

/* eslint-disable @typescript-eslint/no-explicit-any -- What a query answers depends on the query. */
/** Offered before the day, and accepted twenty days after it. */
async function acceptedLate(): ReturnType<typeof scenes.active> {
  at('2027-01-04T05:00:00Z');
  const offered = await scenes.offered();
  at('2027-02-20T05:00:00Z');
  const { agreement } = await scenes.act('acceptAgreement', scenes.acceptance(offered), network.keys.grantee);
  return agreement;
}

it('is owed on the day of acceptance, is late with its end, and counts from there', async () => {
  const agreement = await acceptedLate();
  for (const key of [network.keys.funder, network.keys.grantee]) {
    expect(await firstOf(agreement, key)).toMatchObject({ dueOn: '2027-01-31', isLate: false, daysLate: 0 });
  }
  expect(agreement.installments[0].lateAt).toBe('2027-02-20T17:00:00.000Z');
  expect(await delays(agreement)).toEqual([]);
  at('2027-02-20T17:00:00Z');
  expect(await firstOf(agreement)).toMatchObject({ isLate: true, daysLate: 1 });
  at('2027-02-26T05:00:00Z');
  expect(await delays(agreement)).toEqual([]);
  at('2027-02-27T05:00:00Z');
  expect(await delays(agreement)).toEqual(['2027-01-31: 7 days']);
  at('2027-03-01T05:00:00Z');
  await payments.received(agreement.installments[0].id, '400.00', '2027-02-27', '2027-02-28');
  expect(await firstOf(agreement)).toMatchObject({ isLate: false, daysLate: 8 });
});

it('was not late when it is moved on the day of acceptance', async () => {
  const agreement = await acceptedLate();
  await agreeTo(agreement, moved('2027-06-30'), '2027-02-20');
  expect(await firstOf(agreement)).toMatchObject({
    dueOn: '2027-06-30',
    isLate: false,
    daysLate: 0,
    missedDueDays: [],
  });
  at('2027-03-20T05:00:00Z');
  expect(await delays(agreement)).toEqual([]);
});

it('an expected report is owed from acceptance too', async () => {
  at('2027-12-01T05:00:00Z');
  const offered = await scenes.offered();
  at('2028-01-10T05:00:00Z');
  const { agreement } = await scenes.act('acceptAgreement', scenes.acceptance(offered), network.keys.grantee);
  expect(agreement.expectations).toMatchObject([{ state: 'UPCOMING', overdueAt: '2028-01-10T17:00:00.000Z' }]);
  at('2028-01-10T17:00:00Z');
  const later = await scenes.read(network.keys.grantee, agreement.id);
  expect(later.expectations).toMatchObject([{ state: 'OVERDUE' }]);
});

describe('whoever offers money for a day that is over', () => {
  const notices = async (name: string, input: object, language = 'en'): Promise<unknown> => {
    const selection = 'agreement { id version revision } notices { code message path }';
    const payload = await network.mutate(network.keys.funder, name, input, selection, { 'accept-language': language });
    expect(payload.userErrors).toEqual([]);
    return payload;
  };

  it('is told so when writing, changing, offering and renewing the terms, and can do it all the same', async () => {
    at('2027-02-20T05:00:00Z');
    const code = 'DUE_BEFORE_ACCEPTANCE';
    const [message, vi] = [expect.stringMatching(/: 1, .*2027-01-31/), expect.stringContaining('2027-01-31')];
    const terms = scenes.terms();
    const written: any = await notices('draftAgreement', { granteeId: network.ids.grantee, terms });
    expect(written.notices).toEqual([{ code, message, path: ['terms'] }]);
    const revised: any = await notices('reviseAgreement', answer(written.agreement, { terms }), 'vi');
    expect(revised.notices).toEqual([{ code, message: vi, path: ['terms'] }]);
    const offer = { ...answer(revised.agreement), idempotencyKey: 'offer' };
    const offered: any = await notices('offerAgreement', offer);
    expect(offered.notices).toEqual([{ code, message, path: null }]);
    expect(((await notices('offerAgreement', offer)) as any).notices).toEqual(offered.notices);
    await scenes.act('acceptAgreement', scenes.acceptance(offered.agreement), network.keys.grantee);
    const renewed: any = await notices('renewAgreement', { id: offered.agreement.id, startsOn: '2027-01-01' });
    expect(renewed.notices).toEqual([{ code, message, path: null }]);
  });

  it('is told nothing when the day is not over where the grantee is', async () => {
    at('2027-01-31T16:59:00Z');
    const terms = scenes.terms();
    const written: any = await notices('draftAgreement', { granteeId: network.ids.grantee, terms });
    expect(written.notices).toEqual([]);
    const offered: any = await notices('offerAgreement', answer(written.agreement));
    expect(offered.notices).toEqual([]);
    at('2027-01-31T17:00:00Z');
    const later: any = await notices('draftAgreement', { granteeId: network.ids.grantee, terms });
    expect(later.notices).toHaveLength(1);
  });
});
