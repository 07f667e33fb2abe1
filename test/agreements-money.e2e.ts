import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { findBreaches } from '../src/doctor/doctor.js';
import { agreementScenes } from './support/agreement-scenes.js';
import { DISBURSEMENT, HOLD, money, moneyScenes } from './support/money-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());
beforeEach(() => network.clock.set('2027-02-05T03:00:00Z'));

const scenes = agreementScenes(() => network);
const { done, refused, send, confirm, received, repay, eventsOf } = moneyScenes(() => network, scenes);

/** Agreed to before its first day, with five days of it over by now. */
async function fiveDaysLate(): ReturnType<typeof scenes.active> {
  network.clock.set('2027-01-04T03:00:00Z');
  const active = await scenes.active();
  network.clock.set('2027-02-05T03:00:00Z');
  return active;
}

describe('a legal hold', () => {
  const basis = { ground: 'SANCTIONS_SCREENING', legalBasis: 'Sanctions and Anti-Money Laundering Act 2018, s. 19' };
  const lateness = async (id: string): Promise<unknown[]> => {
    const { installments } = await scenes.read(network.keys.grantee, id);
    return [installments[0].isLate, installments[0].daysLate];
  };

  it('begins now, keeps past lateness, and is seen by both', async () => {
    const active = await fiveDaysLate();
    const [{ id: installmentId }] = active.installments;
    expect(await lateness(active.id)).toEqual([true, 5]);
    const hold = await done('funder', 'placeLegalHold', { installmentId, ...basis }, HOLD);
    expect(hold).toMatchObject({ ...basis, placedOn: '2027-02-05', liftedOn: null, version: 1 });
    expect(hold.installment).toEqual({ id: installmentId, isLate: false, daysLate: 5 });
    expect(await refused('funder', 'placeLegalHold', { installmentId, ...basis })).toMatchObject([
      { code: 'ALREADY_ON_HOLD' },
    ]);

    network.clock.set('2027-03-10T03:00:00Z');
    expect(await lateness(active.id)).toEqual([false, 5]);
    expect(await refused('funder', 'liftLegalHold', { id: hold.id, expectedVersion: 2 })).toMatchObject([
      { code: 'STALE_VERSION' },
    ]);
    const lifted = await done('funder', 'liftLegalHold', { id: hold.id, expectedVersion: 1 }, HOLD);
    expect(lifted).toMatchObject({ liftedOn: '2027-03-10', version: 2, installment: { isLate: true, daysLate: 5 } });
    expect(await refused('funder', 'liftLegalHold', { id: hold.id, expectedVersion: 2 })).toMatchObject([
      { code: 'ACTION_NOT_ALLOWED' },
    ]);
    network.clock.set('2027-03-12T03:00:00Z');
    expect(await lateness(active.id)).toEqual([true, 7]);
    await received(installmentId, '400.00', '2027-03-11', '2027-03-12');
    network.clock.set('2028-03-12T03:00:00Z');
    expect(await lateness(active.id)).toEqual([false, 7]);

    const query = `query ($id: ID!) { agreement(id: $id) { installments { legalHolds { id legalBasis } } } node(id: "${hold.id}") { id } }`;
    for (const key of [network.keys.funder, network.keys.grantee, network.keys.steward]) {
      const { data } = await network.call(key, query, { id: active.id });
      expect(data.agreement.installments[0].legalHolds).toEqual([{ id: hold.id, legalBasis: basis.legalBasis }]);
      expect(data.node).toEqual({ id: hold.id });
    }
    const { data } = await network.call(network.keys.secondGrantee, query, { id: active.id });
    expect(data).toEqual({ agreement: null, node: null });
    expect(await eventsOf(hold.id)).toEqual(['LEGAL_HOLD_PLACED by FUNDER', 'LEGAL_HOLD_LIFTED by FUNDER']);
    const { data: feed } = await network.call(network.keys.grantee, '{ events(last: 9) { nodes { type } } }');
    expect(feed.events.nodes.map(({ type }: { type: string }) => type)).toEqual(
      expect.arrayContaining(['LEGAL_HOLD_PLACED', 'LEGAL_HOLD_LIFTED']),
    );
  });

  it('is placed once, whoever is first, and only on what is still awaited under an agreement', async () => {
    const [{ id: installmentId }, { id: second }] = (await scenes.active()).installments;
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => refused('funder', 'placeLegalHold', { installmentId, ...basis })),
    );
    expect(answers.filter((errors) => errors.length === 0)).toHaveLength(1);
    await received(second, '600.00');
    expect(await refused('funder', 'placeLegalHold', { installmentId: second, ...basis })).toMatchObject([
      { code: 'ACTION_NOT_ALLOWED' },
    ]);
    const [offered] = (await scenes.offered()).installments;
    expect(await refused('funder', 'placeLegalHold', { installmentId: offered.id, ...basis })).toMatchObject([
      { code: 'ACTION_NOT_ALLOWED' },
    ]);
    expect(await refused('secondFunder', 'placeLegalHold', { installmentId, ...basis })).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });
});

