import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import type { Share } from './support/report-acts.js';
import { reportActs } from './support/report-acts.js';
import { makeAgreement } from './support/report-scenes.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());

const { act, write, refused, shareOf, sharesUnder, unchanged, metBy } = reportActs(() => network);

const HAPPENED = { prompt: 'WHAT_HAPPENED', text: 'Lũ rút, lớp học mở lại.' };
const HARDER = { prompt: 'FUNDER_MAKES_HARDER', text: 'Your portal asks the same thing twice.' };

describe('the story of a report', () => {
  it('is drafted section by section, submitted, shared with two funders, and answered', async () => {
    const first = await makeAgreement(network, 'funder', 'grantee', { expects: ['2026-12-31', '2027-12-31'] });
    const second = await makeAgreement(network, 'secondFunder', 'grantee', { responseDays: 10 });
    const draft = await write('draftReport', {
      language: 'vi',
      period: { startsOn: '2026-01-01', endsOn: '2026-10-31' },
      minutesSpent: 45,
    });
    expect(draft).toMatchObject({ state: 'DRAFT', format: 'WRITTEN', contentVersion: null, sections: [], version: 1 });
    await write('saveReportSection', { id: draft.id, expectedVersion: 1, section: HAPPENED });
    await write('saveReportSection', { id: draft.id, expectedVersion: 2, section: { prompt: 'LEARNED', text: 'x' } });
    await write('saveReportSection', { id: draft.id, expectedVersion: 3, section: { prompt: 'LEARNED', text: '' } });
    const saved = await write('saveReportSection', { id: draft.id, expectedVersion: 4, section: HARDER });
    expect(saved.sections.map(({ prompt, isVisible }) => [prompt, isVisible])).toEqual([
      ['WHAT_HAPPENED', true],
      ['FUNDER_MAKES_HARDER', false],
    ]);

    const submitted = await write('submitReport', { id: draft.id, expectedVersion: 5, shareWith: [first, second] });
    expect(submitted).toMatchObject({ id: draft.id, state: 'SUBMITTED', contentVersion: 1, version: 6 });
    expect(submitted.versions.nodes).toMatchObject([{ number: 1, sections: submitted.sections }]);
    expect(submitted.shares.nodes).toHaveLength(2);

    const [seen] = await sharesUnder(network.keys.funder, first);
    expect(seen).toMatchObject({
      language: 'vi',
      period: { startsOn: '2026-01-01', endsOn: '2026-10-31' },
      minutesSpent: 45,
      peopleInvolved: null,
      state: 'AWAITING_RESPONSE',
      version: 1,
      isOverdue: false,
      response: null,
      report: null,
      contentVersion: null,
      sections: [{ prompt: 'WHAT_HAPPENED', question: 'What happened?', text: HAPPENED.text }],
      expectation: { dueOn: '2026-12-31', state: 'MET', metBy: { id: seen.id } },
    });
    expect(await metBy(first)).toEqual([seen.id, null]);
    const other = (await sharesUnder(network.keys.secondFunder, second))[0];
    const days = (Date.parse(seen.respondBy) - Date.parse(other.respondBy)) / 86_400_000;
    expect(days).toBe(20);

    const answer = { shareId: seen.id, kind: 'LEARNED', text: 'Thank you. We did not know the road was cut.' };
    const answered = await act(network.keys.funder, 'respondToReport', answer);
    expect(answered).toMatchObject({ reportShare: { state: 'ANSWERED', version: 2, response: { text: answer.text } } });
    expect(await shareOf(network.keys.grantee, seen.id)).toMatchObject({
      state: 'ANSWERED',
      contentVersion: 1,
      report: { id: draft.id },
      response: { kind: 'LEARNED', text: answer.text },
    });
    await unchanged(async () => {
      expect(await refused(network.keys.funder, 'respondToReport', answer)).toEqual(['SHARE_ALREADY_ANSWERED shareId']);
      expect(await refused(network.keys.grantee, 'unshareReport', { shareId: seen.id })).toEqual([
        'SHARE_ALREADY_ANSWERED shareId',
      ]);
    });
  });

  it('is shared later, once per agreement, meeting the expectation that is named, and unshared until answered', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee', { expects: ['2026-12-31', '2027-12-31'] });
    const expectation = (
      await network.sql<{ id: string }>(
        `SELECT 'exp_' || replace(id::text, '-', '') AS id FROM reporting_expectations WHERE agreement_id = $1 AND due_on = '2027-12-31'`,
        [agreement.slice(4)],
      )
    )[0].id;
    const report = await write('submitReport', { sections: [HAPPENED], language: 'vi' });
    expect(report.shares.nodes).toEqual([]);
    const meets = [{ agreementId: agreement, expectationId: expectation }];
    const shared = await write('shareReport', { id: report.id, shareWith: [agreement], meets });
    const [share] = shared.shares.nodes;
    expect(await metBy(agreement)).toEqual([null, share.id]);
    await unchanged(async () => {
      expect(await refused(network.keys.grantee, 'shareReport', { id: report.id, shareWith: [agreement] })).toEqual([
        'ALREADY_SHARED shareWith.0',
      ]);
      const another = { sections: [HAPPENED], shareWith: [agreement], meets };
      expect(await refused(network.keys.grantee, 'submitReport', another)).toEqual([
        'EXPECTATION_ALREADY_MET meets.0.expectationId',
      ]);
    });

    const { reportShare } = await act(network.keys.grantee, 'unshareReport', { shareId: share.id });
    expect(reportShare!.unsharedAt).not.toBeNull();
    expect(await metBy(agreement)).toEqual([null, null]);
    expect(await shareOf(network.keys.funder, share.id)).toBeNull();
    expect(await sharesUnder(network.keys.funder, agreement)).toEqual([]);
    expect(await sharesUnder(network.keys.grantee, agreement)).toEqual([]);
    const late = { shareId: share.id, kind: 'LEARNED', text: 'Too late to answer this.' };
    expect(await refused(network.keys.funder, 'respondToReport', late)).toEqual(['NOT_FOUND shareId']);
    expect(await refused(network.keys.grantee, 'unshareReport', { shareId: share.id })).toEqual([
      'ACTION_NOT_ALLOWED shareId',
    ]);
    expect((await write('shareReport', { id: report.id, shareWith: [agreement] })).shares.nodes).toHaveLength(1);
  });

  it('keeps every version, and shows a funder the one it was given', async () => {
    const [first, second] = [
      await makeAgreement(network, 'funder', 'grantee', { state: 'COMPLETED' }),
      await makeAgreement(network, 'secondFunder', 'grantee', { state: 'RELEASED' }),
    ];
    const report = await write('submitReport', { sections: [HAPPENED], shareWith: [first] });
    const fixed = { prompt: 'WHAT_HAPPENED', text: 'Lũ rút muộn hơn chúng tôi viết.' };
    const corrected = await write('correctReport', { id: report.id, expectedVersion: 1, sections: [fixed] });
    expect(corrected).toMatchObject({ contentVersion: 2, version: 2 });
    expect(corrected.versions.nodes.map(({ number, sections }) => [number, sections[0].text])).toEqual([
      [2, fixed.text],
      [1, HAPPENED.text],
    ]);
    expect((await sharesUnder(network.keys.funder, first))[0].sections[0].text).toBe(HAPPENED.text);
    await write('shareReport', { id: report.id, shareWith: [second], contentVersion: 1 });
    expect((await sharesUnder(network.keys.secondFunder, second))[0].sections[0].text).toBe(HAPPENED.text);
  });

  it("asks a funder's own prompts, and answers them to that funder only", async () => {
    const [first, second] = [
      await makeAgreement(network, 'funder', 'grantee'),
      await makeAgreement(network, 'secondFunder', 'grantee'),
    ];
    const prompts = [{ en: 'Who else should we meet?', vi: 'Chúng tôi nên gặp ai?' }];
    await network.mutate(network.keys.funder, 'setReportPrompts', { prompts, expectedVersion: 1 }, 'funder { id }');
    const form = await network.call(null, 'query ($f: ID) { reportPrompts(funder: $f) { code text isVisible } }', {
      f: network.ids.funder,
    });
    expect(form.data.reportPrompts).toHaveLength(7);
    expect(form.data.reportPrompts[6]).toEqual({ code: 'own:1', text: prompts[0].en, isVisible: true });

    const own = { prompt: 'own:1', funderId: network.ids.funder, text: 'Hội nông dân.' };
    const submission = { clientSubmissionId: 'own-1', sections: [HAPPENED, own], shareWith: [first, second] };
    const report = await write('submitReport', submission);
    const prompted = (shares: Share[]): string[] => shares[0].sections.map(({ prompt }) => prompt);
    expect(prompted(await sharesUnder(network.keys.funder, first))).toEqual(['WHAT_HAPPENED', 'own:1']);
    expect(prompted(await sharesUnder(network.keys.secondFunder, second))).toEqual(['WHAT_HAPPENED']);
    await network.mutate(network.keys.funder, 'setReportPrompts', { prompts: [], expectedVersion: 2 }, 'funder { id }');
    expect((await write('submitReport', submission)).id).toBe(report.id);
    expect(await refused(network.keys.grantee, 'submitReport', { sections: [own] })).toEqual([
      'UNKNOWN_PROMPT sections.0.prompt',
    ]);
    expect((await sharesUnder(network.keys.funder, first))[0].sections[1].question).toBe(prompts[0].en);
  });
});

