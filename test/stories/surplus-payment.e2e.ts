import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { agreementScenes } from '../support/agreement-scenes.js';
import type { Thing } from '../support/money-scenes.js';
import { DISBURSEMENT, money, moneyScenes } from '../support/money-scenes.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';

/**
 * A payment goes missing. The funder sends another, which arrives; weeks later the first one arrives too. Totals say what
 * was promised and arrived, and beside it what came over and above.
 */
let network: Network;
beforeAll(async () => (network = await startNetwork()));
afterAll(() => network.stop());
beforeEach(() => network.clock.set('2027-02-01T05:00:00Z'));
const agreements = agreementScenes(() => network);
const scenes = moneyScenes(() => network, agreements);

interface Agreement {
  readonly id: string;
  readonly installments: { readonly id: string }[];
}

async function totals({ id }: { id: string }, key = network.keys.grantee): Promise<unknown> {
  const fields = 'sentTotal { amount } receivedTotals { amount currency } surplusTotals { amount currency }';
  const { data, text } = await network.call(key, `query ($id: ID!) { agreement(id: $id) { ${fields} } }`, { id });
  if (!data) throw new Error(text);
  return data.agreement;
}
const said = (party: 'funder' | 'grantee', name: string, { id, version }: Thing, input: object = {}): Promise<Thing> =>
  scenes.done(party, name, { id, expectedVersion: version, ...input }, DISBURSEMENT);

/** What arrived in January 2027, of all agreements of the grantee. */
async function monthOfArrival(): Promise<{ received: number; surplus: number }> {
  const flow = 'cashFlow(from: "2027-01-01", to: "2027-01-31") { received { amount } surplus { amount } }';
  const { data } = await network.call(network.keys.grantee, `{ viewer { asGrantee { ${flow} } } }`);
  const [month] = data.viewer.asGrantee.cashFlow as { received: { amount: string }; surplus: { amount: string } }[];
  return { received: Number(month?.received.amount ?? 0), surplus: Number(month?.surplus.amount ?? 0) };
}

/** The first payment is missing, its replacement has arrived, and then the first one arrives. */
async function paidTwice(): Promise<{ agreement: Agreement; surplus: Thing }> {
  const agreement = (await agreements.active()) as Agreement;
  const [{ id }] = agreement.installments;
  const first = await scenes.send(id, money('400.00'));
  const missing = await said('grantee', 'reportDisbursementMissing', first);
  expect(await totals(agreement)).toMatchObject({ receivedTotals: [], surplusTotals: [] });
  await scenes.received(id, '400.00');
  const surplus = await scenes.confirm(missing, money('390.00'), '2027-01-30');
  expect(surplus.isSurplus).toBe(true);
  return { agreement, surplus };
}

describe('a payment that arrives after its replacement', () => {
  it('is left out of the totals and shown beside them, to both parties and the steward', async () => {
    const { agreement } = await paidTwice();
    for (const key of [network.keys.grantee, network.keys.funder, network.keys.steward]) {
      expect(await totals(agreement, key)).toEqual({
        sentTotal: { amount: '400.00' },
        receivedTotals: [{ amount: '400.00', currency: 'USD' }],
        surplusTotals: [{ amount: '390.00', currency: 'USD' }],
      });
    }
  });

  it('is told apart in the money of each month as well', async () => {
    const before = await monthOfArrival();
    await paidTwice();
    const after = await monthOfArrival();
    expect([after.received - before.received, after.surplus - before.surplus]).toEqual([400, 390]);
  });

  it('leaves the sum that was promised payable in full', async () => {
    const { agreement } = await paidTwice();
    await scenes.received(agreement.installments[1].id, '600.00');
    expect(await totals(agreement)).toMatchObject({
      sentTotal: { amount: '1000.00' },
      receivedTotals: [{ amount: '1000.00' }],
      surplusTotals: [{ amount: '390.00' }],
    });
  });

  it('stays a fact that it arrived, when the grantee sends it back', async () => {
    const { agreement, surplus } = await paidTwice();
    await scenes.repay(surplus.id, '390.00', '2027-02-01');
    expect(await totals(agreement)).toMatchObject({
      sentTotal: { amount: '400.00' },
      receivedTotals: [{ amount: '400.00' }],
      surplusTotals: [{ amount: '390.00' }],
    });
  });
});

describe('a payment that the bank returned', () => {
  it('has not arrived, and is in no total', async () => {
    const agreement = (await agreements.active()) as Agreement;
    const sent = await scenes.send(agreement.installments[0].id, money('400.00'));
    const missing = await said('grantee', 'reportDisbursementMissing', sent);
    await said('funder', 'returnDisbursement', missing);
    expect(await totals(agreement)).toEqual({ sentTotal: { amount: '0.00' }, receivedTotals: [], surplusTotals: [] });
  });
});
