import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { post } from './support/client.js';
import { upload } from './support/attachment-scenes.js';
import { ABOUT_FUNDER, HIDDEN, recordAgreement } from './support/obstacle-scenes.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import type { ServiceProcess } from './support/service-process.js';
import { startBeside, temporaryHome } from './support/service-process.js';

type Line = Record<string, unknown>;
type Work = (service: ServiceProcess) => Promise<unknown>;

let network: Network;
let service: ServiceProcess;
let stdout = '';
const home = temporaryHome();
beforeAll(async () => {
  network = await startNetwork();
  await recordAgreement(network, 'funder', 'grantee');
  service = await startBeside(network, { LOG_LEVEL: 'info', JOBS: 'on' });
  service.child.stdout!.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
}, 60_000);
afterAll(async () => {
  service.child.kill('SIGTERM');
  await service.exit;
  await network.stop();
  home.remove();
});

/** All that a process of the service writes while this goes on. A funder's query that comes last tells that nothing is missing. */
async function written(work: Work): Promise<{ lines: Line[]; stderr: string }> {
  const [before, said] = [stdout.length, service.stderr().length];
  await work(service);
  await post(service.url, network.keys.funder, '{ viewer { role } }');
  for (let i = 0; i < 200; i++) {
    const lines = stdout.slice(before).split('\n').slice(0, -1);
    const all = lines.map((line) => JSON.parse(line) as Line);
    if (all.at(-1)?.operation === 'viewer') return { lines: all.slice(0, -1), stderr: service.stderr().slice(said) };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no line of the last query: ${stdout.slice(before)}`);
}
const withoutIds = (lines: Line[]): Line[] => lines.map(({ requestId: _, time: __, ...line }) => line);

const act =
  (name: string, input: object, selection = '__typename'): Work =>
  ({ url }) =>
    post(
      url,
      network.keys.grantee,
      `mutation Mine($input: ${name[0].toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${selection} } }`,
      { input },
    );
const report = { sections: [{ prompt: 'FREE_TEXT', text: 'It rained.' }] };
const LOG = act('logObstacle', { ...HIDDEN, tier: 'AGGREGATE_ONLY', idempotencyKey: 'one' });
const SUBMIT = act('submitReport', { ...report, idempotencyKey: 'two' });

describe('the log of requests', () => {
  it('says "mutation" and "query" of whatever a grantee does, and nothing more', async () => {
    const { narrativeReport } = (await network.mutate(
      network.keys.grantee,
      'submitReport',
      report,
      'narrativeReport { id }',
    )) as {
      narrativeReport: { id: string };
    };
    const { grantee } = network.keys;
    const ask =
      (query: string): Work =>
      ({ url }) =>
        post(url, grantee, query);
    const get =
      (path: string): Work =>
      ({ url }) =>
        fetch(`${url}${path}`, { headers: { authorization: `Bearer ${grantee}` } }).then((answer) => answer.text());
    const works: [string, number, Work][] = [
      ['mutation', 200, LOG],
      ['mutation', 200, SUBMIT],
      ['mutation', 200, act('logObstacle', { ...ABOUT_FUNDER, funderId: network.ids.funder, tier: 'CONFIDENTIAL' })],
      ['mutation', 200, act('logObstacle', { ...HIDDEN, beganMonth: '1999-01-01', tier: 'CONFIDENTIAL' })],
      ['mutation', 200, ({ url }) => upload({ url }, grantee, narrativeReport.id)],
      ['mutation', 400, ({ url }) => upload({ url }, grantee, 'rep_nothing')],
      ['query', 200, ask('query Named { obstacles(first: 1) { totalCount } }')],
      ['query', 200, ask('{ funders(first: 1) { totalCount } }')],
      ['query', 200, ask('{ obstacleEvents(first: 1) { nodes { id } } }')],
      ['query', 200, get('/v1/reports/export')],
      ['query', 400, get('/v1/agreements/none/revisions/1')],
      ['query', 400, ask('{ obstacles(first: 1) { nothing } }')],
      ['query', 400, ask('{')],
    ];
    const { lines, stderr } = await written(async (at) => {
      for (const [, , work] of works) await work(at);
    });
    expect(withoutIds(lines)).toEqual(works.map(([operation, status]) => ({ level: 30, operation, status })));
    expect(new Set(lines.map(({ requestId }) => requestId)).size).toBe(works.length);
    expect(stderr).toBe('');
  });

  it('names operation and key of a funder, the steward and an analyst, by the words of the schema', async () => {
    const { funder, steward, analyst } = network.keys;
    const { lines } = await written(async ({ url }) => {
      await post(
        url,
        funder,
        'query Secretly_named { b: grantees(first: 1) { totalCount } ...More } fragment More on Query { funders(first: 1) { totalCount } }',
      );
      await post(url, steward, '{ obstacles(first: 1) { totalCount } }');
      await post(url, analyst, '{ grantees(first: 1) { totalCount } }');
      await fetch(`${url}/v1/agreements/agr_0/revisions/1`, { headers: { authorization: `Bearer ${funder}` } });
    });
    const key = /^key_[0-9a-f]{32}$/;
    const named = { level: 30, keyId: expect.stringMatching(key), ms: expect.any(Number), status: 200 };
    expect(withoutIds(lines)).toEqual([
      { ...named, role: 'FUNDER', operation: 'funders grantees' },
      { ...named, role: 'STEWARD', operation: 'obstacles' },
      { ...named, role: 'ANALYST', operation: 'grantees' },
      { ...named, role: 'FUNDER', operation: 'GET /v1/agreements/:id/revisions/:number', status: 404 },
    ]);
    expect(new Set(lines.slice(0, 3).map(({ keyId }) => keyId)).size).toBe(3);
  });

  it('says of a call without a key, or with one that nobody has, no more than of a grantee', async () => {
    const { lines } = await written(async ({ url }) => {
      await post(url, null, 'mutation Mine { claimInvitation(input: { token: "none" }) { __typename } }');
      await post(url, 'gf_nobody_has_this', '{ funders(first: 1) { totalCount } }');
      await fetch(`${url}/v1/attachments/att_0?signature=none`);
    });
    expect(withoutIds(lines).map((line) => Object.keys(line).sort())).toEqual(
      lines.map(() => ['level', 'operation', 'status']),
    );
  });
});

/** Breaches: what an owner of the database can break, since no input makes the service fail. */
const BREACHES: [string, (table: string) => string, (table: string) => string, string][] = [
  [
    'a right that is gone',
    (t) => `REVOKE INSERT ON ${t} FROM goodfaith_grantee`,
    (t) => `GRANT INSERT ON ${t} TO goodfaith_grantee`,
    '42501',
  ],
  [
    'a constraint nobody knew',
    (t) => `ALTER TABLE ${t} ADD CONSTRAINT hidden_thing CHECK (false) NOT VALID`,
    (t) => `ALTER TABLE ${t} DROP CONSTRAINT hidden_thing`,
    '23514',
  ],
  [
    'a table that is gone',
    (t) => `ALTER TABLE ${t} RENAME TO away`,
    (t) => `ALTER TABLE ${t.includes('.') ? 'obstacles.' : ''}away RENAME TO ${t.replace('obstacles.', '')}`,
    '42P01',
  ],
];

describe('a fault', () => {
  const repairs: string[] = [];
  afterEach(async () => {
    for (const sql of repairs.splice(0)) await network.sql(sql);
  });
  const broken = async (
    table: string,
    breach: (typeof BREACHES)[number],
    work: Work,
  ): Promise<{ lines: Line[]; stderr: string }> => {
    await network.sql(breach[1](table));
    repairs.push(breach[2](table));
    const all = await written(work);
    await network.sql(repairs.pop()!);
    return all;
  };

  it.each(BREACHES)('in an obstacle mutation is told as one in any other: %s', async (...breach) => {
    const hidden = await broken('obstacles.entries', breach, act('logObstacle', { ...HIDDEN, tier: 'AGGREGATE_ONLY' }));
    const harmless = await broken('narrative_reports', breach, act('submitReport', report));
    expect(withoutIds(hidden.lines)).toEqual(withoutIds(harmless.lines));
    expect(hidden.stderr).toBe(harmless.stderr);
    expect(withoutIds(hidden.lines)).toEqual([
      { level: 50, context: 'GraphQL', fault: { name: 'Error', code: breach[3] } },
      { level: 30, operation: 'mutation', status: 500 },
    ]);
    expect(hidden.lines.map(({ requestId }) => requestId)).toEqual([expect.any(String), hidden.lines[0].requestId]);
  });

  it('in a read of what is hidden, and in one over REST, as well', async () => {
    const away = BREACHES[2];
    const { grantee } = network.keys;
    const hidden = await broken('obstacles.entries', away, ({ url }) =>
      post(url, grantee, '{ obstacles(first: 1) { totalCount } }'),
    );
    const harmless = await broken('narrative_reports', away, ({ url }) =>
      post(url, grantee, '{ narrativeReports(first: 1) { totalCount } }'),
    );
    expect(withoutIds(hidden.lines)).toEqual(withoutIds(harmless.lines));
    expect(hidden.lines).toHaveLength(2);
    const rest = await broken('narrative_reports', away, ({ url }) =>
      upload({ url }, grantee, `rep_${'0'.repeat(32)}`),
    );
    expect(withoutIds(rest.lines)).toEqual([
      { level: 50, context: 'HTTP', fault: { name: 'Error', code: '42P01' } },
      { level: 30, operation: 'mutation', status: 500 },
    ]);
  });

  it('of a funder is told with its statement, and of whoever meets obstacles without', async () => {
    const { funder, steward } = network.keys;
    const away = BREACHES[2];
    const open = await broken('agreements', away, ({ url }) =>
      post(url, funder, '{ agreements(first: 1) { totalCount } }'),
    );
    expect(open.lines[0]).toMatchObject({
      fault: { code: '42P01', statement: expect.stringContaining('agreements'), stack: expect.any(Array) },
    });
    const hidden = await broken('obstacles.entries', away, ({ url }) =>
      post(url, steward, '{ obstacles(first: 1) { totalCount } }'),
    );
    expect(hidden.lines[0].fault).toEqual({ name: 'Error', code: '42P01' });
  });

  it('of a job names the task and repeats no value', async () => {
    const before = stdout.length;
    await network.sql(
      `SELECT graphile_worker.add_job('remind_response_due', '{"id":"a text that is no id"}', max_attempts := 1)`,
    );
    const failed = (): Line | undefined => {
      const lines = stdout.slice(before).split('\n').slice(0, -1);
      return lines.map((line) => JSON.parse(line) as Line).find(({ context }) => context === 'Jobs');
    };
    for (let i = 0; !failed() && i < 200; i++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(failed()).toMatchObject({ msg: 'a job failed', task: 'remind_response_due', fault: expect.any(Object) });
    expect(stdout.slice(before)).not.toContain('no id');
  });
});
