import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from './support/client.js';
import { post } from './support/client.js';
import type { LossyProxy } from './support/lossy-proxy.js';
import { startLossyProxy } from './support/lossy-proxy.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { reportActs } from './support/report-acts.js';
import { makeAgreement } from './support/report-scenes.js';

let network: Network;
let proxy: LossyProxy;
beforeAll(async () => {
  network = await startNetwork();
  proxy = await startLossyProxy(network.url);
});
afterAll(async () => {
  await proxy.stop();
  await network.stop();
});
const { write } = reportActs(() => network);

const LOST = 20;
const HAPPENED = { prompt: 'WHAT_HAPPENED', text: 'Nước rút sau chín ngày.' };
const ANSWER = 'narrativeReport { id version contentVersion shares { nodes { id } } } userErrors { code path }';

/** As a portal does it: the same call again, until there is an answer. */
async function untilAnswered(name: string, input: object): Promise<{ attempts: number; answer: Answer }> {
  const type = `${name[0].toUpperCase()}${name.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { ${name}(input: $input) { ${ANSWER} } }`;
  for (let attempts = 1; ; attempts++) {
    try {
      return { attempts, answer: await post(proxy.url, network.keys.grantee, query, { input }) };
    } catch (error) {
      expect(String(error)).toMatch(/fetch failed|terminated/);
    }
  }
}
const TABLES = ['narrative_reports', 'narrative_report_versions', 'report_shares', 'conversation_notes', 'events'];
const rows = async (): Promise<number[]> => {
  const counted = TABLES.map((table) => `SELECT '${table}' AS name, count(*)::int AS rows FROM ${table}`);
  const jobs = `SELECT 'jobs', count(*)::int FROM graphile_worker.jobs`;
  const found = await network.sql<{ name: string; rows: number }>([...counted, jobs].join(' UNION ALL '));
  return [...TABLES, 'jobs'].map((name) => found.find((each) => each.name === name)!.rows);
};

/** The call gets its answer at the 21st time, and has done once what it does. */
async function doneOnce(name: string, input: object, effect: Record<string, number>): Promise<Answer['data']> {
  const before = await rows();
  const lostBefore = proxy.lost();
  proxy.lose(LOST);
  const { attempts, answer } = await untilAnswered(name, input);
  expect([attempts, proxy.lost() - lostBefore]).toEqual([LOST + 1, LOST]);
  const added = (await rows()).map((count, i) => [[...TABLES, 'jobs'][i], count - before[i]] as const);
  expect(Object.fromEntries(added.filter(([, count]) => count > 0))).toEqual(effect);
  const payload = (answer.data as Record<string, Answer['data']>)[name];
  expect(payload).toMatchObject({ userErrors: [] });
  const again = await untilAnswered(name, input);
  expect(again.answer.data).toEqual(answer.data);
  return payload;
}

describe('a call whose answer is lost 20 times', () => {
  it('submits one report, by the id of its portal alone', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee', { expects: ['2026-12-31'] });
    const input = { clientSubmissionId: 'flood-2026', sections: [HAPPENED], shareWith: [agreement] };
    const effect = { narrative_reports: 1, narrative_report_versions: 1, report_shares: 1, events: 2, jobs: 2 };
    const { narrativeReport } = await doneOnce('submitReport', input, effect);
    network.clock.set('2027-09-01T00:00:00Z');
    const muchLater = await untilAnswered('submitReport', input);
    expect(muchLater.answer.data.submitReport).toEqual({ narrativeReport, userErrors: [] });
  });

  it('submits one report, by an idempotency key', async () => {
    const effect = { narrative_reports: 1, narrative_report_versions: 1, events: 1 };
    await doneOnce('submitReport', { idempotencyKey: 'k1', sections: [HAPPENED] }, effect);
  });

  it('saves a section once', async () => {
    const draft = await write('draftReport', {});
    const input = { id: draft.id, expectedVersion: 1, section: HAPPENED, idempotencyKey: 'k2' };
    const { narrativeReport } = await doneOnce('saveReportSection', input, { events: 1 });
    expect(narrativeReport).toMatchObject({ id: draft.id, version: 2 });
    // Without a key the version tells that it was saved: nothing is overwritten, and the portal reads what there is.
    const { idempotencyKey: _key, ...keyless } = input;
    const { answer } = await untilAnswered('saveReportSection', keyless);
    expect(answer.data.saveReportSection.userErrors).toMatchObject([{ code: 'STALE_VERSION' }]);
  });

  it('shares once', async () => {
    const [first, second] = [
      await makeAgreement(network, 'funder', 'grantee'),
      await makeAgreement(network, 'secondFunder', 'grantee'),
    ];
    const report = await write('submitReport', { sections: [HAPPENED] });
    const input = { id: report.id, shareWith: [first, second], idempotencyKey: 'k3' };
    const { narrativeReport } = await doneOnce('shareReport', input, { report_shares: 2, events: 2, jobs: 4 });
    expect(narrativeReport.shares.nodes).toHaveLength(2);
  });

  it('confirms notes once', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee');
    const conversation = { heldOn: '2026-11-02', minutes: 30, granteePeople: 2, funderPeople: 1, notes: 'Về lũ.' };
    const { conversationNotes } = (await network.mutate(
      network.keys.funder,
      'draftConversationNotes',
      { agreementId: agreement, conversation },
      'conversationNotes { id }',
    )) as { conversationNotes: { id: string } };
    const input = { id: conversationNotes.id, expectedVersion: 1, idempotencyKey: 'k4' };
    await doneOnce('confirmConversationNotes', input, {
      narrative_reports: 1,
      narrative_report_versions: 1,
      events: 1,
    });
  });
});

