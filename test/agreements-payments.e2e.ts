import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { agreementScenes } from './support/agreement-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

const scenes = agreementScenes(() => network);
const DISBURSEMENT = `disbursement { id state version receivedOn amount { amount } received { amount currency } transferCost { amount }
  isSurplus installment { id state } agreement { id version sentTotal { amount } receivedTotals { amount currency } } }`;
const usd = (amount: string): object => ({ amount, currency: 'USD' });

interface Payment {
  id: string;
  version: number;
  [name: string]: unknown;
}

async function act(name: string, input: object, key: string): Promise<Payment> {
  const { disbursement, userErrors } = (await network.mutate(key, name, input, DISBURSEMENT)) as {
    disbursement: Payment;
    userErrors: object[];
  };
  expect(userErrors).toEqual([]);
  return disbursement;
}
const refusal = async (name: string, input: object, key: string): Promise<object[]> =>
  ((await network.mutate(key, name, input, '__typename')) as { userErrors: object[] }).userErrors;

const send = (installmentId: string, amount: string, more: object = {}): Promise<Payment> =>
  act('recordDisbursement', { installmentId, amount: usd(amount), sentOn: '2027-01-20', ...more }, network.keys.funder);
const confirm = ({ id, version }: Payment, received: object, receivedOn = '2027-01-22'): Promise<Payment> =>
  act('confirmDisbursement', { id, expectedVersion: version, receivedOn, received }, network.keys.grantee);
const change = (name: string, { id, version }: Payment, key: string): Promise<Payment> =>
  act(name, { id, expectedVersion: version }, key);

describe('money', () => {
  const accepted = '2027-01-04T03:00:00Z';
  beforeEach(() => network.clock.set('2027-02-03T03:00:00Z'));

  it('has arrived when the grantee says so, in parts, with a fee that keeps nothing open', async () => {
    network.clock.set(accepted);
    const active = await scenes.active();
    network.clock.set('2027-02-03T03:00:00Z');
    const [{ id: installment }] = active.installments;
    const first = await send(installment, '150.00', { reference: 'RF-1' });
    expect(first).toMatchObject({
      state: 'SENT',
      installment: { state: 'SCHEDULED' },
      received: null,
      transferCost: null,
    });
    const second = await send(installment, '250.00');
    expect(second).toMatchObject({ installment: { state: 'SENT' }, agreement: { sentTotal: { amount: '400.00' } } });

    const received = await confirm(first, usd('137.50'));
    expect(received).toMatchObject({
      state: 'RECEIVED',
      transferCost: { amount: '12.50' },
      installment: { state: 'SENT' },
    });
    await confirm(second, { amount: '6250000', currency: 'VND' }, '2027-02-02');
    const after = await scenes.read(network.keys.grantee, active.id);
    expect(after.installments[0]).toMatchObject({
      state: 'RECEIVED',
      receivedOn: '2027-02-02',
      isLate: false,
      daysLate: 2,
    });
    expect(after.receivedTotals).toEqual([
      { amount: '137.50', currency: 'USD' },
      { amount: '6250000', currency: 'VND' },
    ]);
    expect(after.version).toBe(active.version + 4);
  });

  it('is never sent beyond what was promised', async () => {
    const { installments } = await scenes.active();
    const installmentId = installments[0].id as string;
    await send(installmentId, '399.99');
    const sentOn = '2027-01-20';
    const more = { installmentId, sentOn, amount: usd('0.02') };
    const [above] = await refusal('recordDisbursement', more, network.keys.funder);
    expect(above).toMatchObject({ code: 'PAYMENT_ABOVE_INSTALLMENT', message: expect.stringContaining('0.01') });
    const other = { ...more, amount: { amount: '0.01', currency: 'EUR' } };
    expect(await refusal('recordDisbursement', other, network.keys.funder)).toMatchObject([
      { code: 'CURRENCY_MISMATCH' },
    ]);
    const future = { ...more, amount: usd('0.01'), sentOn: '2027-02-05' };
    expect(await refusal('recordDisbursement', future, network.keys.funder)).toMatchObject([
      { code: 'DATE_OUT_OF_RANGE' },
    ]);
    const results = await Promise.all(
      Array.from({ length: 8 }, () =>
        refusal('recordDisbursement', { ...more, amount: usd('0.01') }, network.keys.funder),
      ),
    );
    expect(results.filter((errors) => errors.length === 0)).toHaveLength(1);
  });

  it('can be missing, replaced, and arrive after all as surplus', async () => {
    const active = await scenes.active();
    const [{ id: installment }] = active.installments;
    const sent = await send(installment, '400.00');
    const missing = await change('reportDisbursementMissing', sent, network.keys.grantee);
    expect(missing).toMatchObject({ state: 'MISSING', version: 2, installment: { state: 'SCHEDULED' } });
    const replacement = await confirm(await send(installment, '400.00'), usd('400.00'));
    expect(replacement).toMatchObject({ isSurplus: false, installment: { state: 'RECEIVED' } });
    const late = await confirm(missing, usd('390.00'));
    expect(late).toMatchObject({
      isSurplus: true,
      installment: { state: 'RECEIVED' },
      agreement: { sentTotal: { amount: '400.00' } },
    });
    const errors = await refusal('voidDisbursement', { id: late.id, expectedVersion: 3 }, network.keys.funder);
    expect(errors).toMatchObject([{ code: 'ACTION_NOT_ALLOWED' }]);
  });

  it('can come back, or have been recorded in error, and be sent again', async () => {
    const [{ id: installment }] = (await scenes.active()).installments;
    const lost = await change('reportDisbursementMissing', await send(installment, '400.00'), network.keys.grantee);
    expect(await change('returnDisbursement', lost, network.keys.funder)).toMatchObject({ state: 'RETURNED' });
    const wrong = await send(installment, '400.00');
    const errors = await refusal('returnDisbursement', { id: wrong.id, expectedVersion: 1 }, network.keys.funder);
    expect(errors).toMatchObject([{ code: 'ACTION_NOT_ALLOWED' }]);
    expect(await change('voidDisbursement', wrong, network.keys.funder)).toMatchObject({
      state: 'VOIDED',
      installment: { state: 'SCHEDULED' },
      agreement: { sentTotal: { amount: '0.00' } },
    });
    expect(await send(installment, '400.00')).toMatchObject({ installment: { state: 'SENT' } });
  });

  it('is confirmed as what can be true', async () => {
    const [{ id: installment }] = (await scenes.active()).installments;
    const { id } = await send(installment, '400.00');
    const input = { id, expectedVersion: 1, receivedOn: '2027-01-22', received: usd('400.00') };
    const errors = async (wrong: object): Promise<object[]> =>
      refusal('confirmDisbursement', { ...input, ...wrong }, network.keys.grantee);
    expect(await errors({ received: usd('400.01') })).toMatchObject([{ code: 'RECEIVED_MORE_THAN_SENT' }]);
    expect(await errors({ receivedOn: '2027-01-18' })).toMatchObject([{ code: 'DATE_OUT_OF_RANGE' }]);
    expect(await errors({ receivedOn: '2027-02-05' })).toMatchObject([{ code: 'DATE_OUT_OF_RANGE' }]);
    expect(await errors({ expectedVersion: 2 })).toMatchObject([{ code: 'STALE_VERSION', currentVersion: 1 }]);
    expect((await confirm({ id, version: 1 }, usd('400.00'))).state).toBe('RECEIVED');
    expect(await errors({ expectedVersion: 2 })).toMatchObject([{ code: 'ACTION_NOT_ALLOWED' }]);
  });

  it('is sent only under an agreement that was accepted', async () => {
    const [{ id: installmentId }] = (await scenes.offered()).installments;
    const input = { installmentId, amount: usd('1.00'), sentOn: '2027-01-20' };
    expect(await refusal('recordDisbursement', input, network.keys.funder)).toMatchObject([
      { code: 'ACTION_NOT_ALLOWED' },
    ]);
  });

  it('is late when its day has ended where the grantee is', async () => {
    network.clock.set(accepted);
    const active = await scenes.active();
    const lateness = async (instant: string): Promise<unknown[]> => {
      network.clock.set(instant);
      const { installments } = await scenes.read(network.keys.funder, active.id);
      return [installments[0].isLate, installments[0].daysLate];
    };
    expect(await lateness('2027-01-31T16:59:58Z')).toEqual([false, 0]);
    expect(await lateness('2027-01-31T17:00:00Z')).toEqual([true, 1]);
    expect(await lateness('2027-02-10T00:00:00Z')).toEqual([true, 10]);
  });
});

