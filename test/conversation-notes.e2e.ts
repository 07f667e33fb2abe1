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
const { write, refused, sharesUnder, unchanged, metBy } = reportActs(() => network);

const TALK = { heldOn: '2026-11-02', minutes: 40, granteePeople: 3, funderPeople: 1, notes: 'We talked of the flood.' };
const OURS = { ...TALK, minutes: 55, notes: 'Chúng tôi nói về lũ, và về tiền thuê nhà.' };
const CONVERSATION = 'conversation { heldOn minutes granteePeople funderPeople notes }';
const NOTES = `id version language writtenBy draftedAt confirmedAt report { id } agreement { id } ${CONVERSATION}
  versions { nodes { number writtenBy language ${CONVERSATION} } }`;

interface Notes {
  id: string;
  version: number;
  confirmedAt: string | null;
  report: { id: string } | null;
}
interface Payload {
  conversationNotes: Notes | null;
  userErrors: { code: string; path: string[] | null }[];
}

const call = async (key: string, name: string, input: object): Promise<Payload> =>
  (await network.mutate(key, name, input, `conversationNotes { ${NOTES} }`)) as Payload;
const note = async (key: string, name: string, input: object): Promise<Notes> => {
  const { conversationNotes, userErrors } = await call(key, name, input);
  expect(userErrors).toEqual([]);
  return conversationNotes!;
};
const denied = async (key: string, name: string, input: object): Promise<string[]> => {
  const { conversationNotes, userErrors } = await call(key, name, input);
  expect(conversationNotes).toBeNull();
  return userErrors.map(({ code, path }) => `${code} ${path?.join('.')}`);
};
const read = async (key: string | null, id: string): Promise<Notes | null> =>
  (
    (await network.call(key, `query ($id: ID!) { node(id: $id) { ... on ConversationNotes { ${NOTES} } } }`, { id }))
      .data as { node: Notes | null }
  ).node;
const listed = async (key: string, agreement: string): Promise<string> => {
  const query = `query ($id: ID!) { conversationNotes { nodes { ${NOTES} } }
    node(id: $id) { ... on GrantAgreement { conversationNotes { nodes { ${NOTES} } } } } }`;
  const { text, errors } = await network.call(key, query, { id: agreement });
  expect(errors).toBeUndefined();
  return text;
};
const drafted = (agreementId: string, key = network.keys.funder): Promise<Notes> =>
  note(key, 'draftConversationNotes', { agreementId, conversation: TALK, language: 'en' });

