import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { amendmentScenes, answer, idOf } from '../support/amendment-scenes.js';
import { missedDutyScenes } from '../support/missed-duty-scenes.js';
import { money, moneyScenes } from '../support/money-scenes.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import { stopSound } from '../support/sound-network.js';

/*
 * From the domain: "Ending early drops future expectations; of each installment what was paid stays and the rest is
 * cancelled, so that the committed amount is what was paid; the proposal shows the day it takes effect and the money
 * that will not come."
 */
let network: Network;
let funder: string;
let grantee: string;
let steward: string;
beforeAll(async () => {
  network = await startNetwork();
  ({ funder, grantee, steward } = network.keys);
});
afterAll(() => stopSound(network));
beforeEach(() => network.clock.set('2026-11-23T05:00:00Z'));

const scenes = amendmentScenes(() => network);
const payments = moneyScenes(() => network, scenes);
const { firstOf, installmentsOf } = missedDutyScenes(() => network);

/* eslint-disable @typescript-eslint/no-explicit-any -- What a query answers depends on the query. */
const END = `... on Amendment { id version state changes { field before after }
  earlyEnd { on paid { amount } dueBefore { amount } notComing { amount } } }`;
async function seen(id: string, key = grantee): Promise<any> {
  const { data } = await network.call(key, `query ($id: ID!) { node(id: $id) { ${END} } }`, { id });
  return data.node;
}
const ending = (agreement: any, effectiveOn: string): object => ({
  ...{ ...idOf(agreement), kind: 'RELEASE', effectiveOn, waiveNotice: true },
});
const propose = async (agreement: any, effectiveOn: string): Promise<any> =>
  scenes.done(funder, 'proposeAmendment', ending(agreement, effectiveOn));
const accept = (proposed: any): Promise<any> =>
  scenes.done(grantee, 'acceptAmendment', answer(proposed, { waiveNotice: true }));
const parts = (paid: string, dueBefore: string, notComing: string): object => ({
  ...{ paid: { amount: paid }, dueBefore: { amount: dueBefore }, notComing: { amount: notComing } },
});

describe('who proposes to end a grant early', () => {
  it('shows the day it would end, and the money that would not come, to both before anybody agrees', async () => {
    const active = await scenes.active();
    const proposed = await propose(active, '2027-11-23');
    for (const key of [funder, grantee, steward]) {
      const { earlyEnd, changes } = await seen(proposed.id, key);
      expect(earlyEnd).toEqual({ on: '2027-11-23', ...parts('0.00', '400.00', '600.00') });
      expect(changes).toEqual(
        expect.arrayContaining([
          { field: 'committed', before: '1000.00 USD', after: '400.00 USD' },
          { field: 'endsOn', before: '2028-12-31', after: '2027-11-23' },
          { field: 'installments.2.amount', before: '600.00 USD', after: null },
        ]),
      );
    }
    await payments.received(active.installments[0].id, '400.00', '2026-11-20', '2026-11-22');
    expect((await seen(proposed.id)).earlyEnd).toEqual({ on: '2027-11-23', ...parts('400.00', '0.00', '600.00') });
    network.clock.set('2028-03-01T05:00:00Z');
    expect((await seen(proposed.id)).earlyEnd).toEqual({ on: '2028-03-01', ...parts('400.00', '0.00', '600.00') });
    await scenes.done(grantee, 'declineAmendment', answer(proposed));
    expect((await seen(proposed.id)).earlyEnd).toBeNull();
  });
});