describe('an expected report', () => {
  const selection = 'expectation { id dueOn movedTo state overdueAt version agreement { id } }';

  it('is moved by the grantee up to 90 days in all, and waived by the funder', async () => {
    network.clock.set('2027-12-31T16:00:00Z');
    const { id, expectations } = await scenes.active();
    const [expectation] = expectations;
    expect(expectation.state).toBe('UPCOMING');
    network.clock.set('2027-12-31T18:00:00Z');
    expect((await scenes.read(network.keys.grantee, id)).expectations[0].state).toBe('OVERDUE');
    const move = (movedTo: string, expectedVersion: number): Promise<{ expectation: object; userErrors: object[] }> =>
      network.mutate(
        network.keys.grantee,
        'moveExpectation',
        { id: expectation.id, expectedVersion, movedTo },
        selection,
      );
    expect((await move('2028-03-31', 1)).userErrors).toMatchObject([
      { code: 'EXPECTATION_MOVED_TOO_FAR', message: expect.stringContaining('2028-03-30') },
    ]);
    expect((await move('2028-01-31', 1)).expectation).toEqual({
      id: expectation.id,
      dueOn: '2027-12-31',
      movedTo: '2028-01-31',
      state: 'UPCOMING',
      overdueAt: '2028-01-31T17:00:00.000Z',
      version: 2,
      agreement: { id },
    });
    expect((await move('2028-03-30', 1)).userErrors).toMatchObject([{ code: 'STALE_VERSION' }]);
    expect((await move('2028-03-30', 2)).expectation).toMatchObject({ movedTo: '2028-03-30' });
    const input = { id: expectation.id, expectedVersion: 3 };
    const waived = await network.mutate(network.keys.funder, 'waiveExpectation', input, selection);
    expect(waived.expectation).toMatchObject({ state: 'WAIVED', version: 4 });
    expect((await move('2028-03-01', 4)).userErrors).toMatchObject([{ code: 'EXPECTATION_WAIVED' }]);
    const { data } = await network.call(
      network.keys.grantee,
      '{ events(last: 3) { nodes { subjectType subjectId } } }',
    );
    const event = { subjectType: 'REPORTING_EXPECTATION', subjectId: expectation.id };
    expect(data.events.nodes).toEqual([event, event, event]);
  });
});
