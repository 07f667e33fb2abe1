import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { agreementScenes } from './support/agreement-scenes.js';
import { post } from './support/client.js';
import { startService } from './support/service-process.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { ABOUT_FUNDER, HIDDEN, ObstacleCalls, stored } from './support/obstacle-scenes.js';
import { suggestionScenes } from './support/suggestion-scenes.js';

let network: Network;
let calls: ObstacleCalls;
const suggestions = suggestionScenes(() => network);
const agreements = agreementScenes(() => network);
beforeAll(async () => {
  network = await startNetwork();
  calls = new ObstacleCalls(network);
  await suggestions.trouble();
});
afterAll(() => network.stop());

/** Everything a grantee can do that nobody else may notice. */
async function actHidden(name: string): Promise<void> {
  const { keys, ids } = network;
  const about = { ...ABOUT_FUNDER, funderId: ids.funder, tier: 'AGGREGATE_ONLY' };
  const { id } = await calls.log({ ...about, clientSubmissionId: name, idempotencyKey: name });
  await calls.done(keys.grantee, 'resolveObstacle', { id, expectedVersion: 1 });
  await calls.done(keys.grantee, 'reopenObstacle', { id, expectedVersion: 2 });
  await calls.done(keys.grantee, 'openObstacleTier', { id, tier: 'CONFIDENTIAL', expectedVersion: 3 });
  await calls.done(keys.grantee, 'withdrawObstacle', { id, expectedVersion: 4 });
  const [first, second] = (await suggestions.page()).nodes;
  await suggestions.done('logSuggestedObstacle', { id: first.id, tier: 'CONFIDENTIAL' });
  await suggestions.done('dismissSuggestion', { id: second.id });
}

