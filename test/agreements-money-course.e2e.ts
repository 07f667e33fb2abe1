import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { findBreaches } from '../src/doctor/doctor.js';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import type { TermsChange } from './support/agreement-scenes.js';
import { agreementScenes } from './support/agreement-scenes.js';
import type { Thing } from './support/money-scenes.js';
import { REPAYMENT, money, moneyScenes } from './support/money-scenes.js';
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

const completeAll = (): Promise<void> => network.app.get(Jobs).runScheduled('complete_agreements');

describe('an agreement whose term is over', () => {
  const short = { startsOn: '2026-12-01', endsOn: '2027-01-31', expectations: [], parts: undefined };
  const terms = (endsOn = '2027-01-31'): TermsChange => ({
    ...{ ...short, endsOn },
    installments: [{ dueOn: '2026-12-15', amount: money('1000.00') }],
  });

  it('is completed by the daily job when nothing is left, once, and reopened by a repayment', async () => {
    const left = await scenes.active(terms());
    const lasting = await scenes.active(terms('2027-02-05'));
    const ended = await scenes.active(terms());
    await received(lasting.installments[0].id, '1000.00');
    const paid = await received(ended.installments[0].id, '1000.00');
    await completeAll();
    await completeAll();
    const read = async (id: string): Promise<string> => (await scenes.read(network.keys.grantee, id)).state;
    expect([await read(left.id), await read(lasting.id), await read(ended.id)]).toEqual([
      'ACTIVE',
      'ACTIVE',
      'COMPLETED',
    ]);
    expect((await eventsOf(ended.id)).filter((type) => type.includes('COMPLETED'))).toEqual([
      'AGREEMENT_COMPLETED by SYSTEM',
    ]);
    network.clock.set('2027-02-05T17:00:00Z');
    await completeAll();
    expect(await read(lasting.id)).toBe('COMPLETED');

    expect((await repay(paid.id, '0.01')).agreement).toMatchObject({ state: 'ACTIVE' });
    expect(await eventsOf(ended.id)).toContain('AGREEMENT_REOPENED by SYSTEM');
    await completeAll();
    expect(await read(ended.id)).toBe('ACTIVE');
    await received(ended.installments[0].id, '0.01', '2027-02-05', '2027-02-05');
    await completeAll();
    expect(await read(ended.id)).toBe('COMPLETED');
  });
});

describe('a schedule', () => {
  it('is told by a rule instead of a list', async () => {
    const schedule = { parts: 3, everyMonths: 6, firstDueOn: '2026-12-31', firstAmount: money('500.00') };
    const { installments } = await scenes.offered({ installments: undefined, schedule });
    expect(installments.map((one: Thing) => [one.dueOn, one.amount.amount])).toEqual([
      ['2026-12-31', '500.00'],
      ['2027-06-30', '250.00'],
      ['2027-12-31', '250.00'],
    ]);
    const errors = (change: TermsChange): Promise<object[]> =>
      refused('funder', 'draftAgreement', { granteeId: network.ids.grantee, terms: scenes.terms(change) });
    expect(await errors({ schedule })).toMatchObject([{ code: 'INSTALLMENTS_OR_SCHEDULE' }]);
    expect(await errors({ installments: null })).toMatchObject([{ code: 'INSTALLMENTS_OR_SCHEDULE' }]);
    const greedy = { ...schedule, firstAmount: money('1000.00') };
    expect(await errors({ installments: null, schedule: greedy })).toMatchObject([
      { code: 'SCHEDULE_DOES_NOT_FIT', path: ['terms', 'schedule'] },
    ]);
    const foreign = { ...schedule, firstAmount: money('1.00', 'EUR') };
    expect(await errors({ installments: null, schedule: foreign })).toMatchObject([{ code: 'CURRENCY_MISMATCH' }]);
  });
});

