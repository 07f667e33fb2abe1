import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { reportActs } from './support/report-acts.js';
import { makeAgreement } from './support/report-scenes.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());
const { act, write, refused, sharesUnder, unchanged, metBy } = reportActs(() => network);

const FILM = { url: 'https://films.example.org/mua-lu?v=1', label: 'Phim của các em' };
const TALK = { heldOn: '2026-11-02', minutes: 40, granteePeople: 3, funderPeople: 1, notes: 'Nói về lũ và lớp học.' };
const HAPPENED = { prompt: 'WHAT_HAPPENED', text: 'Lớp học mở lại.' };

describe('a report in the format the grantee chose', () => {
  it('WRITTEN: answers to prompts, or one text of its own form', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee', { expects: ['2026-12-31'] });
    const text = { prompt: 'FREE_TEXT', text: 'Năm nay nước về sớm.\n\nChúng tôi đã dời lớp học lên đình làng.' };
    const report = await write('submitReport', { sections: [text], links: [FILM], shareWith: [agreement] });
    expect(report).toMatchObject({ format: 'WRITTEN', links: [FILM], conversation: null });
    const [share] = await sharesUnder(network.keys.funder, agreement);
    expect(share).toMatchObject({
      format: 'WRITTEN',
      links: [FILM],
      sections: [{ ...text, question: 'In your own words' }],
    });
    expect(await metBy(agreement)).toEqual([share.id]);
  });

  it('CONVERSATION: when, how long, with how many, and what was said', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee', { expects: ['2026-12-31'] });
    const input = { format: 'CONVERSATION', conversation: TALK, language: 'vi', minutesSpent: 10 };
    const report = await write('submitReport', { ...input, shareWith: [agreement] });
    expect(report).toMatchObject({ format: 'CONVERSATION', conversation: TALK, sections: [], minutesSpent: 10 });
    const [share] = await sharesUnder(network.keys.funder, agreement);
    expect(share).toMatchObject({ format: 'CONVERSATION', conversation: TALK, sections: [], language: 'vi' });
    expect(await metBy(agreement)).toEqual([share.id]);
  });

  it('RECORDING: linked, with an answer beside it', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee', { expects: ['2026-12-31'] });
    const input = { format: 'RECORDING', links: [FILM], sections: [HAPPENED], shareWith: [agreement] };
    const report = await write('submitReport', input);
    const [share] = await sharesUnder(network.keys.funder, agreement);
    expect(share).toMatchObject({ format: 'RECORDING', links: [FILM], sections: [HAPPENED] });
    const second = { url: 'https://films.example.org/2', label: null };
    const corrected = await write('correctReport', { id: report.id, expectedVersion: 1, links: [FILM, second] });
    expect(corrected.versions.nodes.map(({ number, links }) => [number, links.length])).toEqual([
      [2, 2],
      [1, 1],
    ]);
    await unchanged(async () => {
      const without = { id: report.id, expectedVersion: 2, links: [] };
      expect(await refused(network.keys.grantee, 'correctReport', without)).toEqual(['FILE_OR_LINK_MISSING links']);
    });
  });

  it('REUSED_DOCUMENT: drafted, linked, submitted', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee', { expects: ['2026-12-31'] });
    const draft = await write('draftReport', { format: 'REUSED_DOCUMENT' });
    await unchanged(async () => {
      expect(await refused(network.keys.grantee, 'submitReport', { id: draft.id, expectedVersion: 1 })).toEqual([
        'FILE_OR_LINK_MISSING links',
      ]);
    });
    const links = [{ url: 'https://example.org/annual-2026.pdf', label: 'Báo cáo năm' }];
    await write('saveReportDetails', { id: draft.id, expectedVersion: 1, links });
    const submission = { id: draft.id, expectedVersion: 2, shareWith: [agreement] };
    expect(await write('submitReport', submission)).toMatchObject({ format: 'REUSED_DOCUMENT', links, version: 3 });
    expect(await sharesUnder(network.keys.funder, agreement)).toMatchObject([{ format: 'REUSED_DOCUMENT', links }]);
  });
});