describe('a short report', () => {
  /** A hundred words, as a group writes them on a telephone. */
  const SHORT = [
    {
      prompt: 'WHAT_HAPPENED',
      text: 'Nước rút sau chín ngày. Chúng tôi mở lại hai lớp học ở đình làng, sửa bốn mái nhà và chia gạo cho sáu mươi hộ. Tiền thuê nhà của nhóm được trả đủ đến tháng ba.',
    },
    {
      prompt: 'SURPRISES',
      text: 'Đường về xã Hòa Thịnh bị cắt lâu hơn dự tính, nên gạo phải đi bằng thuyền. Hai cô giáo nghỉ vì con ốm; các mẹ thay nhau đứng lớp.',
    },
    {
      prompt: 'LEARNED',
      text: 'Giữ thuyền của làng còn quý hơn thuê xe. Lần sau chúng tôi hỏi các cụ trước khi chọn chỗ cao.',
    },
    { prompt: 'HELP_NEXT', text: 'Chúng tôi cần bạt che và một người biết sửa máy nổ trước mùa mưa.' },
  ];
  /** What a browser sends beside what a portal does. */
  const BROWSER = {
    'user-agent':
      'Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36',
    'accept-language': 'vi-VN,vi;q=0.9,en;q=0.8',
    'accept-encoding': 'gzip, deflate, br, zstd',
    origin: 'https://portal.example.org',
    referer: 'https://portal.example.org/',
    'sec-ch-ua': '"Google Chrome";v="131", "Chromium";v="131", "Not_A Brand";v="24"',
    'sec-ch-ua-mobile': '?1',
    'sec-ch-ua-platform': '"Android"',
    'sec-fetch-dest': 'empty',
    'sec-fetch-mode': 'cors',
    'sec-fetch-site': 'cross-site',
  };

  it('is submitted and shared in under 4 KB both ways, with all headers', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee', { expects: ['2027-12-31'] });
    const input = {
      clientSubmissionId: '018f6b2e-7c1d-7a51-9a54-3f0c7d9b2e11',
      language: 'vi',
      period: { startsOn: '2026-07-01', endsOn: '2026-11-15' },
      minutesSpent: 25,
      peopleInvolved: 3,
      sections: SHORT,
      shareWith: [agreement],
    };
    const query = `mutation ($input: SubmitReportInput!) { submitReport(input: $input) {
      narrativeReport { id version shares { nodes { id respondBy } } } notices { code } userErrors { code message path } } }`;
    proxy.bytes();
    const answer = await post(proxy.url, network.keys.grantee, query, { input }, BROWSER);
    expect(answer.data.submitReport).toMatchObject({ userErrors: [], notices: [], narrativeReport: { version: 1 } });
    const { up, down } = proxy.bytes();
    // Both were counted whole: more than the bodies alone.
    expect(up).toBeGreaterThan(Buffer.byteLength(JSON.stringify({ query, variables: { input } })));
    expect(down).toBeGreaterThan(Buffer.byteLength(answer.text));
    expect(up + down).toBeLessThan(4_096);
  });
});