describe('notes of a conversation', () => {
  it('are drafted by the funder, told in the words of the grantee, and a report only when it confirms them', async () => {
    const { funder, grantee } = network.keys;
    const agreement = await makeAgreement(network, 'funder', 'grantee', { expects: ['2026-12-31'] });
    const other = await makeAgreement(network, 'secondFunder', 'grantee');
    const first = await drafted(agreement);
    expect(first).toMatchObject({ version: 1, writtenBy: 'FUNDER', conversation: TALK, agreement: { id: agreement } });
    expect(await read(grantee, first.id)).toEqual(first);
    const ours = { id: first.id, expectedVersion: 1, conversation: OURS, language: 'vi' };
    expect(await note(grantee, 'reviseConversationNotes', ours)).toMatchObject({
      ...{ version: 2, writtenBy: 'GRANTEE', conversation: OURS, language: 'vi', confirmedAt: null, report: null },
      versions: {
        nodes: [
          { number: 2, writtenBy: 'GRANTEE', conversation: OURS, language: 'vi' },
          { number: 1, writtenBy: 'FUNDER', conversation: TALK, language: 'en' },
        ],
      },
    });

    // Until then it is no report.
    expect(await metBy(agreement)).toEqual([null]);
    const { data } = await network.call(grantee, '{ narrativeReports { totalCount } }');
    expect(data).toEqual({ narrativeReports: { totalCount: 0 } });
    for (const name of ['submitReport', 'shareReport', 'correctReport', 'saveReportDetails']) {
      const more = name === 'shareReport' ? { shareWith: [agreement] } : { expectedVersion: 1 };
      expect(await refused(grantee, name, { id: first.id, ...more })).toEqual(['INVALID_ID id']);
    }

    const confirmed = await write('confirmConversationNotes', {
      ...{ id: first.id, expectedVersion: 2, minutesSpent: 5, shareWith: [agreement, other] },
      sections: [{ prompt: 'FUNDER_MAKES_HARDER', text: 'Cổng hỏi hai lần.' }],
    });
    expect(confirmed).toMatchObject({ state: 'SUBMITTED', format: 'CONVERSATION', conversation: OURS, language: 'vi' });
    const [share] = await sharesUnder(funder, agreement);
    expect(share).toMatchObject({ format: 'CONVERSATION', conversation: OURS, sections: [], minutesSpent: 5 });
    expect(await metBy(agreement)).toEqual([share.id]);
    expect(await sharesUnder(network.keys.secondFunder, other)).toMatchObject([{ conversation: OURS }]);
    expect(await read(grantee, first.id)).toMatchObject({
      report: { id: confirmed.id },
      confirmedAt: expect.any(String),
      version: 2,
    });
    await unchanged(async () => {
      const again = { id: first.id, expectedVersion: 2 };
      expect(await refused(grantee, 'confirmConversationNotes', again)).toEqual(['NOTES_ALREADY_CONFIRMED id']);
      expect(await denied(grantee, 'reviseConversationNotes', { ...again, conversation: TALK })).toEqual([
        'NOTES_ALREADY_CONFIRMED id',
      ]);
    });
  });

  it('are begun by the grantee too, and confirmed in other words than were written', async () => {
    const { funder, grantee } = network.keys;
    const agreement = await makeAgreement(network, 'funder', 'grantee');
    const notes = await drafted(agreement, grantee);
    expect(await read(funder, notes.id)).toEqual(notes);
    const theirs = { id: notes.id, expectedVersion: 1, conversation: { ...TALK, funderPeople: 2 } };
    await note(funder, 'reviseConversationNotes', theirs);
    await unchanged(async () => {
      const unread = { id: notes.id, expectedVersion: 1 };
      expect(await refused(grantee, 'confirmConversationNotes', unread)).toEqual(['STALE_VERSION expectedVersion']);
      const unknown = { id: notes.id, expectedVersion: 2, sections: [{ prompt: 'SCORE', text: 'x' }] };
      expect(await refused(grantee, 'confirmConversationNotes', unknown)).toEqual(['UNKNOWN_PROMPT sections.0.prompt']);
      const future = { id: notes.id, expectedVersion: 2, conversation: { ...OURS, heldOn: '2031-01-01' } };
      expect(await refused(grantee, 'confirmConversationNotes', future)).toEqual([
        'DATE_OUT_OF_RANGE conversation.heldOn',
      ]);
    });
    const report = await write('confirmConversationNotes', { id: notes.id, expectedVersion: 2, conversation: OURS });
    expect(report).toMatchObject({ conversation: OURS, shares: { nodes: [] }, language: 'en' });
    expect(JSON.stringify(await read(funder, notes.id))).not.toContain(OURS.notes);
  });

  it('tell the funder nothing of what the grantee made of them', async () => {
    const { funder, grantee } = network.keys;
    const agreement = await makeAgreement(network, 'funder', 'grantee');
    const notes = await drafted(agreement);
    const feed = async (): Promise<string> => {
      await network.sql('SELECT seal_events(1000)');
      return (await network.call(funder, '{ events(first: 100) { nodes { type at subjectId } } }')).text;
    };
    const before = [await listed(funder, agreement), await feed()];
    const report = await write('confirmConversationNotes', { id: notes.id, expectedVersion: 1 });
    expect([await listed(funder, agreement), await feed()]).toEqual(before);
    expect(await listed(grantee, agreement)).toContain(report.id);
    const later = { id: notes.id, expectedVersion: 1, conversation: { ...TALK, notes: 'And of the rent.' } };
    expect(await note(funder, 'reviseConversationNotes', later)).toMatchObject({ version: 2, report: null });
    // What the grantee confirmed stays what it confirmed.
    const { data } = await network.call(
      grantee,
      `query ($id: ID!) { narrativeReport(id: $id) { contentVersion ${CONVERSATION} } }`,
      { id: report.id },
    );
    expect(data.narrativeReport).toEqual({ contentVersion: 1, conversation: TALK });
  });

  it('are for both sides and nobody else', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee');
    const offered = await makeAgreement(network, 'funder', 'grantee', { state: 'OFFERED' });
    const notes = await drafted(agreement);
    const { secondFunder, secondGrantee, steward, analyst, funder } = network.keys;
    for (const key of [secondFunder, secondGrantee, steward, analyst, null])
      expect(await read(key, notes.id)).toBeNull();
    expect(await listed(secondFunder, agreement)).not.toContain('cnv_');
    await unchanged(async () => {
      const input = { agreementId: agreement, conversation: TALK };
      const revision = { id: notes.id, expectedVersion: 1, conversation: TALK };
      for (const key of [secondFunder, secondGrantee]) {
        expect(await denied(key, 'draftConversationNotes', input)).toEqual(['NOT_FOUND agreementId']);
        expect(await denied(key, 'reviseConversationNotes', revision)).toEqual(['NOT_FOUND id']);
      }
      expect(await refused(secondGrantee, 'confirmConversationNotes', { id: notes.id, expectedVersion: 1 })).toEqual([
        'NOT_FOUND id',
      ]);
      expect(await denied(funder, 'draftConversationNotes', { ...input, agreementId: offered })).toEqual([
        'ACTION_NOT_ALLOWED agreementId',
      ]);
      expect(
        await denied(funder, 'draftConversationNotes', { ...input, conversation: { ...TALK, notes: '', minutes: 0 } }),
      ).toEqual(['NUMBER_OUT_OF_RANGE conversation.minutes', 'TEXT_TOO_SHORT conversation.notes']);
      const query = `mutation ($input: ConfirmConversationNotesInput!) { confirmConversationNotes(input: $input) { userErrors { code } } }`;
      const { errors } = await network.call(funder, query, { input: { id: notes.id, expectedVersion: 1 } });
      expect(errors?.[0].extensions.code).toBe('FORBIDDEN');
    });
  });

  it('become one report of 20 confirmations at once', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee');
    const notes = await drafted(agreement);
    const confirm = { id: notes.id, expectedVersion: 1, shareWith: [agreement] };
    const answers = (await Promise.all(
      Array.from({ length: 20 }, () =>
        network.mutate(network.keys.grantee, 'confirmConversationNotes', confirm, 'narrativeReport { id }'),
      ),
    )) as { narrativeReport: { id: string } | null; userErrors: { code: string }[] }[];
    expect(answers.filter(({ narrativeReport }) => narrativeReport)).toHaveLength(1);
    expect(new Set(answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code)))).toEqual(
      new Set(['NOTES_ALREADY_CONFIRMED']),
    );
    expect(await sharesUnder(network.keys.funder, agreement)).toHaveLength(1);
    const other = await write('submitReport', { format: 'CONVERSATION', conversation: TALK });
    await expect(
      network.sql('UPDATE conversation_notes SET report_id = $1 WHERE id = $2', [other.id.slice(4), notes.id.slice(4)]),
    ).rejects.toThrow('are confirmed');
    await expect(
      network.sql(`UPDATE conversation_note_versions SET written_by = 'GRANTEE' WHERE notes_id = $1`, [
        notes.id.slice(4),
      ]),
    ).rejects.toThrow();
  });
});
