import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REMINDER } from '../src/obstacles/sharing/obstacle-sharing.service.js';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import { granteeKey } from './support/grantee-keys.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { ABOUT_FUNDER, HIDDEN, ObstacleCalls, recordAgreement } from './support/obstacle-scenes.js';

let network: Network;
let calls: ObstacleCalls;
beforeAll(async () => {
  network = await startNetwork();
  calls = new ObstacleCalls(network);
  for (const funder of ['funder', 'secondFunder'] as const) await recordAgreement(network, funder, 'grantee');
});
afterAll(() => network.stop());

describe('the story of an obstacle', () => {
  it('goes from hidden to shared, is answered, and ends only by the word of the grantee', async () => {
    const { keys, ids } = network;
    const logged = await calls.log({
      ...ABOUT_FUNDER,
      tier: 'CONFIDENTIAL',
      funderId: ids.funder,
      otherCodes: ['NO_RESPONSE'],
      impact: { delayDays: 12, cost: { amount: '250', currency: 'VND' }, hoursLost: 30 },
    });
    expect(logged).toMatchObject({
      tier: 'CONFIDENTIAL',
      state: 'LOGGED',
      version: 1,
      beganMonth: '2026-10-01',
      sharedAt: null,
      respondBy: null,
      response: null,
      impact: { delayDays: 12, cost: { amount: '250', currency: 'VND' }, hoursLost: 30 },
      availableActions: ['OPEN_TIER', 'RESOLVE', 'WITHDRAW'],
      funder: { id: ids.funder },
    });
    expect(await calls.see(keys.funder, logged.id)).toBeNull();
    expect(await calls.see(keys.steward, logged.id)).toMatchObject({ text: ABOUT_FUNDER.text, availableActions: [] });

    const { id } = logged;
    const shared = await calls.done(keys.grantee, 'openObstacleTier', { id, tier: 'SHARED', expectedVersion: 1 });
    expect(shared).toMatchObject({ tier: 'SHARED', state: 'OPEN', version: 2, loggedAt: logged.loggedAt });
    const seen = (await calls.see(keys.funder, id))!;
    expect(seen).toMatchObject({
      ...{ tier: 'SHARED', state: 'OPEN', version: 1, loggedAt: null, text: ABOUT_FUNDER.text },
      ...{ sharedAt: shared.sharedAt, updatedAt: shared.sharedAt, respondBy: shared.respondBy, isOverdue: false },
      ...{ grantee: { id: ids.grantee }, availableActions: ['ACKNOWLEDGE', 'RESPOND'] },
    });
    expect(await calls.see(keys.secondFunder, id)).toBeNull();

    const acknowledged = await calls.done(keys.funder, 'acknowledgeObstacle', { id, expectedVersion: 1 });
    expect(acknowledged).toMatchObject({ state: 'ACKNOWLEDGED', version: 2, response: { text: null } });
    const answer = { text: 'We pay within ten days from January on.', changeBy: '2027-01-31' };
    const answered = await calls.done(keys.funder, 'respondToObstacle', { id, ...answer, expectedVersion: 2 });
    expect(answered).toMatchObject({ state: 'ANSWERED', version: 3, response: answer, availableActions: [] });
    expect(await calls.see(keys.grantee, id)).toMatchObject({ state: 'ANSWERED', version: 4, response: answer });

    const resolved = await calls.done(keys.grantee, 'resolveObstacle', { id, expectedVersion: 4 });
    expect(resolved).toMatchObject({ state: 'RESOLVED', version: 5, availableActions: ['REOPEN', 'WITHDRAW'] });
    const reopened = await calls.done(keys.grantee, 'reopenObstacle', { id, expectedVersion: 5 });
    expect(reopened).toMatchObject({
      state: 'OPEN',
      resolvedAt: null,
      response: null,
      earlierResponses: [{ text: answer.text }],
    });

    const withdrawn = await calls.done(keys.grantee, 'withdrawObstacle', { id, expectedVersion: 6 });
    expect(withdrawn).toMatchObject({ state: 'WITHDRAWN', text: ABOUT_FUNDER.text, availableActions: [] });
    expect(await calls.see(keys.funder, id)).toMatchObject({
      ...{ id, state: 'WITHDRAWN', sharedAt: shared.sharedAt, version: 6 },
      ...{ text: null, code: null, otherCodes: [], codes: [], beganMonth: null, impact: null },
    });
    const events = await network.sql<{ type: string }>('SELECT type FROM events WHERE subject_id = $1 ORDER BY id', [
      `${id.slice(4)}`,
    ]);
    expect(events.map(({ type }) => type)).toEqual([
      ...['OBSTACLE_SHARED', 'OBSTACLE_ACKNOWLEDGED', 'OBSTACLE_ANSWERED'],
      ...['OBSTACLE_RESOLVED', 'OBSTACLE_REOPENED', 'OBSTACLE_WITHDRAWN'],
    ]);
  });

  it('owes an answer until the day promised ends where the funder is, then it is overdue', async () => {
    const obstacle = await calls.log({ ...ABOUT_FUNDER, tier: 'SHARED', funderId: network.ids.funder });
    const day = (instant: Date): string => instant.toLocaleDateString('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' });
    const due = day(new Date(Date.parse(obstacle.sharedAt as string) + 30 * 86_400_000));
    expect(obstacle).toMatchObject({ state: 'OPEN', version: 1, respondBy: due, isOverdue: false });
    network.clock.set(`${due}T16:59:59Z`);
    expect((await calls.see(network.keys.funder, obstacle.id))!.isOverdue).toBe(false);
    network.clock.set(`${due}T17:00:00Z`);
    expect((await calls.see(network.keys.funder, obstacle.id))!.isOverdue).toBe(true);
    network.clock.set(new Date().toISOString());
  });

  it('reminds the funder once for each duty, three days before its end, and the grantee sees it', async () => {
    const { keys, ids } = network;
    const jobs = network.app.get(Jobs);
    const reminders = async (id: string): Promise<string[]> =>
      (
        await network.sql<{ said: string }>(
          `SELECT concat_ws(' ', actor_role, funder_id = $2, grantee_id = $3, for_steward) AS said FROM events
           WHERE subject_id = $1 AND type = 'OBSTACLE_RESPONSE_DUE'`,
          [id.slice(4), ids.funder.slice(4), ids.grantee.slice(4)],
        )
      ).map(({ said }) => said);
    const remindAt = async (instant: string): Promise<void> => {
      network.clock.set(instant);
      await jobs.runScheduled(REMINDER);
    };
    network.clock.set('2026-11-23T02:00:00Z');
    const { id } = await calls.log({ ...ABOUT_FUNDER, tier: 'SHARED', funderId: ids.funder });
    const answered = await calls.log({ ...ABOUT_FUNDER, tier: 'SHARED', funderId: ids.funder });
    await calls.done(keys.funder, 'respondToObstacle', {
      ...{ id: answered.id, text: 'We pay earlier from now on.', expectedVersion: 1 },
    });
    await remindAt('2026-12-20T16:59:00Z');
    expect(await reminders(id)).toEqual([]);
    await remindAt('2026-12-20T17:00:00Z');
    await remindAt('2026-12-20T18:00:00Z');
    expect(await reminders(id)).toEqual(['SYSTEM t t t']);
    expect(await reminders(answered.id)).toEqual([]);
    expect(await calls.see(keys.funder, id)).toMatchObject({ state: 'OPEN', version: 1 });

    await calls.done(keys.grantee, 'resolveObstacle', { id, expectedVersion: 1 });
    await calls.done(keys.grantee, 'reopenObstacle', { id, expectedVersion: 2 });
    await remindAt('2027-01-17T16:59:00Z');
    expect(await reminders(id)).toHaveLength(1);
    await remindAt('2027-01-17T17:00:00Z');
    expect(await reminders(id)).toHaveLength(2);
    network.clock.set(new Date().toISOString());
  });

  it('keeps a hidden one among the owner and the steward through all its states', async () => {
    const { id } = await calls.log({ ...HIDDEN, tier: 'CONFIDENTIAL' });
    const { grantee } = network.keys;
    expect(await calls.done(grantee, 'resolveObstacle', { id, expectedVersion: 1 })).toMatchObject({
      state: 'RESOLVED',
    });
    expect(await calls.done(grantee, 'reopenObstacle', { id, expectedVersion: 2 })).toMatchObject({ state: 'LOGGED' });
    expect(await calls.done(grantee, 'withdrawObstacle', { id, expectedVersion: 3 })).toMatchObject({
      state: 'WITHDRAWN',
      version: 4,
    });
    const { data } = await network.call(grantee, '{ obstacleEvents(last: 4) { nodes { type obstacle { id } } } }');
    expect((data as { obstacleEvents: { nodes: object[] } }).obstacleEvents.nodes).toEqual(
      ['LOGGED', 'RESOLVED', 'REOPENED', 'WITHDRAWN'].map((step) => ({ type: `OBSTACLE_${step}`, obstacle: { id } })),
    );
    const [{ count }] = (await network.sql('SELECT count(*)::int AS count FROM events WHERE subject_id = $1', [
      id.slice(4),
    ])) as [{ count: number }];
    expect(count).toBe(0);
  });
});