describe('a receipt', () => {
  it('is corrected by the grantee, and what was told before stays', async () => {
    const active = await scenes.active();
    const [{ id: installmentId }] = active.installments;
    const first = await received(installmentId, '400.00', '2027-01-20', '2027-02-01');
    const correction = { id: first.id, expectedVersion: 2, receivedOn: '2027-02-03', received: money('389.50') };
    const corrected = await done('grantee', 'correctReceipt', { ...correction, reason: 'The fee.' }, DISBURSEMENT);
    expect(corrected).toMatchObject({
      ...{ state: 'RECEIVED', version: 3, receivedOn: '2027-02-03', transferCost: { amount: '10.50' } },
      installment: { state: 'RECEIVED', receivedOn: '2027-02-03' },
      receipts: [
        { receivedOn: '2027-02-01', received: money('400.00'), reason: null },
        { receivedOn: '2027-02-03', received: money('389.50'), reason: 'The fee.' },
      ],
    });
    expect(await eventsOf(first.id)).toEqual([
      'DISBURSEMENT_SENT by FUNDER',
      'DISBURSEMENT_RECEIVED by GRANTEE',
      'RECEIPT_CORRECTED by GRANTEE',
    ]);
    expect(await refused('grantee', 'correctReceipt', correction)).toMatchObject([{ code: 'STALE_VERSION' }]);
    const again = { ...correction, expectedVersion: 3 };
    expect(await refused('grantee', 'correctReceipt', { ...again, received: money('400.01') })).toMatchObject([
      { code: 'RECEIVED_MORE_THAN_SENT' },
    ]);
    expect(await refused('grantee', 'correctReceipt', { ...again, receivedOn: '2027-02-07' })).toMatchObject([
      { code: 'DATE_OUT_OF_RANGE' },
    ]);
    const sent = await send(active.installments[1].id, money('1.00'));
    expect(await refused('grantee', 'correctReceipt', { ...again, id: sent.id, expectedVersion: 1 })).toMatchObject([
      { code: 'ACTION_NOT_ALLOWED' },
    ]);
    await expect(network.sql('UPDATE disbursement_receipts SET number = 9')).rejects.toThrow('insert-only');
  });

  it('in another currency tells both amounts and the rate between them', async () => {
    const active = await scenes.active({ committed: money('1000.00', 'EUR') });
    const [{ id: installmentId }] = active.installments;
    const sent = await send(installmentId, money('400.00', 'EUR'));
    expect(sent.impliedRate).toBeNull();
    expect(await confirm(sent, money('10860120', 'VND'))).toMatchObject({
      received: { amount: '10860120', currency: 'VND' },
      impliedRate: '27150.3',
      transferCost: null,
      installment: { state: 'RECEIVED' },
    });
    const errors = await refused('grantee', 'confirmDisbursement', {
      ...{ id: (await send(active.installments[1].id, money('1.00', 'EUR'))).id, expectedVersion: 1 },
      ...{ receivedOn: '2027-01-22', received: money('27150.5', 'VND') },
    });
    expect(errors).toMatchObject([{ code: 'MONEY_TOO_PRECISE' }]);
  });
});

