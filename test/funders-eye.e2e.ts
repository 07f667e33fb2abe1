import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { Answer } from './support/client.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { reachableFrom } from './support/reachable-fields.js';
import { repeatable } from './support/repeatable.js';
import { tellWholeStory } from './support/whole-story.js';

/**
 * Two services with the same clock and ids. In both a grantee shares the same with a funder; in the first it also has
 * what this funder must not know of. Nothing that the funder can reach from its share may tell them apart.
 */
let open: Network;
let secretive: Network;
/** The shares of the funder, by what is said in them, and what is not for it, in the words of the secretive one. */
const shares: Record<string, string> = {};
/** A share that the funder had, and that was taken back before it answered. */
let gone: string;
const secrets = ['NOT FOR YOU', 'secret-portal', 'own:1'];

type Payload = Record<
  string,
  { id: string; version: number; shares?: { nodes: { id: string; agreement: { id: string } }[] } }
> & {
  userErrors: { code: string }[];
};
type Who = 'funder' | 'secondFunder' | 'grantee';

/** As many requests in the open one, that change nothing. */
async function secretly(who: Who, name: string, input: object, selection: string): Promise<Payload> {
  await open.call(open.keys[who], '{ obstacleCodes { code } }');
  return done(secretive, who, name, input, selection);
}
async function done(network: Network, who: Who, name: string, input: object, selection: string): Promise<Payload> {
  const payload = (await network.mutate(network.keys[who], name, input, selection)) as Payload;
  expect(payload.userErrors).toEqual([]);
  return payload;
}
async function inBoth(who: Who, name: string, input: object, selection: string, more: object = {}): Promise<Payload> {
  await done(open, who, name, input, selection);
  return done(secretive, who, name, { ...input, ...more }, selection);
}

const REPORT = 'narrativeReport { id version shares { nodes { id agreement { id } } } }';
const section = (text: string, prompt = 'WHAT_HAPPENED', more: object = {}): object => ({ prompt, text, ...more });
const TALK = { heldOn: '2026-11-02', minutes: 40, granteePeople: 3, funderPeople: 1, notes: 'For both of us.' };

beforeAll(async () => {
  const env = { COMPILED_EXECUTION: 'off' };
  [open, secretive] = [
    await startNetwork({ ...repeatable(true), env }),
    await startNetwork({ ...repeatable(true), env }),
  ];
  const agreementId = await act1();
  await act2(agreementId);
}, 300_000);
afterAll(async () => {
  await open.stop();
  await secretive.stop();
});

/** The parties get to know each other; both funders have their agreement, and the second its own prompt. */
async function act1(): Promise<string> {
  const { agreementId } = await tellWholeStory(open, 'funder', 'grantee');
  expect(await tellWholeStory(secretive, 'funder', 'grantee')).toMatchObject({ agreementId });
  const prompts = [{ en: 'And what of us?' }];
  await inBoth('secondFunder', 'setReportPrompts', { prompts, expectedVersion: 1 }, 'funder { id }');
  return agreementId;
}

