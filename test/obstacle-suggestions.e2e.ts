import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { ObstacleCalls, recordAgreement, stored } from './support/obstacle-scenes.js';
import { suggestionScenes } from './support/suggestion-scenes.js';
import { nameSteward } from './support/steward-scenes.js';

let network: Network;
let calls: ObstacleCalls;
const scenes = suggestionScenes(() => network);
let trouble: Awaited<ReturnType<typeof scenes.trouble>>;
beforeAll(async () => {
  network = await startNetwork();
  calls = new ObstacleCalls(network);
  await recordAgreement(network, 'secondFunder', 'grantee');
  trouble = await scenes.trouble();
});
afterAll(() => network.stop());

describe('what is suggested', () => {
  it('is each fact of half a year, the newest first, and nothing else', async () => {
    const { nodes } = await scenes.page();
    expect(nodes.map(({ code, day }) => `${code} ${day as string}`)).toEqual([
      'TRANSFER_COST_SHIFTED 2027-02-12',
      'DISBURSEMENT_DELAY 2027-01-31',
      'NO_RESPONSE 2026-12-25',
      'NO_RESPONSE 2026-12-24',
      'COMMITMENT_REDUCED_OR_WITHDRAWN 2026-11-24',
      'INSUFFICIENT_NOTICE 2026-11-24',
      'PAYMENT_HELD 2026-11-23',
    ]);
    const { installment, disbursement, obstacle, share, amendment, legalHold } = trouble.subjects;
    expect(nodes.map(({ subject }) => subject)).toEqual([
      { __typename: 'Disbursement', id: disbursement },
      { __typename: 'Installment', id: installment },
      { __typename: 'Obstacle', id: obstacle },
      { __typename: 'ReportShare', id: share },
      { __typename: 'Amendment', id: amendment },
      { __typename: 'Amendment', id: amendment },
      { __typename: 'LegalHold', id: legalHold },
    ]);
    expect(nodes[0]).toMatchObject({ cost: { amount: '9.50', currency: 'USD' }, delayDays: null });
    expect(nodes[1]).toMatchObject({ delayDays: 12, beganMonth: '2027-01-01', agreement: { id: trouble.agreementId } });
    expect(nodes[2]).toMatchObject({ agreement: null, funder: { id: network.ids.funder } });
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(7);
    for (const { id } of nodes) expect(id).toMatch(/^sug_[0-9a-f]{32}$/);
  });

  it('says the same in Vietnamese, under the same ids', async () => {
    const [english, vietnamese] = [await scenes.page(), await scenes.page(undefined, {}, 'vi')];
    expect(vietnamese.nodes.map(({ id }) => id)).toEqual(english.nodes.map(({ id }) => id));
    expect(english.nodes[1].summary).toBe('Installment 1, due on 2027-01-31, is or was 12 days late.');
    expect(vietnamese.nodes[1].summary).toBe('Đợt 1, đến hạn ngày 2027-01-31, chậm 12 ngày.');
    expect(vietnamese.nodes[6].obstacleCode).toEqual({ label: 'Khoản tiền bị giữ lại', canSuggest: true });
  });

  it('is paged both ways, exact at both ends', async () => {
    const all = (await scenes.page()).nodes.map(({ id }) => id);
    const walked: string[] = [];
    for (let after: string | undefined; ;) {
      const { nodes, pageInfo } = await scenes.page(undefined, { first: 3, after });
      expect(pageInfo).toMatchObject({ hasPreviousPage: walked.length > 0, hasNextPage: walked.length + 3 < 7 });
      walked.push(...nodes.map(({ id }) => id));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(walked).toEqual(all);
    const last = await scenes.page(undefined, { last: 2 });
    expect([last.nodes.map(({ id }) => id), last.pageInfo.hasPreviousPage]).toEqual([all.slice(5), true]);
    const before = await scenes.page(undefined, { last: 2, before: last.pageInfo.startCursor });
    expect(before.nodes.map(({ id }) => id)).toEqual(all.slice(3, 5));
    const { errors } = await network.call(
      network.keys.grantee,
      '{ obstacleSuggestions(first: 1, after: "x") { nodes { id } } }',
    );
    expect(errors?.[0].extensions.code).toBe('INVALID_CURSOR');
  });

  it('is read without writing anything, and is nobody else’s', async () => {
    const before = await stored(network);
    await scenes.page();
    expect(await stored(network)).toEqual(before);
    expect((await scenes.page(network.keys.secondGrantee)).nodes).toEqual([]);
    for (const key of [network.keys.funder, network.keys.steward, network.keys.analyst]) {
      const { errors } = await network.call(key, '{ obstacleSuggestions { nodes { id } } }');
      expect(errors?.[0].extensions.code).toBe('FORBIDDEN');
    }
  });
});

describe('a suggestion', () => {
  it('is logged in one call, in its own words and figures when the grantee adds none, and once however often it is sent', async () => {
    const [late] = await scenes.of('DISBURSEMENT_DELAY');
    const input = { id: late.id, tier: 'AGGREGATE_ONLY' };
    const answers = await Promise.all(Array.from({ length: 12 }, () => scenes.done('logSuggestedObstacle', input)));
    expect(new Set(answers.map(({ obstacle }) => obstacle!.id)).size).toBe(1);
    const { obstacle } = answers[0];
    expect(obstacle).toMatchObject({
      ...{ code: 'DISBURSEMENT_DELAY', tier: 'AGGREGATE_ONLY', state: 'LOGGED', version: 1, beganMonth: '2027-01-01' },
      ...{ text: 'Installment 1, due on 2027-01-31, is or was 12 days late.', agreement: { id: trouble.agreementId } },
      impact: { delayDays: 12, cost: null, hoursLost: null },
    });
    expect(await scenes.of('DISBURSEMENT_DELAY')).toEqual([]);
    const other = await scenes.act('logSuggestedObstacle', { ...input, tier: 'SHARED', text: 'Other words.' });
    expect(other.obstacle).toMatchObject({ id: obstacle!.id, tier: 'AGGREGATE_ONLY' });
    expect(other.userErrors).toEqual([]);
    expect(other.notices).toMatchObject([{ code: 'SUBMISSION_DIFFERS', path: ['id'], existingId: obstacle!.id }]);
  });

  it('logged for statistics alone is still made to another line of keys, until the entry is opened', async () => {
    const issued = await scenes.issue('second portal');
    const [seen] = await scenes.of('DISBURSEMENT_DELAY', issued);
    expect(seen).toMatchObject({ delayDays: 12 });
    const aggregate = (await calls.list(network.keys.grantee, { tier: { in: ['AGGREGATE_ONLY'] } })).nodes[0];
    expect((await calls.list(issued, {})).nodes.map(({ id }) => id)).not.toContain(aggregate.id);
    const open = { id: aggregate.id, tier: 'CONFIDENTIAL', expectedVersion: 1 };
    await calls.done(network.keys.grantee, 'openObstacleTier', open);
    expect(await scenes.of('DISBURSEMENT_DELAY', issued)).toEqual([]);
    const again = await scenes.done('logSuggestedObstacle', { id: seen.id, tier: 'AGGREGATE_ONLY' }, issued);
    expect(again.obstacle).toMatchObject({ id: aggregate.id, tier: 'CONFIDENTIAL' });
  });

  it('logged with the organization is made to none of its keys; each line logs its own for statistics alone', async () => {
    const issued = await scenes.issue('third portal');
    const [cost] = await scenes.of('TRANSFER_COST_SHIFTED');
    const first = await scenes.done('logSuggestedObstacle', { id: cost.id, tier: 'AGGREGATE_ONLY' });
    const second = await scenes.done('logSuggestedObstacle', { id: cost.id, tier: 'CONFIDENTIAL' }, issued);
    expect(second.obstacle!.id).not.toBe(first.obstacle!.id);
    expect(first.obstacle).toMatchObject({ impact: { delayDays: null, cost: { amount: '9.50', currency: 'USD' } } });
    const third = await scenes.issue('fourth portal');
    expect(await scenes.of('TRANSFER_COST_SHIFTED', third)).toEqual([]);
    // What was opened later than another line's entry changes nothing.
    const open = { id: first.obstacle!.id, tier: 'CONFIDENTIAL', expectedVersion: 1 };
    await calls.done(network.keys.grantee, 'openObstacleTier', open);
    expect(await calls.see(third, first.obstacle!.id)).toMatchObject({ tier: 'CONFIDENTIAL' });
  });

  it('is logged in the grantee’s own words, shared when it says so, and then the funder owes an answer', async () => {
    const [held] = await scenes.of('PAYMENT_HELD');
    const { obstacle } = await scenes.done('logSuggestedObstacle', {
      ...{ id: held.id, tier: 'SHARED', text: 'Việc sàng lọc kéo dài ba tháng.', otherCodes: ['NO_RESPONSE'] },
      ...{ beganMonth: '2026-12-24', impact: { hoursLost: 8 }, idempotencyKey: 'held' },
    });
    expect(obstacle).toMatchObject({
      ...{
        state: 'OPEN',
        text: 'Việc sàng lọc kéo dài ba tháng.',
        otherCodes: ['NO_RESPONSE'],
        beganMonth: '2026-12-01',
      },
      impact: { delayDays: null, hoursLost: 8 },
    });
    expect(await calls.see(network.keys.funder, obstacle!.id)).toMatchObject({ code: 'PAYMENT_HELD', version: 1 });
  });

  it('is dismissed for good, by and for one line of keys, and nothing tells of it', async () => {
    const issued = await scenes.issue('fifth portal');
    const [notice] = await scenes.of('INSUFFICIENT_NOTICE');
    const { suggestionId } = await scenes.done('dismissSuggestion', { id: notice.id, idempotencyKey: 'no' });
    expect(suggestionId).toBe(notice.id);
    const before = await stored(network);
    expect((await scenes.done('dismissSuggestion', { id: notice.id })).suggestionId).toBe(notice.id);
    expect((await scenes.done('dismissSuggestion', { id: notice.id, idempotencyKey: 'no' })).suggestionId).toBe(
      notice.id,
    );
    expect(await stored(network)).toEqual(before);
    expect(await scenes.of('INSUFFICIENT_NOTICE')).toEqual([]);
    expect(await scenes.of('INSUFFICIENT_NOTICE', issued)).toHaveLength(1);
    // The same amendment suggests another code still.
    expect(await scenes.of('COMMITMENT_REDUCED_OR_WITHDRAWN')).toHaveLength(1);
    expect(await scenes.refused('logSuggestedObstacle', { id: notice.id, tier: 'CONFIDENTIAL' })).toEqual([
      'SUGGESTION_DISMISSED id',
    ]);
    const rotated = (await network.mutate(network.keys.grantee, 'rotateApiKey', {}, 'secret')) as { secret: string };
    network.keys.grantee = rotated.secret;
    expect(await scenes.of('INSUFFICIENT_NOTICE')).toEqual([]);
  });

  it('is gone when its fact is: an answer that came late is an answer', async () => {
    const { keys } = network;
    const [aboutObstacle, aboutReport] = await scenes.of('NO_RESPONSE');
    const text = 'We are sorry: here is our answer.';
    await calls.done(keys.funder, 'respondToObstacle', { id: trouble.obstacleId, text, expectedVersion: 1 });
    const answer = { shareId: trouble.subjects.share, kind: 'LEARNED', text };
    await network.mutate(keys.funder, 'respondToReport', answer, '__typename');
    expect(await scenes.of('NO_RESPONSE')).toEqual([]);
    for (const { id } of [aboutObstacle, aboutReport]) {
      expect(await scenes.refused('logSuggestedObstacle', { id, tier: 'CONFIDENTIAL' })).toEqual(['NOT_FOUND id']);
    }
  });
});

describe('a refusal', () => {
  it.each([
    ['an id of nothing', { id: 'sug_00000000000070008000000000000000' }, 'NOT_FOUND id'],
    ['an id of another kind', { id: 'obs_00000000000070008000000000000000' }, 'INVALID_ID id'],
    ['an unknown further code', { otherCodes: ['NO_SUCH'] }, 'UNKNOWN_OBSTACLE_CODE otherCodes.0'],
    ['three further codes', { otherCodes: ['A', 'B', 'C'] }, 'TOO_MANY_ITEMS otherCodes'],
    [
      'its own code as a further one',
      { otherCodes: ['COMMITMENT_REDUCED_OR_WITHDRAWN'] },
      'INVALID_VALUE otherCodes.0',
    ],
    ['a month to come', { beganMonth: '2031-01-01' }, 'DATE_OUT_OF_RANGE beganMonth'],
    ['no words', { text: ' ' }, 'TEXT_TOO_SHORT text'],
    ['too many words', { text: 'á'.repeat(5_001) }, 'TEXT_TOO_LONG text'],
  ])('of %s changes nothing', async (_, change, reason) => {
    const [reduced] = await scenes.of('COMMITMENT_REDUCED_OR_WITHDRAWN');
    const before = await stored(network);
    const input = { id: reduced.id, tier: 'CONFIDENTIAL', ...change };
    expect(await scenes.refused('logSuggestedObstacle', input)).toEqual([reason]);
    expect(await stored(network)).toEqual(before);
  });

  it('keeps what concerns the steward from the steward, and another’s suggestion from others', async () => {
    const { keys, ids } = network;
    const [{ id }] = await scenes.of('COMMITMENT_REDUCED_OR_WITHDRAWN');
    await nameSteward(network, ids.organization.funder);
    expect(await scenes.refused('logSuggestedObstacle', { id, tier: 'CONFIDENTIAL' })).toEqual([
      'STEWARD_IS_CONCERNED tier',
    ]);
    const input = { id, tier: 'SHARED' };
    expect(await scenes.refused('logSuggestedObstacle', input, keys.secondGrantee)).toEqual(['NOT_FOUND id']);
    expect(await scenes.refused('dismissSuggestion', { id }, keys.secondGrantee)).toEqual(['NOT_FOUND id']);
    await scenes.done('logSuggestedObstacle', input);
    expect(await scenes.refused('dismissSuggestion', { id })).toEqual(['SUGGESTION_ALREADY_LOGGED id']);
    const { userErrors } = await network
      .call(
        keys.grantee,
        'mutation ($input: DismissSuggestionInput!) { dismissSuggestion(input: $input) { userErrors { message } } }',
        { input: { id } },
        { 'accept-language': 'vi' },
      )
      .then(({ data }) => (data as { dismissSuggestion: { userErrors: { message: string }[] } }).dismissSuggestion);
    expect(userErrors).toEqual([{ message: 'Gợi ý này đã được ghi thành một trở ngại.' }]);
    expect((await scenes.page()).nodes).toEqual([]);
  });
});

describe('the database', () => {
  it('keeps one row for each reader and fact, ever, and never rewrites it', async () => {
    const twice = `INSERT INTO obstacles.handled_facts SELECT * FROM obstacles.handled_facts LIMIT 1`;
    await expect(network.sql(twice)).rejects.toMatchObject({ code: '23505' });
    const known = `INSERT INTO obstacles.handled_facts (reader_id, organization_id, code, fact_id, handled_at)
      SELECT organization_id, organization_id, 'NO_RESPONSE', gen_random_uuid(), now() FROM obstacles.handled_facts LIMIT 1`;
    await expect(network.sql(known)).rejects.toMatchObject({ constraint: 'handled_facts_dismissed_by_a_line' });
    const rights = await network.sql<{ privilege: string }>(
      `SELECT DISTINCT privilege_type AS privilege FROM information_schema.role_table_grants
       WHERE table_name = 'handled_facts' AND grantee NOT IN ('goodfaith_doctor', 'goodfaith_backup') AND grantee LIKE 'goodfaith%' ORDER BY 1`,
    );
    expect(rights.map(({ privilege }) => privilege)).toEqual(['INSERT', 'SELECT']);
  });
});