const inPublic = (): Promise<{ name: string }[]> =>
  network.sql<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'graphile_worker') ORDER BY 1`,
  );

describe('what is hidden', () => {
  it('waits for no lock on any row outside its schema, so it holds none either', async () => {
    const holder = new pg.Client({ connectionString: network.databaseUrls.owner });
    await holder.connect();
    try {
      await holder.query('BEGIN');
      for (const { name } of await inPublic()) await holder.query(`SELECT FROM ${name} FOR UPDATE`);
      // Whoever needed so much as a key share of one of those rows would wait here until the test gives up.
      await actHidden('under locks');
    } finally {
      await holder.query('ROLLBACK');
      await holder.end();
    }
  });

  it('changes no row outside its schema: no event, job, outcome, version, date or last use', async () => {
    const digest = async (): Promise<object[]> => {
      const tables = await inPublic();
      const each = tables.map(
        ({ name }) =>
          `SELECT '${name}' AS name, md5(string_agg(t::text, '|' ORDER BY t::text)) AS digest FROM ${name} t`,
      );
      return network.sql(`${each.join(' UNION ALL ')} ORDER BY 1`);
    };
    // Events of before get their positions first.
    await network.call(network.keys.steward, '{ events { nodes { id } } }');
    const [before, beforeInside] = [await digest(), await stored(network)];
    await actHidden('without trace');
    expect(await digest()).toEqual(before);
    expect(await stored(network)).not.toEqual(beforeInside);
  });

  it('is in no error message of a database that fails', async () => {
    const { keys } = network;
    const { id } = await calls.log({ ...HIDDEN, tier: 'CONFIDENTIAL' });
    await network.sql(
      `ALTER TABLE obstacles.entries ADD CONSTRAINT broken_on_purpose CHECK (state <> 'RESOLVED') NOT VALID`,
    );
    const resolve = 'mutation ($input: ResolveObstacleInput!) { resolveObstacle(input: $input) { obstacle { id } } }';
    const { text, errors } = await network.call(keys.grantee, resolve, { input: { id, expectedVersion: 1 } });
    await network.sql('ALTER TABLE obstacles.entries DROP CONSTRAINT broken_on_purpose');
    expect(errors?.[0].extensions.code).toBe('INTERNAL_ERROR');
    expect(text).not.toMatch(/broken_on_purpose|entries|CURRENCY|mất giá/);
    expect(text).not.toContain(id);
  });
});

describe('the log of the service', () => {
  it('says of an obstacle what it says of anything: a query or a mutation, and how it ended', async () => {
    const service = await startService({
      ...{
        DATABASE_URL: network.databaseUrls.app,
        GOODFAITH_SECRET: 'a secret for tests that is long enough for all of them',
      },
      ...{ LOG_LEVEL: 'trace', JOBS: 'off', LEDGER_FOLDER: network.ledger },
    });
    const { keys, ids } = network;
    const input = { ...ABOUT_FUNDER, tier: 'AGGREGATE_ONLY', funderId: ids.funder, clientSubmissionId: 'never logged' };
    const logObstacle =
      'mutation Log($input: LogObstacleInput!) { logObstacle(input: $input) { obstacle { id } userErrors { code } } }';
    const logged = await post(service.url, keys.grantee, logObstacle, { input });
    const { id } = (logged.data as { logObstacle: { obstacle: { id: string } } }).logObstacle.obstacle;
    const withdraw =
      'mutation ($input: WithdrawObstacleInput!) { withdrawObstacle(input: $input) { userErrors { code } } }';
    await post(service.url, keys.grantee, withdraw, { input: { id, expectedVersion: 7 } });
    await post(service.url, keys.grantee, '{ obstacleSuggestions { nodes { id } } obstacles { nodes { id text } } }');
    await post(service.url, null, '{ obstacleCodes { code } }');
    service.child.kill('SIGTERM');
    const lines = (await service.exit).stdout.trim().split('\n');
    const requests = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line.operation);
    expect(requests.map(({ operation, status }) => [operation, status])).toEqual([
      ...Array<unknown>(2).fill(['mutation', 200]),
      ...Array<unknown>(2).fill(['query', 200]),
    ]);
    const known = ['level', 'time', 'requestId', 'operation', 'status'];
    for (const request of requests) expect(Object.keys(request).sort()).toEqual([...known].sort());
    const said = lines.filter((line) => !/"msg":"(Mapped|\w+Module dependencies)/.test(line)).join('\n');
    for (const secret of [
      id.slice(4),
      ids.grantee.slice(4),
      keys.grantee.split('_')[1],
      'never logged',
      ABOUT_FUNDER.text,
      'DISBURSEMENT_DELAY',
      'AGGREGATE_ONLY',
      'logObstacle',
      'withdrawObstacle',
    ])
      expect(said).not.toContain(secret);
  }, 60_000);
});

describe('free text', () => {
  it.each([
    ['right to left', 'أوقف الممول الدفع لمدة ثلاثة أشهر'],
    ['of another script', 'चार महीने तक कोई जवाब नहीं मिला'],
    ['of joined emoji', '👩‍👩‍👧‍👧'.repeat(1_000)],
    ['as long as it may be', 'ế'.repeat(5_000)],
    ['that looks like a formula', '=HYPERLINK("https://example.org","x")'],
  ])('%s comes back as it was', async (_, text) => {
    const { id } = await calls.log({ ...HIDDEN, text, tier: 'CONFIDENTIAL' });
    expect(await calls.see(network.keys.steward, id)).toMatchObject({ text: text.normalize('NFC') });
  });

  it.each([
    ['a grapheme too long', 'ế'.repeat(5_001), 'TEXT_TOO_LONG text'],
    ['of half a character', 'a\ud800', 'TEXT_MALFORMED text'],
  ])('%s is refused', async (_, text, reason) => {
    const before = await stored(network);
    expect(await calls.refused(network.keys.grantee, 'logObstacle', { ...HIDDEN, text, tier: 'CONFIDENTIAL' })).toEqual(
      [reason],
    );
    expect(await stored(network)).toEqual(before);
  });
});

describe('what cannot be', () => {
  it('is to name a draft of an agreement, which to the grantee does not exist', async () => {
    const draft = (await agreements.draft()) as { id: string };
    const about = { ...ABOUT_FUNDER, tier: 'SHARED' };
    const nothing = 'agr_00000000000070008000000000000000';
    const before = await stored(network);
    const mutation =
      'mutation ($input: LogObstacleInput!) { logObstacle(input: $input) { obstacle { id } userErrors { code message path } } }';
    const [ofDraft, ofNothing] = await Promise.all(
      [draft.id, nothing].map((agreementId) =>
        network.call(network.keys.grantee, mutation, { input: { ...about, agreementId } }),
      ),
    );
    expect(ofDraft.text).toBe(ofNothing.text);
    expect(ofDraft.text).toContain('NOT_GROUNDED');
    expect(await stored(network)).toEqual(before);
  });

  it('is to resolve, withdraw or open again what is over, and each refusal is said in both languages', async () => {
    const { keys } = network;
    const { id } = await calls.log({ ...HIDDEN, tier: 'CONFIDENTIAL' });
    await calls.done(keys.grantee, 'resolveObstacle', { id, expectedVersion: 1 });
    const before = await stored(network);
    expect(await calls.refused(keys.grantee, 'resolveObstacle', { id, expectedVersion: 2 })).toEqual([
      'ACTION_NOT_ALLOWED id',
    ]);
    expect(
      await calls.refused(keys.grantee, 'openObstacleTier', { id, tier: 'AGGREGATE_ONLY', expectedVersion: 2 }),
    ).toEqual(['TIER_CANNOT_CLOSE tier']);
    expect(await stored(network)).toEqual(before);
    await calls.done(keys.grantee, 'withdrawObstacle', { id, expectedVersion: 2 });
    for (const name of ['withdrawObstacle', 'resolveObstacle', 'reopenObstacle']) {
      expect(await calls.refused(keys.grantee, name, { id, expectedVersion: 3 })).toEqual(['ACTION_NOT_ALLOWED id']);
    }
    const close =
      'mutation ($input: OpenObstacleTierInput!) { openObstacleTier(input: $input) { userErrors { message } } }';
    const input = { id, tier: 'AGGREGATE_ONLY', expectedVersion: 3 };
    const said = await Promise.all(
      ['en', 'vi'].map((language) => network.call(keys.grantee, close, { input }, { 'accept-language': language })),
    );
    expect(said.map(({ text }) => /"message":"([^"]*)"/.exec(text)![1])).toEqual([
      'A tier only opens: from “confidential” it cannot become “statistics only”.',
      'Mức chỉ có thể mở ra: từ “bảo mật” không thể thành “chỉ dùng cho thống kê”.',
    ]);
  });
});
