import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from './support/client.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { Ledger } from './support/ledger.js';

let network: Network;
let ledger: Ledger;
beforeAll(async () => {
  network = await startNetwork();
  ledger = await Ledger.open(network);
});
afterAll(() => network.stop());

const today = new Date().toISOString().slice(0, 10);
const after = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const usd = (amount: string): object => ({ amount, currency: 'USD' });
const AGREEMENT = 'agreement { id state version revision }';
const DISBURSEMENT = 'disbursement { id state version }';

/** One change, as a caller who has read what it changes; fails on a refusal. */
async function done(key: string, name: string, input: object, selection: string): Promise<Answer['data']> {
  const { userErrors, ...payload } = await network.mutate(key, name, input, selection);
  expect(userErrors).toEqual([]);
  return Object.values(payload)[0];
}

async function read(key: string, query: string, id: string): Promise<Answer['data']> {
  const { data, errors } = await network.call(key, `query ($id: ID!) { ${query} }`, { id });
  expect(errors).toBeUndefined();
  return Object.values(data)[0];
}

const TOTALS = `agreement(id: $id) { state sentTotal { amount currency } receivedTotals { amount currency }
  installments { number state amount { amount } daysLate } expectations { state } }`;

describe('the whole life of a grant', () => {
  let agreement: { id: string; version: number; revision: number };
  let second: { id: string };
  let payment: { id: string; version: number };
  let shares: { id: string; funderId: string }[];
  let obstacle: { id: string; version: number };

  const terms = (parts: string[], days: number[]): object => ({
    committed: usd(String(parts.reduce((sum, part) => sum + Number(part), 0))),
    startsOn: today,
    endsOn: after(729),
    installments: parts.map((part, i) => ({ dueOn: after(days[i]), amount: usd(part) })),
    expectations: [{ dueOn: after(360) }],
  });

  it('begins as a draft that only its funder knows', async () => {
    const { keys, ids } = network;
    const input = { granteeId: ids.grantee, terms: terms(['18000.00', '12000.00'], [10, 200]), idempotencyKey: 'j' };
    agreement = await done(keys.funder, 'draftAgreement', input, AGREEMENT);
    expect(agreement).toMatchObject({ state: 'DRAFT', version: 1, revision: 1 });
    expect(await read(keys.grantee, 'agreement(id: $id) { id }', agreement.id)).toBeNull();
    expect(await ledger.grew()).toEqual({
      ...{ agreements: 1, agreement_revisions: 1, installments: 2, reporting_expectations: 1 },
      ...{ events: 1, idempotency_outcomes: 1 },
    });
    expect(await ledger.heard()).toEqual({ funder: ['AGREEMENT_DRAFTED'] });
  });

  it('is offered: the parties get to know each other', async () => {
    agreement = await done(
      network.keys.funder,
      'offerAgreement',
      { id: agreement.id, expectedVersion: agreement.version },
      AGREEMENT,
    );
    expect(agreement).toMatchObject({ state: 'OFFERED', version: 2, revision: 1 });
    expect(await ledger.grew()).toEqual({ acquaintances: 2, events: 1 });
    expect(await ledger.heard()).toEqual({
      ...{ funder: ['AGREEMENT_OFFERED'], grantee: ['AGREEMENT_OFFERED'], steward: ['AGREEMENT_OFFERED'] },
    });
  });

  it('is accepted', async () => {
    const acceptance = { acceptedByName: 'Nguyễn Thị Hoa', acceptedByTitle: 'Giám đốc' };
    agreement = await done(
      network.keys.grantee,
      'acceptAgreement',
      { id: agreement.id, revision: agreement.revision, ...acceptance },
      AGREEMENT,
    );
    expect(agreement).toMatchObject({ state: 'ACTIVE', version: 3 });
    expect(await ledger.grew()).toEqual({ events: 1 });
    expect(await ledger.heard()).toEqual({
      ...{ funder: ['AGREEMENT_ACCEPTED'], grantee: ['AGREEMENT_ACCEPTED'], steward: ['AGREEMENT_ACCEPTED'] },
    });
  });

  it('is paid when the funder says sent and the grantee says received', async () => {
    const { keys } = network;
    const { installments } = await read(keys.funder, 'agreement(id: $id) { installments { id } }', agreement.id);
    const sending = { installmentId: installments[0].id, amount: usd('18000.00'), sentOn: today };
    payment = await done(keys.funder, 'recordDisbursement', sending, DISBURSEMENT);
    expect(payment).toMatchObject({ state: 'SENT', version: 1 });
    expect(await ledger.grew()).toEqual({ disbursements: 1, events: 1 });
    expect(await read(keys.grantee, TOTALS, agreement.id)).toMatchObject({
      ...{ sentTotal: usd('18000.00'), receivedTotals: [] },
      installments: [{ state: 'SENT' }, { state: 'SCHEDULED' }],
    });

    const received = { amount: '455940000', currency: 'VND' };
    const { id } = payment;
    payment = await done(
      keys.grantee,
      'confirmDisbursement',
      { id, expectedVersion: 1, received, receivedOn: today },
      DISBURSEMENT,
    );
    expect(payment).toMatchObject({ state: 'RECEIVED', version: 2 });
    expect(await ledger.grew()).toEqual({ disbursement_receipts: 1, events: 1 });
    expect(await read(keys.funder, TOTALS, agreement.id)).toMatchObject({
      ...{ state: 'ACTIVE', sentTotal: usd('18000.00'), receivedTotals: [received] },
      installments: [
        { number: 1, state: 'RECEIVED', daysLate: 0 },
        { number: 2, state: 'SCHEDULED', daysLate: 0 },
      ],
      expectations: [{ state: 'UPCOMING' }],
    });
    const both = ['DISBURSEMENT_SENT', 'DISBURSEMENT_RECEIVED'];
    expect(await ledger.heard()).toEqual({ funder: both, grantee: both, steward: both });
  });

  it('stands beside an agreement of another funder', async () => {
    const { keys, ids } = network;
    const drafted = { granteeId: ids.grantee, terms: terms(['5000.00'], [0]) };
    const { id } = await done(keys.secondFunder, 'draftAgreement', drafted, AGREEMENT);
    await done(keys.secondFunder, 'offerAgreement', { id, expectedVersion: 1 }, AGREEMENT);
    const acceptance = { revision: 1, acceptedByName: 'Nguyễn Thị Hoa', acceptedByTitle: 'Giám đốc' };
    second = await done(keys.grantee, 'acceptAgreement', { id, ...acceptance }, AGREEMENT);
    expect(await ledger.grew()).toEqual({
      ...{
        agreements: 1,
        agreement_revisions: 1,
        installments: 1,
        reporting_expectations: 1,
        acquaintances: 2,
        events: 3,
      },
    });
    const seen = ['AGREEMENT_OFFERED', 'AGREEMENT_ACCEPTED'];
    expect(await ledger.heard()).toEqual({
      secondFunder: ['AGREEMENT_DRAFTED', ...seen],
      grantee: seen,
      steward: seen,
    });
  });

  it('is reported on once, for both funders', async () => {
    const { keys } = network;
    const sections = [
      { prompt: 'WHAT_HAPPENED', text: 'Bốn mươi hộ đã gieo lại sau lũ.' },
      { prompt: 'FUNDER_MAKES_HARDER', text: 'Hai mẫu báo cáo khác nhau cho cùng con số.' },
    ];
    const shareWith = [agreement.id, second.id];
    const input = { language: 'vi', sections, shareWith, minutesSpent: 25, clientSubmissionId: 'portal-1' };
    const selection =
      'narrativeReport { id state sections { prompt } shares(first: 10) { nodes { id agreement { funder { id } } sections { prompt } } } }';
    const report = await done(keys.grantee, 'submitReport', input, selection);
    expect(report).toMatchObject({ state: 'SUBMITTED', sections: [{}, {}] });
    expect(report.shares.nodes).toMatchObject([1, 2].map(() => ({ sections: [{ prompt: 'WHAT_HAPPENED' }] })));
    shares = report.shares.nodes.map((one: { id: string; agreement: { funder: { id: string } } }) => ({
      id: one.id,
      funderId: one.agreement.funder.id,
    }));
    expect(shares.map(({ funderId }) => funderId).sort()).toEqual(
      [network.ids.funder, network.ids.secondFunder].sort(),
    );
    expect(await ledger.grew()).toEqual({
      ...{ narrative_reports: 1, narrative_report_versions: 1, report_shares: 2, events: 3, jobs: 4 },
    });
    const again = await done(keys.grantee, 'submitReport', input, 'narrativeReport { id }');
    expect(again.id).toBe(report.id);
    expect(await ledger.grew()).toEqual({});
    expect(await ledger.heard()).toEqual({
      ...{ funder: ['REPORT_SHARED'], secondFunder: ['REPORT_SHARED'] },
      grantee: ['REPORT_SUBMITTED', 'REPORT_SHARED', 'REPORT_SHARED'],
    });
    expect((await read(keys.grantee, TOTALS, agreement.id)).expectations).toEqual([{ state: 'MET' }]);
    expect((await read(keys.grantee, TOTALS, second.id)).expectations).toEqual([{ state: 'MET' }]);
  });

  it('is answered by one funder, which the other never learns', async () => {
    const { keys, ids } = network;
    const share = shares.find(({ funderId }) => funderId === ids.funder)!;
    const answer = { shareId: share.id, kind: 'HELP_OFFERED', text: 'We will pay for a second sowing.' };
    const answered = await done(keys.funder, 'respondToReport', answer, 'reportShare { state response { kind text } }');
    expect(answered).toEqual({ state: 'ANSWERED', response: { kind: answer.kind, text: answer.text } });
    expect(await ledger.grew()).toEqual({ report_responses: 1, events: 1 });
    expect(await ledger.heard()).toEqual({ funder: ['REPORT_ANSWERED'], grantee: ['REPORT_ANSWERED'] });
    const states = await read(
      keys.grantee,
      'grantee(id: $id) { reportShares(first: 10) { nodes { state } } }',
      ids.grantee,
    );
    expect(states.reportShares.nodes.map(({ state }: { state: string }) => state).sort()).toEqual([
      'ANSWERED',
      'AWAITING_RESPONSE',
    ]);
  });

  it('meets an obstacle that its funder cannot know of', async () => {
    const { keys } = network;
    const input = {
      ...{ code: 'DUPLICATE_REQUEST', tier: 'CONFIDENTIAL', beganMonth: today, agreementId: agreement.id },
      ...{ text: 'The same figures in two spreadsheets.', clientSubmissionId: 'portal-2' },
    };
    obstacle = await done(keys.grantee, 'logObstacle', input, 'obstacle { id version state tier }');
    expect(obstacle).toMatchObject({ state: 'LOGGED', tier: 'CONFIDENTIAL', version: 1 });
    expect(await read(keys.funder, 'obstacle(id: $id) { id }', obstacle.id)).toBeNull();
    expect(await ledger.grew()).toEqual({
      ...{ 'obstacles.entries': 1, 'obstacles.events': 1, 'obstacles.streams': 1, 'obstacles.submissions': 1 },
    });
    expect(await ledger.heard()).toEqual({});
  });

  it('and one that its funder answers, once it is shared', async () => {
    const { keys } = network;
    const { id } = obstacle;
    const selection = 'obstacle { id version state tier }';
    const opening = { id, tier: 'SHARED', expectedVersion: obstacle.version };
    obstacle = await done(keys.grantee, 'openObstacleTier', opening, selection);
    expect(obstacle).toMatchObject({ state: 'OPEN', tier: 'SHARED', version: 2 });
    expect(await ledger.grew()).toEqual({ 'obstacles.events': 1, 'obstacles.shared': 1, events: 1 });
    const shared = ['OBSTACLE_SHARED'];
    expect(await ledger.heard()).toEqual({ funder: shared, grantee: shared, steward: shared });

    const seen = await read(keys.funder, 'obstacle(id: $id) { version }', id);
    expect(seen.version).toBe(1);
    const answer = { id, expectedVersion: 1, text: 'We take the figures as they are.', changeBy: after(30) };
    expect(await done(keys.funder, 'respondToObstacle', answer, selection)).toMatchObject({ state: 'ANSWERED' });
    expect(await ledger.grew()).toEqual({ events: 1 });
    const { version } = await read(keys.grantee, 'obstacle(id: $id) { version }', id);
    const resolved = await done(keys.grantee, 'resolveObstacle', { id, expectedVersion: version }, selection);
    expect(resolved).toMatchObject({ state: 'RESOLVED' });
    expect(await ledger.grew()).toEqual({ events: 1 });
    const rest = ['OBSTACLE_ANSWERED', 'OBSTACLE_RESOLVED'];
    expect(await ledger.heard()).toEqual({ funder: rest, grantee: rest, steward: rest });
  });
});