describe('the cash flow', () => {
  const FLOW =
    'cashFlow(from: $from, to: $to) { month expected { amount currency } received { amount } repaid { amount } }';
  const QUERY = `query ($from: Date!, $to: Date!) { viewer { asFunder { ${FLOW} } asGrantee { ${FLOW} } } }`;

  it('is told by month and currency, of the own agreements, and never across currencies', async () => {
    const fresh = await startNetwork();
    try {
      fresh.clock.set('2027-02-05T03:00:00Z');
      const kept = network;
      network = fresh;
      const active = await scenes.active({ committed: money('1000.00', 'EUR') });
      await scenes.offered();
      await confirm(
        await send(active.installments[0].id, money('300.00', 'EUR')),
        money('8145090', 'VND'),
        '2027-01-31',
      );
      const euros = await confirm(await send(active.installments[0].id, money('100.00', 'EUR')), money('99.00', 'EUR'));
      await done(
        'grantee',
        'recordRepayment',
        { disbursementId: euros.id, amount: money('50.00', 'EUR'), repaidOn: '2027-02-04', reason: 'Twice.' },
        REPAYMENT,
      );
      const months = [
        ['2027-01-01', 'EUR', '400.00', '99.00', '0.00'],
        ['2027-01-01', 'VND', '0', '8145090', '0'],
        ['2027-02-01', 'EUR', '0.00', '0.00', '50.00'],
        ['2028-01-01', 'EUR', '600.00', '0.00', '0.00'],
      ].map(([month, currency, expected, received, repaid]) => ({
        ...{ month, expected: { amount: expected, currency } },
        ...{ received: { amount: received }, repaid: { amount: repaid } },
      }));
      const range = { from: '2027-01-15', to: '2028-01-01' };
      const flow = async (party: keyof Network['keys'], variables = range): Promise<unknown> => {
        const { data, errors } = await network.call(network.keys[party], QUERY, variables);
        if (errors) return errors.map(({ extensions }) => extensions.code);
        return data.viewer.asFunder?.cashFlow ?? data.viewer.asGrantee?.cashFlow;
      };
      expect(await flow('funder')).toEqual(months);
      expect(await flow('grantee')).toEqual(months);
      expect(await flow('secondFunder')).toEqual([]);
      expect(await flow('grantee', { from: '2027-02-28', to: '2027-12-31' })).toEqual([months[2]]);
      expect(await flow('grantee', { from: '2027-02-01', to: '2027-01-31' })).toEqual(['DATE_OUT_OF_RANGE']);
      expect(await flow('grantee', { from: '2027-02-01', to: '2032-02-01' })).toEqual(['DATE_OUT_OF_RANGE']);

      const below = `query ($id: ID!, $from: Date!, $to: Date!) { funder(id: $id) { ${FLOW} } }`;
      const ofFunder = async (party: keyof Network['keys']): Promise<unknown> => {
        const answer = await network.call(network.keys[party], below, { id: network.ids.funder, ...range });
        return answer.data.funder.cashFlow ?? answer.errors?.[0].extensions.code;
      };
      expect(await ofFunder('grantee')).toEqual(months);
      expect(await ofFunder('secondGrantee')).toEqual([]);
      expect(await ofFunder('analyst')).toBe('FORBIDDEN');
      expect(await ofFunder('steward')).toBe('FORBIDDEN');
      network = kept;
    } finally {
      await fresh.stop();
    }
  });
});

describe('all of it together', () => {
  it('never sends more than an installment, whoever sends at once', async () => {
    const { id, installments } = await scenes.active();
    const [{ id: installmentId }] = installments;
    const input = { installmentId, amount: money('30.00'), sentOn: '2027-01-20' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => refused('funder', 'recordDisbursement', input)));
    expect(answers.filter((errors) => errors.length === 0)).toHaveLength(13);
    for (const errors of answers.filter((some) => some.length > 0)) {
      expect(errors).toMatchObject([{ code: 'PAYMENT_ABOVE_INSTALLMENT' }]);
    }
    expect((await scenes.read(network.keys.funder, id)).sentTotal.amount).toBe('390.00');
  });

  it('leaves nothing that the doctor finds', async () => {
    await network.call(network.keys.steward, '{ events { nodes { id } } }');
    const owner = new pg.Client({ connectionString: network.databaseUrls.owner });
    await owner.connect();
    try {
      const findings = await findBreaches(owner);
      expect(findings.filter(({ breaches }) => breaches.length > 0)).toEqual([]);
    } finally {
      await owner.end();
    }
  });
});
