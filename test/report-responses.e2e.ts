import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { remindResponseDue } from '../src/narrative-reports/responses/remind-response-due.job.js';
import { SYSTEM_ACTOR } from '../src/platform/access/actor.js';
import { Database } from '../src/platform/db/database.service.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { makeAgreement } from './support/report-scenes.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
  network.clock.set('2026-10-01T03:00:00Z');
});
afterAll(() => network.stop());

interface Share {
  id: string;
  version: number;
  state: string;
  respondBy: string;
  isOverdue: boolean;
  response: { helped: boolean | null; replies: { nodes: { number: number; author: string; text: string }[] } } | null;
}
interface Payload {
  reportShare: Share | null;
  userErrors: { code: string; path: string[] }[];
}
const SHARE = `id version state respondBy isOverdue response { helped replies { nodes { number author text writtenAt } pageInfo { hasNextPage } } }`;
const act = async (key: string, name: string, input: object): Promise<Payload> =>
  (await network.mutate(key, name, input, `reportShare { ${SHARE} }`)) as Payload;
const refused = async (key: string, name: string, input: object): Promise<string[]> =>
  (await act(key, name, input)).userErrors.map(({ code, path }) => `${code} ${path.join('.')}`);
const done = async (key: string, name: string, input: object): Promise<Share> => {
  const { reportShare, userErrors } = await act(key, name, input);
  expect(userErrors).toEqual([]);
  return reportShare!;
};

/** A report that is shared under an agreement; answers the id of its share. */
async function share(agreement: string, key = network.keys.grantee): Promise<string> {
  const input = { sections: [{ prompt: 'WHAT_HAPPENED', text: 'Lũ rút.' }], shareWith: [agreement] };
  const { narrativeReport } = (await network.mutate(
    key,
    'submitReport',
    input,
    'narrativeReport { shares { nodes { id } } }',
  )) as { narrativeReport: { shares: { nodes: { id: string }[] } } };
  return narrativeReport.shares.nodes[0].id;
}
/** What a caller hears of a share, in its order. */
async function heard(key: string, id: string): Promise<string[]> {
  const { data } = await network.call(key, '{ events(first: 100) { nodes { type subjectId } } }');
  const { nodes } = (data as { events: { nodes: { type: string; subjectId: string }[] } }).events;
  return nodes.filter(({ subjectId }) => subjectId === id).map(({ type }) => type);
}
const answer = (shareId: string): object => ({ shareId, kind: 'QUESTION', text: 'What became of the classes?' });
const uuid = (id: string): string => id.slice(4).replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