describe('the line of keys', () => {
  it('hides AGGREGATE_ONLY entries from another line, and not from a rotated key', async () => {
    const { keys, ids } = network;
    const { id } = await calls.log({ ...HIDDEN, tier: 'AGGREGATE_ONLY' });
    const known = await calls.log({ ...HIDDEN, tier: 'CONFIDENTIAL' });
    expect(await calls.see(keys.steward, id)).toBeNull();

    const by = { mutate: network.mutate, steward: keys.steward };
    const other = await granteeKey(by, ids.organization.grantee, 'second');
    expect(await calls.see(other, id)).toBeNull();
    expect(await calls.see(other, known.id)).toMatchObject({ id: known.id });
    expect(await calls.refused(other, 'withdrawObstacle', { id, expectedVersion: 1 })).toEqual(['NOT_FOUND id']);
    const aggregate = { tier: { in: ['AGGREGATE_ONLY'] } };
    expect((await calls.list(other, aggregate)).totalCount).toBe(0);
    expect((await calls.list(keys.steward, aggregate)).totalCount).toBe(0);
    const { data } = await network.call(other, '{ obstacleEvents(last: 100) { nodes { obstacle { id } } } }');
    expect(JSON.stringify(data)).not.toContain(id);

    const rotated = (await network.mutate(keys.grantee, 'rotateApiKey', {}, 'secret')) as { secret: string };
    keys.grantee = rotated.secret;
    expect(await calls.see(rotated.secret, id)).toMatchObject({ id, tier: 'AGGREGATE_ONLY' });
    expect((await calls.list(rotated.secret, aggregate)).nodes.map((node) => node.id)).toEqual([id]);

    await calls.done(rotated.secret, 'openObstacleTier', { id, tier: 'CONFIDENTIAL', expectedVersion: 1 });
    expect(await calls.see(other, id)).toMatchObject({ id, tier: 'CONFIDENTIAL' });
    expect(await calls.see(keys.steward, id)).toMatchObject({ id });
  });
});