describe('money that goes back', () => {
  it('opens its installment, can be sent again, and is not late for the days it was there', async () => {
    const active = await fiveDaysLate();
    const [{ id: installmentId }] = active.installments;
    const paid = await received(installmentId, '400.00', '2027-01-20', '2027-02-02');
    const repayment = await repay(paid.id, '150.00');
    expect(repayment).toMatchObject({
      ...{ amount: money('150.00'), repaidOn: '2027-02-04', reason: 'Twice.' },
      agreement: { state: 'ACTIVE', sentTotal: { amount: '250.00' } },
      disbursement: { version: 3, repaid: { amount: '150.00' }, installment: { state: 'SCHEDULED' } },
    });
    const open = await scenes.read(network.keys.funder, active.id);
    expect(open.installments[0]).toMatchObject({ state: 'SCHEDULED', receivedOn: null, isLate: true, daysLate: 3 });

    const above = { installmentId, amount: money('150.01'), sentOn: '2027-02-04' };
    expect(await refused('funder', 'recordDisbursement', above)).toMatchObject([{ code: 'PAYMENT_ABOVE_INSTALLMENT' }]);
    await received(installmentId, '150.00', '2027-02-05', '2027-02-05');
    const after = await scenes.read(network.keys.grantee, active.id);
    expect(after.installments[0]).toMatchObject({ state: 'RECEIVED', receivedOn: '2027-02-05', daysLate: 3 });
    const query = '{ agreement(id: "ID") { repayments { id amount { amount } } } }'.replace('ID', active.id);
    const { data } = await network.call(network.keys.funder, query);
    expect(data.agreement.repayments).toEqual([{ id: repayment.id, amount: { amount: '150.00' } }]);
  });

  it('is said by the grantee alone, of what it received, up to all of it', async () => {
    const [{ id: installmentId }, { id: other }] = (await scenes.active()).installments;
    const paid = await received(installmentId, '400.00');
    const input = { disbursementId: paid.id, amount: money('400.00'), repaidOn: '2027-02-04', reason: 'Twice.' };
    expect(await refused('secondGrantee', 'recordRepayment', input)).toMatchObject([{ code: 'NOT_FOUND' }]);
    for (const [wrong, code] of [
      [{ amount: money('400.01') }, 'REPAYMENT_ABOVE_PAYMENT'],
      [{ amount: money('1.00', 'EUR') }, 'CURRENCY_MISMATCH'],
      [{ repaidOn: '2027-01-21' }, 'DATE_OUT_OF_RANGE'],
      [{ repaidOn: '2027-02-07' }, 'DATE_OUT_OF_RANGE'],
      [{ disbursementId: (await send(other, money('1.00'))).id }, 'ACTION_NOT_ALLOWED'],
    ] as const) {
      expect(await refused('grantee', 'recordRepayment', { ...input, ...wrong })).toMatchObject([{ code }]);
    }
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        refused('grantee', 'recordRepayment', { ...input, amount: money('150.00'), reason: 'Parts.' }),
      ),
    );
    expect(answers.filter((errors) => errors.length === 0)).toHaveLength(2);
    const correction = { id: paid.id, expectedVersion: 4, receivedOn: '2027-01-25', received: money('399.00') };
    expect(await refused('grantee', 'correctReceipt', correction)).toMatchObject([{ code: 'DATE_OUT_OF_RANGE' }]);
    await expect(network.sql('DELETE FROM repayments')).rejects.toThrow('insert-only');
  });

  it('from a surplus opens nothing', async () => {
    const [{ id: installmentId }] = (await scenes.active()).installments;
    const lost = await send(installmentId, money('400.00'));
    const missing = { id: lost.id, expectedVersion: 1 };
    const { version } = await done('grantee', 'reportDisbursementMissing', missing, DISBURSEMENT);
    await received(installmentId, '400.00');
    const surplus = await confirm({ ...lost, version }, money('400.00'), '2027-02-01');
    expect(surplus.isSurplus).toBe(true);
    expect((await repay(surplus.id, '400.00')).disbursement.installment).toEqual({ state: 'RECEIVED' });
  });
});

describe('the doctor', () => {
  let owner: pg.Client;
  const broken = async (): Promise<string[]> =>
    (await findBreaches(owner)).filter(({ breaches }) => breaches.length > 0).map(({ name }) => name);

  beforeAll(async () => {
    await network.call(network.keys.steward, '{ events { nodes { id } } }');
    owner = new pg.Client({ connectionString: network.databaseUrls.owner });
    await owner.connect();
  });
  afterAll(() => owner.end());

  it('finds nothing after all this', async () => {
    expect(await broken()).toEqual([]);
  });

  it.each([
    [
      'UPDATE disbursements SET received_minor = received_minor - 1 WHERE repaid_minor = 0 AND received_minor > 1',
      'a received payment says what its last receipt says',
    ],
    [
      'UPDATE repayments SET amount_minor = amount_minor + 1',
      'what went back from a payment is the sum of its repayments',
    ],
    [`UPDATE agreements SET state = 'COMPLETED' WHERE state = 'ACTIVE'`, 'a completed agreement has nothing left'],
  ])('finds what a hand at the database did: %s', async (sql, name) => {
    await owner.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`);
    expect(await broken()).toContain(name);
  });
});
