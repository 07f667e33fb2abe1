import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { amendmentScenes } from '../support/amendment-scenes.js';
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