describe('a key that the steward issues', () => {
  it('is announced in the feed of its organization at once, the first too; a rotated one is not', async () => {
    const { keys, ids } = network;
    const by = { mutate: network.mutate, steward: keys.steward };
    const announced = async (key: string): Promise<number> => {
      const { data } = await network.call(key, '{ events(last: 100) { nodes { type } } }');
      const { nodes } = (data as { events: { nodes: { type: string }[] } }).events;
      return nodes.filter(({ type }) => type === 'API_KEY_ISSUED').length;
    };
    const issue = async (): Promise<{ secret: string; apiKey: { id: string } }> => {
      const input = { role: 'GRANTEE', organizationId: ids.organization.secondGrantee, label: 'another' };
      return network.mutate(keys.steward, 'createApiKey', input, 'secret apiKey { id }');
    };
    expect(await announced(keys.secondGrantee)).toBe(1);
    const rotated = (await network.mutate(keys.secondGrantee, 'rotateApiKey', {}, 'secret')) as { secret: string };
    keys.secondGrantee = rotated.secret;
    expect(await announced(keys.secondGrantee)).toBe(1);
    const { apiKey } = await issue();
    expect(await announced(keys.secondGrantee)).toBe(2);
    // Also when the other line is over: it may have left something that only it can read.
    await network.mutate(keys.secondGrantee, 'revokeApiKey', { id: apiKey.id }, '__typename');
    const secret = await granteeKey(by, ids.organization.secondGrantee, 'another');
    expect(await announced(secret)).toBe(3);
  });
});

