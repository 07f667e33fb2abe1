import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { stored } from './support/obstacle-scenes.js';

const FIELDS =
  'id state codes obstacleCodes { label } youSaid weDid effectiveMonth publishedAt retractedAt version funder { id name }';
interface Change {
  readonly id: string;
  readonly [name: string]: unknown;
}
interface Payload {
  readonly practiceChange: Change | null;
  readonly userErrors: { code: string; path: string[] | null; message: string }[];
}

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
  network.clock.set('2026-11-23T02:00:00Z');
});
afterAll(() => network.stop());

const GOOD = {
  codes: ['DISBURSEMENT_DELAY', 'TRANSFER_COST_SHIFTED'],
  youSaid: 'Tiền thường đến chậm và bị trừ phí.',
  weDid: 'We pay ten days early, and the fee is ours.',
  effectiveMonth: '2026-11-17',
};
const act = (name: string, input: object, key = network.keys.funder): Promise<Payload> =>
  network.mutate(key, name, input, `practiceChange { ${FIELDS} }`) as Promise<unknown> as Promise<Payload>;
async function publish(change: object = {}, key = network.keys.funder): Promise<Change> {
  const { practiceChange, userErrors } = await act('publishPracticeChange', { ...GOOD, ...change }, key);
  expect(userErrors).toEqual([]);
  return practiceChange!;
}
const refused = async (name: string, input: object, key?: string): Promise<string[]> =>
  (await act(name, input, key)).userErrors.map(({ code, path }) => `${code} ${path?.join('.') ?? ''}`);
async function list(key: string | null, filter: object = {}, page = 'first: 100'): Promise<string[]> {
  const query = `query ($filter: PracticeChangeFilter) { practiceChanges(filter: $filter, ${page}) { nodes { id } pageInfo { hasNextPage } } }`;
  const { data, errors } = await network.call(key, query, { filter });
  expect(errors).toBeUndefined();
  return (data as { practiceChanges: { nodes: Change[] } }).practiceChanges.nodes.map(({ id }) => id);
}
async function ofFunder(key: string | null, id: string, state = 'PUBLISHED'): Promise<string[]> {
  const query = `query ($id: ID!) { funder(id: $id) { practiceChanges(filter: { state: { in: [${state}] } }) { nodes { id state } } } }`;
  const { data, errors } = await network.call(key, query, { id });
  expect(errors).toBeUndefined();
  return (data as { funder: { practiceChanges: { nodes: Change[] } } }).funder.practiceChanges.nodes.map(
    (one) => one.id,
  );
}
async function node(key: string | null, id: string): Promise<unknown> {
  const { data } = await network.call(key, `query ($id: ID!) { node(id: $id) { ... on PracticeChange { state } } }`, {
    id,
  });
  return (data as { node: unknown }).node;
}

describe('a practice change', () => {
  it('is published for everybody, in a form that says what was heard and what was done', async () => {
    const change = await publish({ idempotencyKey: 'first' });
    expect(change).toMatchObject({
      ...{ state: 'PUBLISHED', codes: GOOD.codes, youSaid: GOOD.youSaid, weDid: GOOD.weDid, version: 1 },
      ...{
        effectiveMonth: '2026-11-01',
        retractedAt: null,
        funder: { id: network.ids.funder, name: 'Riverstone Fund' },
      },
      obstacleCodes: [{ label: 'Late payment' }, { label: 'Transfer cost left to us' }],
    });
    expect(change.id).toMatch(/^pch_/);
    for (const key of [
      null,
      network.keys.grantee,
      network.keys.secondFunder,
      network.keys.analyst,
      network.keys.steward,
    ]) {
      expect(await list(key)).toEqual([change.id]);
      expect(await node(key, change.id)).toEqual({ state: 'PUBLISHED' });
      expect(await ofFunder(key, network.ids.funder)).toEqual([change.id]);
      expect(await ofFunder(key, network.ids.secondFunder)).toEqual([]);
    }
    expect((await publish({ idempotencyKey: 'first' })).id).toBe(change.id);
    const events = await network.call(network.keys.steward, '{ events(last: 100) { nodes { type subjectId } } }');
    expect(events.text).toContain('PRACTICE_CHANGE_PUBLISHED');
  });

  it('is found by funder and by code, the newest first, page after page', async () => {
    const other = await publish({ codes: ['NO_RESPONSE'] }, network.keys.secondFunder);
    network.clock.set('2026-11-24T02:00:00Z');
    const newest = await publish({ codes: ['NO_RESPONSE', 'BESPOKE_FORMAT'] });
    const all = await list(null);
    expect(all).toHaveLength(3);
    expect(all[0]).toBe(newest.id);
    expect(await list(null, { code: { in: ['NO_RESPONSE'] } })).toEqual([newest.id, other.id]);
    expect(await list(null, { funder: network.ids.funder, code: { in: ['NO_RESPONSE', 'OTHER_FUNDER'] } })).toEqual([
      newest.id,
    ]);
    expect(await list(null, { code: { in: ['no such code', '\u0000'] } })).toEqual([]);
    expect(await list(null, {}, 'last: 1')).toEqual([all[2]]);
    const { errors } = await network.call(null, '{ practiceChanges(filter: { funder: "gte_1" }) { nodes { id } } }');
    expect(errors?.[0].extensions.code).toBe('INVALID_ID');
  });

  it('is retracted: gone for everybody but its funder, who sees it as retracted', async () => {
    const { id } = await publish();
    const { practiceChange } = await act('retractPracticeChange', { id, expectedVersion: 1 });
    expect(practiceChange).toMatchObject({ id, state: 'RETRACTED', version: 2, retractedAt: expect.any(String) });
    const { funder } = network.ids;
    for (const key of [
      null,
      network.keys.grantee,
      network.keys.secondFunder,
      network.keys.analyst,
      network.keys.steward,
    ]) {
      expect([await list(key), await node(key, id)]).toEqual([expect.not.arrayContaining([id]), null]);
      expect(await list(key, { state: { in: ['RETRACTED'] } })).toEqual([]);
      expect(await ofFunder(key, funder, 'RETRACTED')).toEqual([]);
    }
    const own = network.keys.funder;
    expect(await list(own)).not.toContain(id);
    expect(await ofFunder(own, funder)).not.toContain(id);
    expect(await list(own, { state: { in: ['RETRACTED'] } })).toEqual([id]);
    expect(await ofFunder(own, funder, 'RETRACTED')).toEqual([id]);
    expect(await node(own, id)).toEqual({ state: 'RETRACTED' });
    const both = await list(own, { state: { in: ['PUBLISHED', 'RETRACTED'] } });
    expect([both[0], both.length]).toEqual([id, 3]);
    expect(await list(own, { state: { in: [] } })).toEqual([]);
    expect(await list(own, { state: { in: ['RETRACTED'] }, funder: network.ids.secondFunder })).toEqual([]);
    expect(await refused('retractPracticeChange', { id, expectedVersion: 2 })).toEqual([
      'PRACTICE_CHANGE_ALREADY_RETRACTED id',
    ]);
  });
});