describe('a grant that ended early', () => {
  it('is worth what was paid: of a part-paid installment the part stays, and the rest is given up', async () => {
    const active = await scenes.active();
    await payments.received(active.installments[0].id, '150.00', '2026-11-20', '2026-11-22');
    const proposed = await propose(active, '2026-11-23');
    expect((await seen(proposed.id)).earlyEnd).toEqual({ on: '2026-11-23', ...parts('150.00', '0.00', '850.00') });
    await accept(proposed);
    for (const key of [funder, grantee]) {
      expect(await scenes.read(key, active.id)).toMatchObject({
        ...{ state: 'RELEASED', committed: { amount: '150.00' }, endsOn: '2027-01-01' },
        installments: [
          { state: 'RECEIVED', amount: { amount: '150.00' }, receivedOn: '2026-11-22' },
          { state: 'RELEASED', amount: { amount: '600.00' } },
        ],
      });
      expect((await seen(proposed.id, key)).earlyEnd).toEqual({
        on: '2026-11-23',
        ...parts('150.00', '0.00', '850.00'),
      });
    }
  });

  it('is worth nothing when nothing was paid, and can be renewed as it had been promised', async () => {
    const active = await scenes.active();
    await accept(await propose(active, '2026-11-23'));
    expect(await scenes.read(grantee, active.id)).toMatchObject({ state: 'RELEASED', committed: { amount: '0.00' } });
    const { agreement, userErrors } = await scenes.act('renewAgreement', { id: active.id }, funder);
    expect(userErrors).toEqual([]);
    expect(agreement).toMatchObject({ state: 'DRAFT', committed: { amount: '1000.00' } });
    expect(agreement.installments.map((one: any) => one.amount.amount)).toEqual(['400.00', '600.00']);
  });

  it('is the same before and after the service has written it, and until its day the old schedule counts', async () => {
    const active = await scenes.active();
    await accept(await propose(active, '2027-03-01'));
    network.clock.set('2027-02-10T05:00:00Z');
    await payments.received(active.installments[0].id, '100.00', '2027-02-08', '2027-02-09');
    network.clock.set('2027-03-02T05:00:00Z');
    const unwritten = await scenes.read(grantee, active.id);
    expect(unwritten).toMatchObject({ state: 'RELEASED', committed: { amount: '100.00' }, endsOn: '2027-03-01' });
    await missedDutyScenes(() => network).writeWhatIsDue(active.id);
    const written = await scenes.read(grantee, active.id);
    expect(written).toMatchObject({ state: 'RELEASED', committed: { amount: '100.00' }, endsOn: '2027-03-01' });
    expect(written.installments).toEqual(unwritten.installments);
  });

  it('keeps that the rest of a part-paid installment was late', async () => {
    const active = await scenes.active();
    await payments.received(active.installments[0].id, '150.00', '2026-11-20', '2026-11-22');
    network.clock.set('2027-02-20T05:00:00Z');
    expect(await firstOf(active)).toMatchObject({ isLate: true, daysLate: 20 });
    await accept(await propose(active, '2027-02-20'));
    expect(await firstOf(active)).toMatchObject({
      ...{ state: 'RECEIVED', isLate: false, daysLate: 20 },
      missedDueDays: [{ dueOn: '2027-01-31', amount: { amount: '400.00' }, daysLate: 20 }],
    });
  });
});

describe('a funder that no longer exists', () => {
  const selection = `dissolution { id version state availableActions agreement { id availableActions } }`;
  const basis = { ceased: 'FUNDER', legalBasis: 'The foundation was struck off the register of charities.' };
  const announce = async (agreementId: string): Promise<any> => {
    const payload: any = await network.mutate(steward, 'announceDissolution', { agreementId, ...basis }, selection);
    expect(payload.userErrors).toEqual([]);
    return payload.dissolution;
  };
  const actions = async (id: string): Promise<string[]> => {
    const query = 'query ($id: ID!) { node(id: $id) { ... on Dissolution { availableActions } } }';
    return (await network.call(steward, query, { id })).data.node.availableActions;
  };

  it('leaves a grant that is worth what was received, and money that turns up later is surplus', async () => {
    const active = await scenes.active();
    await payments.received(active.installments[0].id, '150.00', '2026-11-20', '2026-11-22');
    const sent = await payments.send(active.installments[1].id, money('600.00'), '2026-11-20');
    const lost = { id: sent.id, expectedVersion: sent.version };
    const missing = await payments.done('grantee', 'reportDisbursementMissing', lost, 'disbursement { id version }');
    const notice = await announce(active.id);
    network.clock.set('2027-01-23T05:00:00Z');
    const { userErrors } = await network.mutate(steward, 'recordDissolution', answer(notice), selection);
    expect(userErrors).toEqual([]);
    expect(await scenes.read(grantee, active.id)).toMatchObject({ state: 'RELEASED', committed: { amount: '150.00' } });
    const found = await payments.confirm(missing, money('600.00'), '2027-01-22');
    expect(found).toMatchObject({ isSurplus: true });
    expect(await scenes.read(grantee, active.id)).toMatchObject({
      ...{ committed: { amount: '150.00' }, sentTotal: { amount: '150.00' } },
    });
    expect((await installmentsOf(active.id)).map(({ state }) => state)).toEqual(['RECEIVED', 'RELEASED']);
  });

  it('ends a grant only once its day has come: until then nobody is told that it can be done', async () => {
    const active = await scenes.active();
    expect((await scenes.read(steward, active.id)).availableActions).toContain('ANNOUNCE_DISSOLUTION');
    const notice = await announce(active.id);
    expect(notice.availableActions).toEqual(['WITHDRAW']);
    expect(notice.agreement.availableActions).not.toContain('ANNOUNCE_DISSOLUTION');
    network.clock.set('2027-01-21T16:59:00Z');
    expect(await actions(notice.id)).toEqual(['WITHDRAW']);
    network.clock.set('2027-01-21T17:00:01Z');
    expect(await actions(notice.id)).toEqual(['RECORD', 'WITHDRAW']);
    const sent = await payments.send(active.installments[0].id, money('400.00'), '2027-01-20');
    expect(await actions(notice.id)).toEqual(['WITHDRAW']);
    await payments.confirm(sent, money('400.00'), '2027-01-21');
    expect(await actions(notice.id)).toEqual(['RECORD', 'WITHDRAW']);
    const { dissolution } = await network.mutate(steward, 'withdrawDissolution', answer(notice), selection);
    expect(dissolution).toMatchObject({ state: 'WITHDRAWN', availableActions: [] });
    expect(dissolution.agreement.availableActions).toContain('ANNOUNCE_DISSOLUTION');
  });
});
