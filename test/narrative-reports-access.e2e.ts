import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { remindResponseDue } from '../src/narrative-reports/responses/remind-response-due.job.js';
import { SYSTEM_ACTOR } from '../src/platform/access/actor.js';
import { Database } from '../src/platform/db/database.service.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { makeAgreement } from './support/report-scenes.js';

/** Two funders of one report, a share that was taken back, and what each caller can find of all that. */
let network: Network;
let agreements: Record<'first' | 'second' | 'third', string>;
let report: { id: string; version: number };
let shares: Record<'first' | 'second' | 'unshared', string>;

const HIDDEN = 'Your portal asks the same thing twice.';
const TOLD = 'The road was cut, the classes went on.';

const mutate = async (key: string, name: string, input: object, selection = ''): Promise<Record<string, unknown>> =>
  (await network.mutate(key, name, input, selection)) as Record<string, unknown>;
const codes = async (key: string, name: string, input: object): Promise<string[]> => {
  const { userErrors } = await mutate(key, name, input);
  return (userErrors as { code: string; path: string[] | null }[]).map(
    ({ code, path }) => `${code} ${path?.join('.')}`,
  );
};
const refusedTop = async (key: string | null, query: string): Promise<string[]> =>
  ((await network.call(key, query)).errors ?? []).map(({ extensions }) => extensions.code);
const uuid = (id: string): string => id.slice(4).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
const stored = (): Promise<object[]> =>
  network.sql(
    [
      'narrative_reports',
      'narrative_report_versions',
      'report_shares',
      'report_responses',
      'reporting_expectations',
      'events',
    ]
      .map((t) => `SELECT '${t}' AS name, md5(string_agg(t::text, '|' ORDER BY t::text)) AS digest FROM ${t} t`)
      .join(' UNION ALL '),
  );

beforeAll(async () => {
  network = await startNetwork();
  agreements = {
    first: await makeAgreement(network, 'funder', 'grantee', { expects: ['2026-12-31'] }),
    second: await makeAgreement(network, 'secondFunder', 'grantee'),
    third: await makeAgreement(network, 'funder', 'grantee'),
  };
  const input = {
    clientSubmissionId: 'portal-id-1',
    sections: [
      { prompt: 'WHAT_HAPPENED', text: TOLD },
      { prompt: 'FUNDER_MAKES_HARDER', text: HIDDEN },
    ],
    shareWith: Object.values(agreements),
  };
  const made = (await mutate(
    network.keys.grantee,
    'submitReport',
    input,
    'narrativeReport { id version shares { nodes { id agreement { id } } } }',
  )) as { narrativeReport: typeof report & { shares: { nodes: { id: string; agreement: { id: string } }[] } } };
  report = made.narrativeReport;
  const shareUnder = (agreement: string): string =>
    made.narrativeReport.shares.nodes.find((share) => share.agreement.id === agreement)!.id;
  shares = {
    first: shareUnder(agreements.first),
    second: shareUnder(agreements.second),
    unshared: shareUnder(agreements.third),
  };
  await mutate(network.keys.grantee, 'unshareReport', { shareId: shares.unshared });
});
afterAll(() => network.stop());

const EVERYTHING = `id sharedAt language period { startsOn endsOn } sections { prompt question text } minutesSpent peopleInvolved
  state respondBy isOverdue version contentVersion unsharedAt report { id clientSubmissionId sections { text } shares { nodes { id } } }
  response { id text } agreement { id reports { nodes { id } } } expectation { id metBy { id } }`;