describe('after an answer', () => {
  it('both go on in a thread that both read, and the grantee says whether it helped', async () => {
    const { funder, grantee } = network.keys;
    const id = await share(await makeAgreement(network, 'funder', 'grantee'));
    const text = 'Hai lớp học đã mở lại.';
    for (const key of [grantee, funder]) {
      expect(await refused(key, 'replyToReportResponse', { shareId: id, text })).toEqual([
        'ACTION_NOT_ALLOWED shareId',
      ]);
    }
    expect(await refused(grantee, 'rateReportResponse', { shareId: id, helped: true })).toEqual([
      'ACTION_NOT_ALLOWED shareId',
    ]);
    expect(await done(funder, 'respondToReport', answer(id))).toMatchObject({
      state: 'ANSWERED',
      version: 2,
      response: { helped: null, replies: { nodes: [] } },
    });
    await done(grantee, 'replyToReportResponse', { shareId: id, text });
    await done(funder, 'replyToReportResponse', { shareId: id, text: 'That is good to hear.' });
    await done(grantee, 'replyToReportResponse', { shareId: id, text: 'Cảm ơn.' });
    expect(await done(grantee, 'rateReportResponse', { shareId: id, helped: false })).toMatchObject({ version: 6 });
    expect(await done(grantee, 'rateReportResponse', { shareId: id, helped: false })).toMatchObject({ version: 6 });
    const rated = await done(grantee, 'rateReportResponse', { shareId: id, helped: true });
    expect(rated).toMatchObject({
      version: 7,
      response: {
        helped: true,
        replies: {
          nodes: [
            { number: 1, author: 'GRANTEE', text },
            { number: 2, author: 'FUNDER', text: 'That is good to hear.' },
            { number: 3, author: 'GRANTEE', text: 'Cảm ơn.' },
          ],
        },
      },
    });
    const query = `query ($id: ID!, $after: String) { reportShare(id: $id) { response { helped replies(first: 2, after: $after) { nodes { number } pageInfo { hasNextPage endCursor } } } } }`;
    const page = (await network.call(funder, query, { id })).data.reportShare.response;
    expect(page).toMatchObject({
      helped: true,
      replies: { nodes: [{ number: 1 }, { number: 2 }], pageInfo: { hasNextPage: true } },
    });
    const rest = await network.call(funder, query, { id, after: page.replies.pageInfo.endCursor });
    expect(rest.data.reportShare.response.replies).toMatchObject({
      nodes: [{ number: 3 }],
      pageInfo: { hasNextPage: false },
    });
    expect(await heard(funder, id)).toEqual(
      [
        'SHARED',
        'ANSWERED',
        ...['REPLIED', 'REPLIED', 'REPLIED', 'RATED', 'RATED'].map((type) => `RESPONSE_${type}`),
      ].map((type) => `REPORT_${type}`),
    );
  });

  it('nobody else takes part, and nothing is rewritten', async () => {
    const id = await share(await makeAgreement(network, 'funder', 'grantee'));
    await done(network.keys.funder, 'respondToReport', answer(id));
    await done(network.keys.grantee, 'replyToReportResponse', { shareId: id, text: 'x' });
    for (const key of [network.keys.secondFunder, network.keys.secondGrantee]) {
      expect(await refused(key, 'replyToReportResponse', { shareId: id, text: 'x' })).toEqual(['NOT_FOUND shareId']);
    }
    expect(await refused(network.keys.secondGrantee, 'rateReportResponse', { shareId: id, helped: true })).toEqual([
      'NOT_FOUND shareId',
    ]);
    const long = { shareId: id, text: 'ư'.repeat(5_001) };
    expect(await refused(network.keys.grantee, 'replyToReportResponse', long)).toEqual(['TEXT_TOO_LONG text']);
    await expect(network.sql(`UPDATE report_replies SET text = 'y'`)).rejects.toThrow('insert-only');
    const forged = `INSERT INTO report_replies SELECT share_id, 9, funder_id, grantee_id, 'FUNDER', 'y', now() FROM report_replies LIMIT 1`;
    await expect(
      network.app
        .get(Database)
        .write({ ...SYSTEM_ACTOR, role: 'GRANTEE', organizationIds: [uuid(network.ids.grantee)] }, (tx) =>
          tx.rows(forged),
        ),
    ).rejects.toThrow('row-level security');
  });

  it('is answered once, by one of two that answer at once', async () => {
    const id = await share(await makeAgreement(network, 'funder', 'grantee'));
    const answers = await Promise.all([1, 2, 3].map(() => act(network.keys.funder, 'respondToReport', answer(id))));
    expect(answers.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual([
      'SHARE_ALREADY_ANSWERED',
      'SHARE_ALREADY_ANSWERED',
    ]);
    const [{ replies }] = await network.sql<{ replies: number }>(
      'SELECT count(*)::int AS replies FROM report_responses WHERE share_id = $1',
      [uuid(id)],
    );
    expect(replies).toBe(1);
  });

  it('ends after 200 replies', async () => {
    const id = await share(await makeAgreement(network, 'funder', 'grantee'));
    await done(network.keys.funder, 'respondToReport', answer(id));
    await network.sql(
      `INSERT INTO report_replies SELECT id, n, funder_id, grantee_id, 'GRANTEE', 'x', now() FROM report_shares, generate_series(1, 200) n WHERE id = $1`,
      [uuid(id)],
    );
    expect(await refused(network.keys.grantee, 'replyToReportResponse', { shareId: id, text: 'x' })).toEqual([
      'TOO_MANY_ITEMS shareId',
    ]);
  });
});

describe('what awaits an answer', () => {
  it('is listed for the funder, the soonest first, and what is late by itself', async () => {
    network.clock.set('2027-02-01T03:00:00Z');
    const made: Record<number, string> = {};
    for (const responseDays of [40, 10, 90, 20]) {
      made[responseDays] = await share(
        await makeAgreement(network, 'secondFunder', 'secondGrantee', { responseDays }),
        network.keys.secondGrantee,
      );
    }
    await done(network.keys.secondFunder, 'respondToReport', answer(made[20]));
    const list = async (args: string, key = network.keys.secondFunder): Promise<string[]> => {
      const { data, errors } = await network.call(key, `{ reportShares(${args}) { nodes { id } } }`);
      expect(errors).toBeUndefined();
      return (data as { reportShares: { nodes: { id: string }[] } }).reportShares.nodes.map(({ id }) => id);
    };
    const soonest = 'orderBy: {field: RESPOND_BY, direction: ASC}';
    expect(await list(`filter: {state: {in: [AWAITING_RESPONSE]}}, ${soonest}`)).toEqual([
      made[10],
      made[40],
      made[90],
    ]);
    expect(await list(soonest)).toEqual([made[10], made[20], made[40], made[90]]);
    expect(await list(soonest, network.keys.secondGrantee)).toEqual([made[10], made[20], made[40], made[90]]);
    network.clock.set('2027-03-20T03:00:00Z');
    expect(await list(`filter: {isOverdue: true}, ${soonest}`)).toEqual([made[10], made[40]]);
    expect(await list(`filter: {isOverdue: false}`)).toEqual([made[20], made[90]]);
    expect(await list(`filter: {isOverdue: true}`, network.keys.secondGrantee)).toEqual([made[10], made[40]]);
    const { data } = await network.call(
      network.keys.secondFunder,
      `{ viewer { asFunder { reportShares(first: 1, filter: {isOverdue: true}, ${soonest}) { nodes { id } pageInfo { endCursor } } } } }`,
    );
    network.clock.set('2027-03-21T03:00:00Z');
    const { endCursor } = data.viewer.asFunder.reportShares.pageInfo;
    const next = `{ viewer { asFunder { reportShares(first: 1, filter: {isOverdue: true}, ${soonest}, after: "${endCursor}") { nodes { id } } } } }`;
    expect((await network.call(network.keys.secondFunder, next)).data.viewer.asFunder.reportShares.nodes).toEqual([
      { id: made[40] },
    ]);
  });
});

describe('reminders', () => {
  const remind = (id: string): Promise<void> =>
    network.app.get(Database).write(SYSTEM_ACTOR, (tx) => remindResponseDue(tx, uuid(id)));
  const reminders = async (id: string): Promise<string[]> =>
    (
      await network.sql<{ type: string }>(
        `SELECT type FROM events WHERE subject_id = $1 AND type LIKE 'REPORT_RESPONSE_DUE%' ORDER BY at`,
        [uuid(id)],
      )
    ).map(({ type }) => type);
  const jobsOf = async (id: string): Promise<string[]> =>
    (
      await network.sql<{ at: string }>(
        `SELECT to_char(run_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS at FROM graphile_worker._private_jobs WHERE payload ->> 'id' = $1 ORDER BY run_at`,
        [uuid(id)],
      )
    ).map(({ at }) => at);

  it('come a week before and on the day, once each, to both parties', async () => {
    network.clock.set('2027-05-01T03:00:00Z');
    const id = await share(await makeAgreement(network, 'funder', 'grantee'));
    expect(await jobsOf(id)).toEqual(['2027-05-23 17:00', '2027-05-30 17:00']);
    network.clock.set('2027-05-23T17:00:00Z');
    await Promise.all([remind(id), remind(id)]);
    await remind(id);
    expect(await reminders(id)).toEqual(['REPORT_RESPONSE_DUE_SOON']);
    network.clock.set('2027-05-30T17:00:01Z');
    await remind(id);
    await remind(id);
    expect(await reminders(id)).toEqual(['REPORT_RESPONSE_DUE_SOON', 'REPORT_RESPONSE_DUE']);
    for (const key of [network.keys.funder, network.keys.grantee]) {
      expect(await heard(key, id)).toEqual(['REPORT_SHARED', 'REPORT_RESPONSE_DUE_SOON', 'REPORT_RESPONSE_DUE']);
    }
    expect(await heard(network.keys.steward, id)).toEqual([]);
    await expect(
      network.sql(`INSERT INTO report_response_reminders VALUES ($1, 'DUE', now())`, [uuid(id)]),
    ).rejects.toThrow('duplicate key');
  });

  it('do not come when less time is given, after an answer, or when it is no longer shared', async () => {
    network.clock.set('2027-05-01T03:00:00Z');
    const short = await share(await makeAgreement(network, 'funder', 'grantee', { responseDays: 5 }));
    expect(await jobsOf(short)).toEqual(['2027-05-05 17:00']);
    const answered = await share(await makeAgreement(network, 'funder', 'grantee'));
    await done(network.keys.funder, 'respondToReport', answer(answered));
    const unshared = await share(await makeAgreement(network, 'funder', 'grantee'));
    await done(network.keys.grantee, 'unshareReport', { shareId: unshared });
    for (const id of [answered, unshared]) {
      await remind(id);
      expect(await reminders(id)).toEqual([]);
    }
  });
});
