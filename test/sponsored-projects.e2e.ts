import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { upload } from './support/attachment-scenes.js';
import { agreementScenes } from './support/agreement-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import type { Sponsorship } from './support/sponsor-scenes.js';
import { addSponsorship, sponsorScenes } from './support/sponsor-scenes.js';

let network: Network;
let project: Sponsorship;
let elsewhere: Sponsorship;
beforeAll(async () => {
  network = await startNetwork();
  project = await addSponsorship(network);
  elsewhere = await addSponsorship(network, { name: 'Nhóm Lưới Xanh' });
});
afterAll(() => network.stop());
beforeEach(() => network.clock.set('2026-11-23T05:00:00Z'));

const agreements = agreementScenes(() => network);
const scenes = sponsorScenes(() => network, agreements);
const eur = { committed: { amount: '9000.00', currency: 'EUR' }, parts: ['4000.00', '5000.00'] };

// What a query answers depends on the query; tests assert on it.
/* eslint-disable @typescript-eslint/no-explicit-any */
const codes = ({ userErrors }: any): string[] => userErrors.map(({ code }: any) => code);
const act = (key: string, name: string, input: object, selection: string): Promise<any> =>
  network.mutate(key, name, input, selection);

describe('a sponsored project in EUR whose money arrives in VND', () => {
  let agreement: any;
  let sent: any;
  beforeEach(() => network.clock.set('2027-02-01T05:00:00Z'));

  it('is offered to the group and its sponsor, who learn to know the funder', async () => {
    agreement = await scenes.offered(project, eur);
    for (const [party, actions] of [
      [project.group, ['ACCEPT', 'DECLINE', 'REQUEST_CHANGES']],
      [project.sponsor, ['ACCEPT', 'DECLINE', 'REQUEST_CHANGES']],
    ] as const) {
      expect(await scenes.read(party.key, agreement.id)).toMatchObject({
        state: 'OFFERED',
        restriction: 'SPONSORED_PROJECT',
        fiscalSponsor: { id: project.sponsor.id },
        availableActions: actions,
        funder: { organization: { contact: { email: 'funder@example.org' } } },
        revisions: [{ number: 1, text: expect.stringContaining('Fiscal sponsor: Harbor Commons for Nhóm Thuyền') }],
      });
    }
    expect(await scenes.heard(project.sponsor.key, agreement.id)).toEqual(['AGREEMENT_OFFERED']);
  });

  it('is active once both have accepted, and not before', async () => {
    const first = await scenes.accept(agreement, project.sponsor.key);
    expect(first).toMatchObject({
      state: 'OFFERED',
      acceptedByName: null,
      availableActions: ['DECLINE', 'REQUEST_CHANGES'],
    });
    const again = agreements.acceptance(agreement);
    expect(codes(await agreements.act('acceptAgreement', again, project.sponsor.key))).toEqual(['ALREADY_AGREED']);
    expect((await scenes.read(project.group.key, agreement.id)).availableActions).toContain('ACCEPT');
    const active = await scenes.accept(agreement, project.group.key);
    expect(active).toMatchObject({ state: 'ACTIVE', acceptedByName: 'Nguyễn Thị Hoa', timeZone: 'Asia/Ho_Chi_Minh' });
    // Its day was the day before, and nothing was owed until the last of both accepted.
    expect(active.installments[0]).toMatchObject({ dueOn: '2027-01-31', lateAt: '2027-02-01T17:00:00.000Z' });
    agreement = await scenes.read(project.sponsor.key, agreement.id);
    expect(agreement).toMatchObject({ sponsorAcceptedByName: 'Nguyễn Thị Hoa', availableActions: [] });
    const expected = ['AGREEMENT_OFFERED', 'AGREEMENT_PARTLY_ACCEPTED', 'AGREEMENT_ACCEPTED'];
    for (const { key } of [project.group, project.sponsor])
      expect(await scenes.heard(key, agreement.id)).toEqual(expected);
  });

  it('is paid to the account of the sponsor, which alone says what has arrived', async () => {
    const payment = {
      installmentId: agreement.installments[0].id,
      sentOn: '2027-01-20',
      amount: { amount: '4000.00', currency: 'EUR' },
    };
    sent = (await act(network.keys.funder, 'recordDisbursement', payment, 'disbursement { id version }')).disbursement;
    const receipt = {
      id: sent.id,
      expectedVersion: sent.version,
      receivedOn: '2027-01-22',
      received: { amount: '108400000', currency: 'VND' },
    };
    expect(codes(await act(project.group.key, 'confirmDisbursement', receipt, '__typename'))).toEqual([
      'FOR_ANOTHER_PARTY',
    ]);
    expect(codes(await act(elsewhere.sponsor.key, 'confirmDisbursement', receipt, '__typename'))).toEqual([
      'NOT_FOUND',
    ]);
    const confirmed = await act(
      project.sponsor.key,
      'confirmDisbursement',
      receipt,
      'disbursement { state impliedRate version transferCost { amount } installment { state } }',
    );
    expect(confirmed.disbursement).toEqual({
      state: 'RECEIVED',
      impliedRate: '27100.0',
      version: 2,
      transferCost: null,
      installment: { state: 'RECEIVED' },
    });
    for (const key of [project.group.key, project.sponsor.key, network.keys.funder]) {
      expect(await scenes.read(key, agreement.id)).toMatchObject({
        sentTotal: { amount: '4000.00' },
        receivedTotals: [{ amount: '108400000', currency: 'VND' }],
        disbursements: [{ impliedRate: '27100.0' }],
      });
    }
  });

  it('is corrected and repaid by the sponsor', async () => {
    const corrected = {
      id: sent.id,
      expectedVersion: 2,
      receivedOn: '2027-01-22',
      received: { amount: '108000000', currency: 'VND' },
      reason: 'Phí ngân hàng.',
    };
    expect(codes(await act(project.group.key, 'correctReceipt', corrected, '__typename'))).toEqual([
      'FOR_ANOTHER_PARTY',
    ]);
    const { disbursement } = await act(
      project.sponsor.key,
      'correctReceipt',
      corrected,
      'disbursement { impliedRate receipts { received { amount } } }',
    );
    expect(disbursement).toEqual({
      impliedRate: '27000.0',
      receipts: [{ received: { amount: '108400000' } }, { received: { amount: '108000000' } }],
    });
    const repaid = {
      disbursementId: sent.id,
      amount: { amount: '10.00', currency: 'EUR' },
      repaidOn: '2027-01-30',
      reason: 'Gửi thừa.',
    };
    expect(codes(await act(project.group.key, 'recordRepayment', repaid, '__typename'))).toEqual(['FOR_ANOTHER_PARTY']);
    const { repayment } = await act(
      project.sponsor.key,
      'recordRepayment',
      repaid,
      'repayment { id agreement { sentTotal { amount } } }',
    );
    expect(repayment.agreement.sentTotal.amount).toBe('3990.00');
    const second = {
      installmentId: agreement.installments[1].id,
      sentOn: '2027-01-31',
      amount: { amount: '1.00', currency: 'EUR' },
    };
    const lost = (await act(network.keys.funder, 'recordDisbursement', second, 'disbursement { id version }'))
      .disbursement;
    const missing = { id: lost.id, expectedVersion: lost.version };
    expect(codes(await act(project.group.key, 'reportDisbursementMissing', missing, '__typename'))).toEqual([
      'FOR_ANOTHER_PARTY',
    ]);
    const told = await act(project.sponsor.key, 'reportDisbursementMissing', missing, 'disbursement { state }');
    expect(told.disbursement.state).toBe('MISSING');
    const heard = await scenes.heard(project.group.key, sent.id, repayment.id, lost.id);
    expect([...heard].sort()).toEqual([
      'DISBURSEMENT_MISSING',
      'DISBURSEMENT_RECEIVED',
      'DISBURSEMENT_SENT',
      'DISBURSEMENT_SENT',
      'RECEIPT_CORRECTED',
      'REPAYMENT_RECORDED',
    ]);
    expect(await scenes.heard(project.sponsor.key, sent.id, repayment.id, lost.id)).toEqual(heard);
  });

  it('is reported on by the group, and the sponsor reads what is shared, never the report', async () => {
    const sections = [
      { prompt: 'WHAT_HAPPENED', text: 'Ba chiếc thuyền đã ra khơi.' },
      { prompt: 'SURPRISES', text: 'Không cho ai xem.', isVisible: false },
    ];
    const selection = 'narrativeReport { id version }';
    const draft = (await act(project.group.key, 'draftReport', { sections }, selection)).narrativeReport;
    expect((await upload(network, project.group.key, draft.id)).status).toBe(201);
    const submitted = { id: draft.id, expectedVersion: draft.version, shareWith: [agreement.id] };
    const { narrativeReport } = await act(project.group.key, 'submitReport', submitted, selection);
    const [share] = (await scenes.read(project.group.key, agreement.id)).reports.nodes;
    expect(share).toMatchObject({ report: { id: narrativeReport.id }, contentVersion: 1 });
    const answer = { shareId: share.id, kind: 'LEARNED', text: 'We learned of the boats.' };
    await act(network.keys.funder, 'respondToReport', answer, 'reportShare { id }');
    const seen = (await scenes.read(project.sponsor.key, agreement.id)).reports.nodes;
    expect(seen).toEqual([
      {
        id: share.id,
        report: null,
        contentVersion: null,
        sections: [{ text: 'Ba chiếc thuyền đã ra khơi.' }],
        response: null,
      },
    ]);
    expect(await scenes.heard(project.sponsor.key, share.id)).toEqual(['REPORT_SHARED', 'REPORT_ANSWERED']);
    const files = 'query ($share: ID!) { reportShare(id: $share) { attachments { name url } } }';
    const read = await network.call(project.sponsor.key, files, { share: share.id });
    const [file] = read.data.reportShare.attachments as { name: string; url: string }[];
    expect([file.name, (await fetch(new URL(file.url, network.url))).status]).toEqual(['picture.png', 200]);
    expect((await network.call(elsewhere.sponsor.key, files, { share: share.id })).data.reportShare).toBeNull();
    const { data } = await network.call(
      project.sponsor.key,
      'query ($share: ID!, $report: ID!) { reportShare(id: $share) { id unsharedAt } narrativeReport(id: $report) { id } narrativeReports { nodes { id } } reportShares { nodes { id } } }',
      { share: share.id, report: narrativeReport.id },
    );
    expect(data).toEqual({
      reportShare: { id: share.id, unsharedAt: null },
      narrativeReport: null,
      narrativeReports: { nodes: [] },
      reportShares: { nodes: [] },
    });
    const own = (await act(project.sponsor.key, 'submitReport', { sections }, selection)).narrativeReport;
    const sharing = { id: own.id, shareWith: [agreement.id] };
    expect(codes(await act(project.sponsor.key, 'shareReport', sharing, '__typename'))).toEqual(['NOT_FOUND']);
    const [expectation] = agreement.expectations;
    const moved = { id: expectation.id, expectedVersion: expectation.version + 1, movedTo: '2028-01-31' };
    expect(codes(await act(project.sponsor.key, 'moveExpectation', moved, '__typename'))).toEqual([
      'FOR_ANOTHER_PARTY',
    ]);
  });

  it('hides from each the obstacles of the other, also where they concern it', async () => {
    const input = (text: string): object => ({ code: 'PARTNER_FAILURE', beganMonth: '2027-01-01', text });
    const seenBy = async (key: string): Promise<string> =>
      (
        await network.call(
          key,
          '{ obstacles { nodes { id } } obstacleEvents { nodes { type } } events(last: 100) { nodes { type } } }',
        )
      ).text;
    const before = await Promise.all([project.group.key, project.sponsor.key].map(seenBy));
    const ids: string[] = [];
    for (const tier of ['AGGREGATE_ONLY', 'CONFIDENTIAL']) {
      for (const { key } of [project.group, project.sponsor]) {
        const { obstacle } = await act(key, 'logObstacle', { ...input(tier), tier }, 'obstacle { id }');
        ids.push(obstacle.id);
      }
    }
    const shared = {
      ...input('late'),
      code: 'DISBURSEMENT_DELAY',
      tier: 'SHARED',
      agreementId: agreement.id,
    };
    ids.push((await act(project.group.key, 'logObstacle', shared, 'obstacle { id }')).obstacle.id);
    const sponsorsView = await network.call(project.sponsor.key, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids,
    });
    expect(sponsorsView.data.nodes.map((node: object | null) => node !== null)).toEqual([
      false,
      true,
      false,
      true,
      false,
    ]);
    const groupsView = await network.call(project.group.key, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids,
    });
    expect(groupsView.data.nodes.map((node: object | null) => node !== null)).toEqual([true, false, true, false, true]);
    const after = await seenBy(project.sponsor.key);
    expect(after).not.toContain(ids[4]);
    expect(JSON.parse(after).data.events).toEqual(JSON.parse(before[1]).data.events);
  });
});