describe("a funder's eye", () => {
  it('reaches nothing but its own share from any side', async () => {
    const { text } = await network.call(
      network.keys.funder,
      `query ($share: ID!, $funder: ID!, $grantee: ID!, $agreements: [ID!]!) {
        reportShare(id: $share) { ${EVERYTHING} } reportShares { nodes { ${EVERYTHING} } pageInfo { hasNextPage startCursor } }
        funder(id: $funder) { reportShares { nodes { ${EVERYTHING} } } }
        grantee(id: $grantee) { reportShares { nodes { ${EVERYTHING} } } }
        viewer { asFunder { reportShares { nodes { ${EVERYTHING} } } } }
        nodes(ids: $agreements) { ... on GrantAgreement { reports { nodes { ${EVERYTHING} } } } } }`,
      {
        share: shares.first,
        funder: network.ids.funder,
        grantee: network.ids.grantee,
        agreements: [agreements.first, agreements.third],
      },
    );
    expect(JSON.parse(text)).not.toHaveProperty('errors');
    expect(text.match(/shr_[0-9a-f]{32}/g)!.every((id) => id === shares.first)).toBe(true);
    expect(text).toContain(TOLD);
    for (const secret of [HIDDEN, 'FUNDER_MAKES_HARDER', 'rep_', 'portal-id-1', uuid(report.id)]) {
      expect(text).not.toContain(secret);
    }
    const nulls = ['"report":null', '"contentVersion":null', '"unsharedAt":null'];
    for (const absent of nulls) expect(text.split(absent)).toHaveLength(text.split('"sharedAt"').length);
  });

  it('finds nothing by guessing ids', async () => {
    const guesses = [report.id, shares.second, shares.unshared, report.id.replace('rep_', 'shr_')];
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    expect((await network.call(network.keys.funder, query, { ids: guesses })).data.nodes).toEqual(
      guesses.map(() => null),
    );
    const other = 'query ($f: ID!) { funder(id: $f) { reportShares { nodes { id } } } }';
    const { data } = await network.call(network.keys.funder, other, { f: network.ids.secondFunder });
    expect(data.funder.reportShares.nodes).toEqual([]);
    expect(await refusedTop(network.keys.funder, '{ narrativeReports { nodes { id } } }')).toEqual(['FORBIDDEN']);
    expect(await refusedTop(network.keys.funder, `{ narrativeReport(id: "${report.id}") { id } }`)).toEqual([
      'FORBIDDEN',
    ]);
  });

  it('is walled in by the database too', async () => {
    const refused = [
      'SELECT report_id FROM report_shares',
      'SELECT report_version FROM report_shares',
      'SELECT unshared_at FROM report_shares',
      'SELECT * FROM report_shares',
      'SELECT id FROM narrative_reports',
      'SELECT number FROM narrative_report_versions',
      "UPDATE report_shares SET content = '{}'",
    ];
    for (const statement of refused) await expect(asRole('funder', statement)).rejects.toThrow(/permission denied/);
    expect(await asRole('funder', 'SELECT id FROM report_shares')).toEqual([{ id: uuid(shares.first) }]);
    for (const role of ['steward', 'analyst', 'public']) {
      await expect(asRole(role, 'SELECT id FROM report_shares')).rejects.toThrow(/permission denied/);
    }
  });

  it('hears of shares in its feed, and of no report', async () => {
    await network.sql('SELECT seal_events(1000)');
    const feed = async (key: string): Promise<string[]> =>
      (
        (await network.call(key, '{ events(first: 100) { nodes { type subjectId } } }')).data as {
          events: { nodes: { type: string; subjectId: string }[] };
        }
      ).events.nodes
        .filter(({ subjectId }) => /^(rep|shr)_/.test(subjectId))
        .map(({ type, subjectId }) => `${type} ${subjectId}`);
    expect((await feed(network.keys.secondFunder)).sort()).toEqual([`REPORT_SHARED ${shares.second}`]);
    expect(await feed(network.keys.steward)).toEqual([]);
    expect(await feed(network.keys.grantee)).toContain(`REPORT_SUBMITTED ${report.id}`);
  });
});

describe('others', () => {
  it('have no part in reports', async () => {
    const query = `query ($ids: [ID!]!, $agreement: ID!) { nodes(ids: $ids) { id } node(id: $agreement) { ... on GrantAgreement { reports { nodes { id } } } } }`;
    for (const key of [network.keys.steward, network.keys.analyst, network.keys.secondGrantee, null]) {
      const { data, errors } = await network.call(key, query, {
        ids: [report.id, shares.first],
        agreement: agreements.first,
      });
      expect(errors).toBeUndefined();
      expect(data.nodes).toEqual([null, null]);
      expect(data.node?.reports ?? null).toBeNull();
    }
    expect(await refusedTop(network.keys.steward, '{ reportShares { nodes { id } } }')).toEqual(['FORBIDDEN']);
  });

  it("change nothing of another grantee's report", async () => {
    const before = await stored();
    const key = network.keys.secondGrantee;
    const section = { prompt: 'LEARNED', text: 'x' };
    expect(await codes(key, 'saveReportSection', { id: report.id, expectedVersion: 1, section })).toEqual([
      'NOT_FOUND id',
    ]);
    expect(await codes(key, 'correctReport', { id: report.id, expectedVersion: 1 })).toEqual(['NOT_FOUND id']);
    expect(await codes(key, 'deleteDraftReport', { id: report.id, expectedVersion: 1 })).toEqual(['NOT_FOUND id']);
    expect(await codes(key, 'shareReport', { id: report.id, shareWith: [agreements.first] })).toEqual(['NOT_FOUND id']);
    expect(await codes(key, 'unshareReport', { shareId: shares.first })).toEqual(['NOT_FOUND shareId']);
    expect(await codes(key, 'submitReport', { sections: [section], shareWith: [agreements.first] })).toEqual([
      'NOT_FOUND shareWith.0',
    ]);
    const answer = { shareId: shares.first, kind: 'QUESTION', text: 'What became of the classes?' };
    expect(await codes(network.keys.secondFunder, 'respondToReport', answer)).toEqual(['NOT_FOUND shareId']);
    expect(await stored()).toEqual(before);
  });
});

