import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TermsChange } from './support/agreement-scenes.js';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import { amendmentScenes, answer, codes, idOf } from './support/amendment-scenes.js';
import { money, moneyScenes } from './support/money-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

/** What must be refused by name and leave everything as it was, each line of it over HTTP. */
let network: Network;
beforeAll(async () => {
  network = await startNetwork();
  network.clock.set('2026-11-23T05:00:00Z');
});
afterAll(() => network.stop());

const scenes = amendmentScenes(() => network);
const { received, send } = moneyScenes(() => network, scenes);

/** The codes and paths of a refusal, which names the rule in its message, and after which nothing is different. */
async function refusal(key: string, name: string, input: object): Promise<[string[], string]> {
  const all = async (): Promise<string> =>
    (await scenes.everything()) +
    JSON.stringify(await network.sql(`SELECT md5(string_agg(d::text, '' ORDER BY id)) FROM disbursements d`));
  const before = await all();
  const payload = (await network.mutate(key, name, input, '__typename')) as unknown as {
    userErrors: { message: string }[];
  };
  expect(await all()).toBe(before);
  return [codes(payload), payload.userErrors.map(({ message }) => message).join(' ')];
}

describe('terms', () => {
  it.each<[string, TermsChange, string, string]>([
    ['that do not sum', { parts: ['400.00', '600.01'] }, 'INSTALLMENTS_DO_NOT_SUM terms.installments', '1000.01'],
    [
      'with a payment after the term',
      { endsOn: '2028-01-30' },
      'INSTALLMENT_OUTSIDE_TERM terms.installments.1.dueOn',
      'term',
    ],
    [
      'with a payment long before the term',
      { startsOn: '2027-03-03', parts: ['400.00', '600.00'] },
      'INSTALLMENT_OUTSIDE_TERM terms.installments.0.dueOn',
      '30',
    ],
  ])('%s are not offered', async (_, change, code, word) => {
    const { id, version } = await scenes.draft(change);
    const [found, message] = await refusal(network.keys.funder, 'offerAgreement', { id, expectedVersion: version });
    expect(found).toEqual([code]);
    expect(message).toContain(word);
  });

  it('with a third decimal are not even drafted', async () => {
    const terms = scenes.terms({ committed: money('1000.001') });
    const input = { granteeId: network.ids.grantee, terms };
    const [found, message] = await refusal(network.keys.funder, 'draftAgreement', input);
    expect([found, message]).toEqual([
      ['MONEY_TOO_PRECISE terms.committed.amount'],
      expect.stringContaining('1000.001'),
    ]);
  });
});

it('a payment above what is left is refused, to the cent, also when part was sent', async () => {
  const [{ id: installmentId }] = (await scenes.active()).installments;
  const pay = (amount: string): Promise<[string[], string]> =>
    refusal(network.keys.funder, 'recordDisbursement', { installmentId, sentOn: '2026-11-20', amount: money(amount) });
  expect(await pay('400.01')).toEqual([['PAYMENT_ABOVE_INSTALLMENT amount.amount'], expect.stringContaining('400.00')]);
  expect(await pay('0.001')).toEqual([['MONEY_TOO_PRECISE amount.amount'], expect.any(String)]);
  await send(installmentId, money('399.99'), '2026-11-20');
  expect(await pay('0.02')).toEqual([['PAYMENT_ABOVE_INSTALLMENT amount.amount'], expect.stringContaining('0.01')]);
  await send(installmentId, money('0.01'), '2026-11-20');
  expect(await pay('0.01')).toEqual([['PAYMENT_ABOVE_INSTALLMENT amount.amount'], expect.stringContaining('0.00')]);
});

it('an amendment of what has ended, or never began, is refused with its state', async () => {
  const { funder, grantee } = network.keys;
  const declined = await scenes.move('declineAgreement', await scenes.offered(), {}, grantee);
  const withdrawn = await scenes.move('withdrawAgreement', await scenes.offered());
  const released = await scenes.active();
  const release = { ...idOf(released), kind: 'RELEASE', effectiveOn: '2027-11-23' };
  const proposal = await scenes.done(funder, 'proposeAmendment', release);
  await scenes.done(grantee, 'acceptAmendment', answer(proposal, { waiveNotice: true }));
  const completed = await scenes.active({
    startsOn: '2026-12-01',
    endsOn: '2027-01-31',
    parts: ['1000.00'],
    expectations: [],
  });
  network.clock.set('2027-01-25T05:00:00Z');
  await received(completed.installments[0].id, '1000.00');
  network.clock.set('2027-12-01T05:00:00Z');
  await network.app.get(Jobs).runScheduled('complete_agreements');
  for (const [{ id }, state] of [
    [declined, 'declined'],
    [withdrawn, 'withdrawn'],
    [await scenes.offered(), 'offered'],
    [released, 'ended early'],
    [completed, 'completed'],
  ] as const) {
    const { revision } = await scenes.read(funder, id);
    for (const key of [funder, grantee]) {
      const [found, message] = await refusal(key, 'proposeAmendment', scenes.addFunds({ id, revision }));
      expect([state, found]).toEqual([state, ['ACTION_NOT_ALLOWED agreementId']]);
      expect(message).toContain(state);
    }
  }
  network.clock.set('2026-11-23T05:00:00Z');
});

describe('a release', () => {
  it('without the consent of the grantee does not happen, however long it is silent', async () => {
    const { funder, secondGrantee } = network.keys;
    const active = await scenes.active();
    const early = { ...idOf(active), kind: 'RELEASE', effectiveOn: '2027-11-22' };
    const [found, message] = await refusal(funder, 'proposeAmendment', early);
    expect(found).toEqual(['NOTICE_TOO_SHORT effectiveOn']);
    expect(message).toContain('2027-11-23');
    const open = await scenes.done(funder, 'proposeAmendment', { ...early, effectiveOn: '2027-11-23' });
    expect((await refusal(funder, 'acceptAmendment', answer(open)))[0]).toEqual(['ACTION_NOT_ALLOWED id']);
    expect((await refusal(secondGrantee, 'acceptAmendment', answer(open)))[0]).toEqual(['NOT_FOUND id']);
    network.clock.set('2029-11-23T05:00:00Z');
    const silent = await scenes.read(network.keys.grantee, active.id);
    expect([silent.state, silent.installments.map(({ state }: { state: string }) => state)]).toEqual([
      'ACTIVE',
      ['SCHEDULED', 'SCHEDULED'],
    ]);
    await send(active.installments[1].id, money('600.00'), '2029-11-20');
    network.clock.set('2026-11-23T05:00:00Z');
  });
});