async function act2(agreementId: string): Promise<void> {
  const second = await agreementOfSecond();
  const { ids } = secretive;
  const [rep, shareWith] = ['narrativeReport', [agreementId]];
  const idOf = (payload: Payload, under = agreementId): string =>
    payload[rep].shares!.nodes.find(({ agreement }) => agreement.id === under)!.id;

  // Drafts, and reports that nobody or somebody else was given.
  const draft = await secretly('grantee', 'draftReport', { sections: [section('NOT FOR YOU: a draft')] }, REPORT);
  const other = { sections: [section('NOT FOR YOU: another report')], shareWith: [second] };
  const elsewhere = await secretly('grantee', 'submitReport', other, REPORT);
  secrets.push(draft[rep].id, elsewhere[rep].id, idOf(elsewhere, second));

  // One report for both funders, with what is hidden from the first.
  const visible = section('Cho cả hai.');
  const hidden = [
    section('NOT FOR YOU: hidden', 'LEARNED', { isVisible: false }),
    visible,
    section('NOT FOR YOU: what you make harder', 'FUNDER_MAKES_HARDER'),
    section('NOT FOR YOU: a prompt of another', 'own:1', { funderId: ids.secondFunder }),
  ];
  const told = { sections: [visible], shareWith };
  const more = { clientSubmissionId: 'secret-portal', sections: hidden, shareWith: [agreementId, second] };
  const report = await inBoth('grantee', 'submitReport', told, REPORT, more);
  shares.first = idOf(report);
  secrets.push(report[rep].id, idOf(report, second));
  const unseen = { sections: [section('NOT FOR YOU: a correction')] };
  await secretly('grantee', 'correctReport', { id: report[rep].id, expectedVersion: 1, ...unseen }, REPORT);

  // Another, corrected and shared again: once for the funder, twice for the grantee.
  const { id } = (await inBoth('grantee', 'submitReport', told, REPORT))[rep];
  await secretly('grantee', 'correctReport', { id, expectedVersion: 1, ...unseen }, REPORT);
  const corrected = { id, sections: [visible], minutesSpent: 7 };
  await done(open, 'grantee', 'correctReport', { ...corrected, expectedVersion: 1 }, REPORT);
  await done(secretive, 'grantee', 'correctReport', { ...corrected, expectedVersion: 2, sections: hidden }, REPORT);
  shares.again = idOf(await inBoth('grantee', 'shareReport', { id, shareWith }, REPORT));
  secrets.push(id);

  // Answers, of which the other's is none of its business.
  const answer = { shareId: idOf(elsewhere, second), kind: 'LEARNED', text: 'NOT FOR YOU: an answer to the other.' };
  await secretly('secondFunder', 'respondToReport', answer, 'reportShare { id }');
  await inBoth(
    'funder',
    'respondToReport',
    { ...answer, shareId: shares.again, text: 'We learned of it.' },
    'reportShare { id }',
  );

  // Notes of a conversation, of which a report was made, and one that is unshared again.
  const talk = await inBoth(
    'funder',
    'draftConversationNotes',
    { agreementId, conversation: TALK },
    'conversationNotes { id version }',
  );
  const conversation = { ...TALK, notes: 'NOT FOR YOU: in our words' };
  const notes = { id: talk.conversationNotes.id, expectedVersion: 1, conversation };
  const confirmed = await secretly('grantee', 'confirmConversationNotes', notes, REPORT);
  const film = { format: 'RECORDING', links: [{ url: 'https://example.org/x', label: 'NOT FOR YOU' }], shareWith };
  const taken = await secretly('grantee', 'submitReport', film, REPORT);
  await secretly('grantee', 'unshareReport', { shareId: idOf(taken) }, 'reportShare { id }');
  secrets.push(confirmed[rep].id, taken[rep].id);
  gone = idOf(taken);
  const seen = await inBoth('grantee', 'submitReport', { ...film, links: [{ url: 'https://example.org/y' }] }, REPORT);
  shares.recording = idOf(seen);
}

/** Both have it: that another funder is there is public. */
async function agreementOfSecond(): Promise<string> {
  const amount = { amount: '100.00', currency: 'USD' };
  const terms = {
    committed: amount,
    startsOn: '2026-10-01',
    endsOn: '2027-09-30',
    installments: [{ dueOn: '2026-11-01', amount }],
    expectations: [{ dueOn: '2027-10-01' }],
  };
  const FIELDS = 'agreement { id version }';
  const drafted = await inBoth('secondFunder', 'draftAgreement', { granteeId: open.ids.grantee, terms }, FIELDS);
  const { id, version } = drafted.agreement;
  await inBoth('secondFunder', 'offerAgreement', { id, expectedVersion: version }, FIELDS);
  const acceptance = { id, revision: 1, acceptedByName: 'Nguyễn Thị Hoa', acceptedByTitle: 'Giám đốc' };
  await inBoth('grantee', 'acceptAgreement', acceptance, FIELDS);
  return id;
}

/** Time goes on with each request, and so does what is left of the rate. */
async function both(who: Who, query: string, variables: object = {}): Promise<[Answer, Answer]> {
  const answers = await Promise.all([
    open.call(open.keys[who], query, variables),
    secretive.call(secretive.keys[who], query, variables),
  ]);
  return answers;
}
const headersOf = ({ headers }: Answer): string[] =>
  [...headers].filter(([name]) => !/^(date|ratelimit-)/.test(name)).map(([name, value]) => `${name}: ${value}`);