describe('what stands beside the answers of a draft', () => {
  it('is saved part by part: what is left out stays, null takes it out', async () => {
    const period = { startsOn: '2026-01-01', endsOn: '2026-06-30' };
    const draft = await write('draftReport', { sections: [HAPPENED], language: 'vi', minutesSpent: 5 });
    const save = (expectedVersion: number, details: object) =>
      write('saveReportDetails', { id: draft.id, expectedVersion, ...details });
    await save(1, { format: 'CONVERSATION', conversation: TALK, period, peopleInvolved: 2 });
    expect(await save(2, { language: 'en', links: [FILM] })).toMatchObject({
      ...{ format: 'CONVERSATION', conversation: TALK, period, peopleInvolved: 2, minutesSpent: 5 },
      ...{ language: 'en', links: [FILM], sections: [HAPPENED], version: 3 },
    });
    // A change of mind loses nothing that was typed; submitting asks to decide.
    expect(await save(3, { format: 'WRITTEN' })).toMatchObject({ conversation: TALK });
    await unchanged(async () => {
      expect(await refused(network.keys.grantee, 'submitReport', { id: draft.id, expectedVersion: 4 })).toEqual([
        'CONVERSATION_NOT_EXPECTED conversation',
      ]);
      expect(
        await refused(network.keys.grantee, 'saveReportDetails', { id: draft.id, expectedVersion: 1, links: [] }),
      ).toEqual(['STALE_VERSION expectedVersion']);
    });
    const emptied = { conversation: null, period: null, peopleInvolved: null, minutesSpent: null, links: null };
    expect(await save(4, emptied)).toMatchObject({ ...emptied, links: [], language: 'en' });
    expect(await write('submitReport', { id: draft.id, expectedVersion: 5 })).toMatchObject({ state: 'SUBMITTED' });
    expect(await refused(network.keys.grantee, 'saveReportDetails', { id: draft.id, expectedVersion: 6 })).toEqual([
      'ACTION_NOT_ALLOWED id',
    ]);
  });

  it.each<[string, object, string[]]>([
    ['nothing to hear', { format: 'RECORDING' }, ['FILE_OR_LINK_MISSING links']],
    ['only a section beside it', { format: 'RECORDING', sections: [HAPPENED] }, ['FILE_OR_LINK_MISSING links']],
    ['nothing to read', { format: 'REUSED_DOCUMENT', links: [] }, ['FILE_OR_LINK_MISSING links']],
    ['nothing said', { format: 'CONVERSATION', sections: [HAPPENED] }, ['CONVERSATION_MISSING conversation']],
    [
      'a conversation in a written report',
      { sections: [HAPPENED], conversation: TALK },
      ['CONVERSATION_NOT_EXPECTED conversation'],
    ],
    ['only a link', { links: [FILM] }, ['REPORT_EMPTY sections']],
    [
      'a link that can be read on the way',
      { format: 'RECORDING', links: [{ url: 'http://example.org/' }] },
      ['LINK_NOT_HTTPS links.0.url'],
    ],
    ['six links', { format: 'RECORDING', links: Array(6).fill(FILM) }, ['TOO_MANY_ITEMS links']],
    [
      'a conversation of next year',
      { format: 'CONVERSATION', conversation: { ...TALK, heldOn: '2031-01-01' } },
      ['DATE_OUT_OF_RANGE conversation.heldOn'],
    ],
    [
      'a conversation with nobody',
      { format: 'CONVERSATION', conversation: { ...TALK, funderPeople: 0, notes: ' ' } },
      ['NUMBER_OUT_OF_RANGE conversation.funderPeople', 'TEXT_TOO_SHORT conversation.notes'],
    ],
  ])('is refused with %s, and nothing changes', async (_name, input, expected) => {
    await unchanged(async () => {
      expect(await refused(network.keys.grantee, 'submitReport', input)).toEqual(expected);
    });
  });

  it.each(['javascript:alert(1)', 'ftp://example.org/x', 'https://me:secret@example.org/', '//example.org'])(
    'links to no %s',
    async (url) => {
      await unchanged(async () => {
        const query = 'mutation ($input: SubmitReportInput!) { submitReport(input: $input) { userErrors { code } } }';
        const input = { format: 'RECORDING', links: [{ url }] };
        const { status, errors } = await network.call(network.keys.grantee, query, { input });
        expect([status, errors?.[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
      });
    },
  );

  it('says in Vietnamese what it says in English', async () => {
    const query = 'mutation ($input: SubmitReportInput!) { submitReport(input: $input) { userErrors { message } } }';
    const say = async (language: string): Promise<string> =>
      (
        (
          await network.call(
            network.keys.grantee,
            query,
            { input: { format: 'RECORDING' } },
            { 'accept-language': language },
          )
        ).data as { submitReport: { userErrors: { message: string }[] } }
      ).submitReport.userErrors[0].message;
    expect(await say('vi')).toBe('Báo cáo dạng này (bản ghi âm hoặc ghi hình) cần một tệp đính kèm hoặc một liên kết.');
    expect(await say('en')).toBe('A report in this format (recording) needs an attachment or a link.');
  });
});

describe('a submission in another format', () => {
  it('is recognized when it is sent again, and when it differs', async () => {
    const input = { clientSubmissionId: 'film', format: 'RECORDING', links: [FILM], sections: [{ prompt: 'LEARNED' }] };
    const first = await write('submitReport', input);
    expect((await write('submitReport', { ...input, sections: [], peopleInvolved: null })).id).toBe(first.id);
    for (const other of [{ links: [{ ...FILM, label: null }] }, { format: 'REUSED_DOCUMENT' }, { links: [] }]) {
      const again = await act(network.keys.grantee, 'submitReport', { ...input, ...other });
      expect(again.narrativeReport).toEqual(first);
      expect([again.userErrors, again.notices.map(({ code }) => code)]).toEqual([[], ['SUBMISSION_DIFFERS']]);
    }
    const plain = { clientSubmissionId: 'plain', sections: [HAPPENED] };
    const { id } = await write('submitReport', plain);
    expect((await write('submitReport', { ...plain, format: 'WRITTEN', links: [] })).id).toBe(id);
  });
});