describe('refusals', () => {
  it('name what is wrong, and change nothing', async () => {
    const key = network.keys.grantee;
    const draft = (
      (await mutate(key, 'draftReport', {}, 'narrativeReport { id }')) as { narrativeReport: { id: string } }
    ).narrativeReport.id;
    const offered = await makeAgreement(network, 'funder', 'grantee', { state: 'OFFERED' });
    const before = await stored();
    const text = (length: number): { prompt: string; text: string } => ({
      prompt: 'LEARNED',
      text: 'ư'.repeat(length),
    });
    const told = [{ prompt: 'LEARNED', text: 'x' }];
    const hidden = [{ prompt: 'LEARNED', text: 'x', isVisible: false }];
    const cases: [string, object, string[]][] = [
      ['submitReport', {}, ['REPORT_EMPTY sections']],
      ['submitReport', { sections: [text(10_001)] }, ['TEXT_TOO_LONG sections.0.text']],
      ['submitReport', { sections: [{ prompt: 'SCORE', text: 'x' }] }, ['UNKNOWN_PROMPT sections.0.prompt']],
      ['submitReport', { sections: [{ prompt: 'own:1', text: 'x' }] }, ['UNKNOWN_PROMPT sections.0.prompt']],
      ['submitReport', { sections: [...told, ...told] }, ['INVALID_VALUE sections.1.prompt']],
      ['submitReport', { sections: Array(13).fill(told[0]) }, ['TOO_MANY_ITEMS sections']],
      ['submitReport', { sections: [{ prompt: 'LEARNED', text: 'a\u0000b' }] }, ['TEXT_MALFORMED sections.0.text']],
      [
        'submitReport',
        { sections: told, period: { startsOn: '2026-02-01', endsOn: '2026-01-31' } },
        ['INVALID_VALUE period.endsOn'],
      ],
      ['submitReport', { sections: told, minutesSpent: -1 }, ['NUMBER_OUT_OF_RANGE minutesSpent']],
      ['submitReport', { sections: told, shareWith: [offered] }, ['NOT_SHAREABLE shareWith.0']],
      ['submitReport', { sections: hidden, shareWith: [agreements.first] }, ['REPORT_EMPTY shareWith.0']],
      ['submitReport', { sections: told, shareWith: Array(51).fill(offered) }, ['TOO_MANY_ITEMS shareWith']],
      [
        'submitReport',
        {
          sections: told,
          shareWith: [agreements.first],
          meets: [{ agreementId: agreements.second, expectationId: `exp_${'0'.repeat(32)}` }],
        },
        ['NOT_FOUND meets.0.agreementId'],
      ],
      ['submitReport', { id: draft }, ['REQUIRED expectedVersion']],
      ['submitReport', { id: draft, expectedVersion: 1 }, ['REPORT_EMPTY sections']],
      ['submitReport', { id: draft, expectedVersion: 1, sections: told }, ['INVALID_VALUE sections']],
      ['submitReport', { id: report.id, expectedVersion: 1 }, ['ACTION_NOT_ALLOWED id']],
      ['saveReportSection', { id: draft, expectedVersion: 7, section: told[0] }, ['STALE_VERSION expectedVersion']],
      ['deleteDraftReport', { id: report.id, expectedVersion: 1 }, ['ACTION_NOT_ALLOWED id']],
      ['correctReport', { id: draft, expectedVersion: 1, sections: told }, ['ACTION_NOT_ALLOWED id']],
      ['shareReport', { id: draft, shareWith: [agreements.first] }, ['NOT_SHAREABLE id']],
      ['shareReport', { id: report.id, shareWith: [] }, ['TOO_FEW_ITEMS shareWith']],
      [
        'shareReport',
        { id: report.id, shareWith: [agreements.third], contentVersion: 2 },
        ['NOT_FOUND contentVersion'],
      ],
    ];
    for (const [name, input, expected] of cases) expect(await codes(key, name, input)).toEqual(expected);
    const short = { shareId: shares.first, kind: 'LEARNED', text: 'Thanks.' };
    expect(await codes(network.keys.funder, 'respondToReport', short)).toEqual(['TEXT_TOO_SHORT text']);
    expect(await stored()).toEqual(before);
    expect(await codes(key, 'deleteDraftReport', { id: draft, expectedVersion: 1 })).toEqual([]);
  });
});

describe('the reminder', () => {
  it('is an event for both while the answer is awaited, and nothing afterwards', async () => {
    const remind = (share: string): Promise<void> =>
      network.app.get(Database).write(SYSTEM_ACTOR, (tx) => remindResponseDue(tx, uuid(share)));
    const reminders = async (): Promise<object[]> =>
      network.sql(`SELECT subject_id AS id, for_steward FROM events WHERE type LIKE 'REPORT_RESPONSE_DUE%'`);
    await remind(shares.unshared);
    expect(await reminders()).toEqual([]);
    await remind(shares.first);
    expect(await reminders()).toEqual([{ id: uuid(shares.first), for_steward: false }]);
    const answer = { shareId: shares.second, kind: 'HELP_OFFERED', text: 'We can lend you a boat next season.' };
    await mutate(network.keys.secondFunder, 'respondToReport', answer);
    await remind(shares.second);
    expect(await reminders()).toHaveLength(1);
  });
});

async function asRole(role: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: network.databaseUrls.app });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      `SELECT set_config('role', 'goodfaith_${role}', true), set_config('goodfaith.organization_ids', '{${uuid(network.ids.funder)}}', true)`,
    );
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