describe('a submission that is sent again', () => {
  it('makes one report of 50 that arrive at once', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee', { expects: ['2026-12-31'] });
    const input = { clientSubmissionId: 'offline-7', sections: [HAPPENED], shareWith: [agreement] };
    const before = await network.sql<{ n: number }>('SELECT count(*)::int AS n FROM graphile_worker.jobs');
    const answers = await Promise.all(Array.from({ length: 50 }, () => write('submitReport', input)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await sharesUnder(network.keys.funder, agreement)).toHaveLength(1);
    const [{ reports, jobs }] = (await network.sql<{ reports: number; jobs: number }>(
      `SELECT (SELECT count(*)::int FROM narrative_reports WHERE client_submission_id = 'offline-7') AS reports,
         (SELECT count(*)::int FROM graphile_worker.jobs) AS jobs`,
    )) as [{ reports: number; jobs: number }];
    expect({ reports, jobs }).toEqual({ reports: 1, jobs: before[0].n + 2 });
  });

  it('says so when the content differs, and keeps the first', async () => {
    const input = { clientSubmissionId: 'edited', sections: [HAPPENED, { prompt: 'LEARNED', text: '' }] };
    const first = await write('submitReport', input);
    expect((await write('submitReport', { ...input, sections: [HAPPENED] })).id).toBe(first.id);
    await unchanged(async () => {
      const again = await act(network.keys.grantee, 'submitReport', { ...input, sections: [HARDER] });
      expect(again.narrativeReport).toEqual(first);
      expect(again.userErrors).toEqual([]);
      expect(again.notices).toMatchObject([
        { code: 'SUBMISSION_DIFFERS', path: ['clientSubmissionId'], existingId: first.id, version: 1 },
      ]);
    });
    const theirs = await write('submitReport', input, network.keys.secondGrantee);
    expect(theirs.id).not.toBe(first.id);
  });
});