describe('a refusal', () => {
  const everything = async (): Promise<object[]> => [
    ...(await network.sql<object>('SELECT * FROM practice_changes ORDER BY id')),
    ...(await stored(network)),
  ];

  it.each([
    ['no code', { codes: [] }, 'TOO_FEW_ITEMS codes'],
    ['six codes', { codes: ['A', 'B', 'C', 'D', 'E', 'F'] }, 'TOO_MANY_ITEMS codes'],
    ['an unknown code', { codes: ['NO_RESPONSE', 'NO_SUCH'] }, 'UNKNOWN_OBSTACLE_CODE codes.1'],
    ['a code named twice', { codes: ['NO_RESPONSE', 'NO_RESPONSE'] }, 'INVALID_VALUE codes.1'],
    ['a month to come', { effectiveMonth: '2026-12-02' }, 'DATE_OUT_OF_RANGE effectiveMonth'],
    ['a month long past', { effectiveMonth: '1999-12-01' }, 'DATE_OUT_OF_RANGE effectiveMonth'],
    ['hardly a word', { weDid: 'Better.' }, 'TEXT_TOO_SHORT weDid'],
    ['too many words', { youSaid: 'ồ'.repeat(2_001) }, 'TEXT_TOO_LONG youSaid'],
    ['a NUL', { youSaid: 'What you\u0000 said.' }, 'TEXT_MALFORMED youSaid'],
  ])('of %s changes nothing', async (_, change, reason) => {
    const before = await everything();
    expect(await refused('publishPracticeChange', { ...GOOD, ...change })).toEqual([reason]);
    expect(await everything()).toEqual(before);
  });

  it('of another funder, an old version or nothing at all changes nothing, and says so in both languages', async () => {
    const { id } = await publish();
    const before = await everything();
    const nothing = 'pch_00000000000070008000000000000000';
    expect(await refused('retractPracticeChange', { id, expectedVersion: 1 }, network.keys.secondFunder)).toEqual([
      'NOT_FOUND id',
    ]);
    expect(await refused('retractPracticeChange', { id: nothing, expectedVersion: 1 })).toEqual(['NOT_FOUND id']);
    expect(await refused('retractPracticeChange', { id, expectedVersion: 9 })).toEqual([
      'STALE_VERSION expectedVersion',
    ]);
    expect(await everything()).toEqual(before);
    await act('retractPracticeChange', { id, expectedVersion: 1 });
    const again =
      'mutation ($input: RetractPracticeChangeInput!) { retractPracticeChange(input: $input) { userErrors { message } } }';
    const input = { id, expectedVersion: 2 };
    const said = await Promise.all(
      ['en', 'vi'].map((language) =>
        network.call(network.keys.funder, again, { input }, { 'accept-language': language }),
      ),
    );
    expect(said.map(({ text }) => /"message":"([^"]*)"/.exec(text)![1])).toEqual([
      'This practice change was retracted already.',
      'Thay đổi này đã được rút lại.',
    ]);
  });

  it('is also the database’s: what was published is never rewritten', async () => {
    for (const change of [`we_did = 'something else'`, `retracted_at = NULL, version = 9`, `codes = '{VIOLENCE}'`]) {
      await expect(network.sql(`UPDATE practice_changes SET ${change}`)).rejects.toMatchObject({
        constraint: 'practice_changes_only_end',
      });
    }
  });
});