describe('sending again', () => {
  it('makes one obstacle of fifty identical submissions, and answers the first one ever after', async () => {
    const input = { ...HIDDEN, tier: 'AGGREGATE_ONLY', clientSubmissionId: 'portal-1' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => calls.log(input)));
    const [first] = answers;
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    const other = await calls.act(network.keys.grantee, 'logObstacle', { ...input, text: 'Something else happened.' });
    expect(other.obstacle).toMatchObject({ id: first.id, text: HIDDEN.text });
    expect(other.userErrors).toEqual([]);
    expect(other.notices).toMatchObject([{ code: 'SUBMISSION_DIFFERS', existingId: first.id, version: 1 }]);
    await calls.done(network.keys.grantee, 'openObstacleTier', {
      id: first.id,
      tier: 'CONFIDENTIAL',
      expectedVersion: 1,
    });
    expect((await calls.log(input)).id).toBe(first.id);
  });

  it('keeps idempotency outcomes with the obstacles', async () => {
    const input = { ...HIDDEN, tier: 'CONFIDENTIAL', idempotencyKey: 'once' };
    const [one, two] = [await calls.log(input), await calls.log(input)];
    expect(two.id).toBe(one.id);
    expect(await calls.refused(network.keys.grantee, 'logObstacle', { ...input, text: 'Other text.' })).toEqual([
      'IDEMPOTENCY_MISMATCH idempotencyKey',
    ]);
    expect(
      await network.sql(
        `SELECT 1 FROM public.idempotency_outcomes WHERE operation LIKE '%bstacle%' AND idempotency_key = 'once'`,
      ),
    ).toEqual([]);
  });
});

describe('the codes', () => {
  it('are versioned: a new version says it anew, under the same code', async () => {
    await network.sql(
      `INSERT INTO obstacles.codes SELECT (jsonb_populate_record(c, '{"version": 2, "label_en": "Money late", "label_vi": "Tiền chậm"}')).*
       FROM obstacles.codes c WHERE code = 'DISBURSEMENT_DELAY'`,
    );
    const { id } = await calls.log({ ...ABOUT_FUNDER, tier: 'CONFIDENTIAL', funderId: network.ids.funder });
    expect((await calls.see(network.keys.grantee, id))!.codes).toEqual([
      { code: 'DISBURSEMENT_DELAY', label: 'Money late', kind: 'FUNDER' },
    ]);
    await network.sql('DELETE FROM obstacles.codes WHERE version = 2');
  });

  it('are readable without a key, in the language asked for', async () => {
    const query = '{ obstacleCodes { code version kind category label description canSuggest } }';
    const { data } = await network.call(null, query);
    const codes = (data as { obstacleCodes: Record<string, string>[] }).obstacleCodes;
    expect(codes).toHaveLength(35);
    expect(new Set(codes.map(({ category }) => category)).size).toBe(10);
    expect(codes.filter(({ canSuggest }) => canSuggest)).toHaveLength(6);
    expect(codes.find(({ code }) => code === 'VIOLENCE')).toMatchObject({ kind: 'EXTERNAL', label: 'Violence' });
    const vietnamese = await network.call(
      null,
      '{ obstacleCodes(kind: EXTERNAL) { code label } }',
      {},
      { 'accept-language': 'vi' },
    );
    expect((vietnamese.data as { obstacleCodes: object[] }).obstacleCodes).toContainEqual({
      code: 'VIOLENCE',
      label: 'Bạo lực',
    });
  });
});