describe("a funder's eye on what was shared with it", () => {
  it('sees the same bytes in every field it can reach, whatever else the grantee wrote', async () => {
    const { schema } = secretive.app.get(GraphQLSchemaHost);
    const reached = reachableFrom(schema, 'ReportShare', 'query ($id: ID!) { reportShare(id: $id) { * } }');
    const types = reached.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['NarrativeReport', 'NarrativeReportVersion', 'Funder', 'Grantee']));
    expect(reached.reduce((sum, { fields }) => sum + fields.length, 0)).toBeGreaterThan(250);
    const answered = new Set<string>();
    for (const { type, query } of reached) {
      for (const id of Object.values(shares)) {
        const [one, other] = await both('funder', query, { id });
        if (one.text !== other.text) expect({ type, id, text: other.text }).toEqual({ type, id, text: one.text });
        expect(headersOf(other)).toEqual(headersOf(one));
        const codes = (other.errors ?? []).map(({ extensions }) => extensions.code);
        expect([type, codes.filter((code) => /INTERNAL|TOO|GRAPHQL|BAD/.test(code))]).toEqual([type, []]);
        for (const secret of [...secrets, 'rep_', gone])
          expect([type, other.text]).not.toEqual([type, expect.stringContaining(secret)]);
        for (const [, name] of other.text.matchAll(/"__typename":"(\w+)"/g)) answered.add(name);
      }
    }
    // Of the report, its versions, and what hangs on them nothing ever came; of all else that a share leads to, most did.
    expect([...answered].filter((name) => /^NarrativeReport(?!Link|Conversation$)/.test(name))).toEqual([]);
    expect(answered.size).toBeGreaterThan(25);
  }, 120_000);

  it('sees the same in its lists and its feed', async () => {
    const SHARE = 'id sharedAt state version contentVersion unsharedAt report { id } sections { text }';
    const lists = `{ reportShares { nodes { ${SHARE} } pageInfo { hasNextPage hasPreviousPage } }
      conversationNotes { nodes { id version confirmedAt report { id } conversation { notes } versions { nodes { number writtenBy } } } }
      viewer { asFunder { reportShares { nodes { ${SHARE} } } } }
      events(first: 100) { nodes { id type at subjectType subjectId } pageInfo { hasNextPage } } }`;
    const [one, other] = await both('funder', lists);
    expect(other.errors).toBeUndefined();
    expect(other.text).toContain(shares.recording);
    expect(other.text).toContain('REPORT_SHARED');
    for (const secret of secrets) expect(other.text).not.toContain(secret);
    // That something was shared and taken back it did see; so its feed has both, by the share's id, and nothing more.
    const events = (text: string): { subjectId: string }[] =>
      (JSON.parse(text) as { data: { events: { nodes: { subjectId: string }[] } } }).data.events.nodes;
    const ofGone = events(other.text).filter(({ subjectId }) => subjectId === gone);
    expect(ofGone).toMatchObject([{ type: 'REPORT_SHARED' }, { type: 'REPORT_UNSHARED' }]);
    expect(events(other.text).filter(({ subjectId }) => subjectId !== gone)).toEqual(events(one.text));
    const rest = (text: string): string => text.slice(0, text.indexOf('"events"'));
    expect(rest(other.text)).toBe(rest(one.text));
  });

  it('is held against a grantee that does see the difference', async () => {
    const query =
      'query ($id: ID!) { reportShare(id: $id) { contentVersion report { id sections { text } versions { nodes { number } } } } }';
    const [one, other] = await both('grantee', query, { id: shares.again });
    expect([one.data.reportShare.contentVersion, other.data.reportShare.contentVersion]).toEqual([2, 3]);
    expect(other.data.reportShare.report.versions.nodes).toHaveLength(3);
    const [ours, theirs] = await both('grantee', '{ narrativeReports { totalCount } }');
    expect(theirs.data.narrativeReports.totalCount - ours.data.narrativeReports.totalCount).toBe(4);
  });
});
