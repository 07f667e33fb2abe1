import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import type { Report, Share } from './support/report-acts.js';
import { reportActs } from './support/report-acts.js';
import { makeAgreement, moreFunders } from './support/report-scenes.js';

let network: Network;
beforeAll(async () => {
  network = await startNetwork();
});
afterAll(() => network.stop());
const { act, write, refused, shareOf, sharesUnder, unchanged, metBy } = reportActs(() => network);

const told = (text: string): object[] => [{ prompt: 'WHAT_HAPPENED', text }];
const textsOf = (shares: Share[]): string[] => shares.map(({ sections }) => sections[0].text);
const ANSWER = { kind: 'LEARNED', text: 'We did not know that the road was cut.' };
const DAY = 86_400_000;

/** Submitted and shared on one day, corrected some days later. */
async function corrected(agreement: string, daysLater = 5): Promise<Report> {
  const report = await write('submitReport', { sections: told('Hai lớp học.'), shareWith: [agreement] });
  network.clock.set(new Date(network.clock.now().getTime() + daysLater * DAY).toISOString());
  return write('correctReport', { id: report.id, expectedVersion: 1, sections: told('Ba lớp học.') });
}

describe('a corrected report, shared again with the same agreement', () => {
  it('replaces the copy that is not answered, and owes nothing new', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee', { expects: ['2028-06-30', '2028-12-31'] });
    const report = await corrected(agreement);
    const [first] = await sharesUnder(network.keys.funder, agreement);
    expect(await metBy(agreement)).toEqual([first.id, null]);
    await write('shareReport', { id: report.id, shareWith: [agreement] });
    const seen = await sharesUnder(network.keys.funder, agreement);
    expect(textsOf(seen)).toEqual(['Ba lớp học.']);
    expect(seen[0]).toMatchObject({ version: 1, respondBy: first.respondBy, state: 'AWAITING_RESPONSE' });
    expect(seen[0].sharedAt > first.sharedAt).toBe(true);
    expect(await metBy(agreement)).toEqual([seen[0].id, null]);

    // The old id is no copy any more, and leads to the one that counts (`test/stories/corrected-copy.e2e.ts`).
    expect(await shareOf(network.keys.funder, first.id)).toMatchObject({ state: 'REPLACED', sections: [] });
    expect(await shareOf(network.keys.grantee, first.id)).toMatchObject({
      state: 'REPLACED',
      contentVersion: 1,
      unsharedAt: expect.any(String),
      expectation: null,
    });
    expect(await refused(network.keys.funder, 'respondToReport', { shareId: first.id, ...ANSWER })).toEqual([
      'NOT_FOUND shareId',
    ]);
    await unchanged(async () => {
      expect(await refused(network.keys.grantee, 'shareReport', { id: report.id, shareWith: [agreement] })).toEqual([
        'ALREADY_SHARED shareWith.0',
      ]);
    });
    // Also the other way round: the grantee decides which version a funder reads.
    await write('shareReport', { id: report.id, shareWith: [agreement], contentVersion: 1 });
    expect(textsOf(await sharesUnder(network.keys.funder, agreement))).toEqual(['Hai lớp học.']);
  });

  it('leaves overdue what is overdue', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee', { responseDays: 3 });
    const report = await corrected(agreement, 9);
    expect((await sharesUnder(network.keys.grantee, agreement))[0].isOverdue).toBe(true);
    await write('shareReport', { id: report.id, shareWith: [agreement] });
    expect(await sharesUnder(network.keys.grantee, agreement)).toMatchObject([{ isOverdue: true, contentVersion: 2 }]);
  });

  it('stands beside the copy that is answered, with a duty of its own, and is no second report', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee', { expects: ['2028-06-30', '2028-12-31'] });
    const report = await corrected(agreement);
    const [first] = await sharesUnder(network.keys.funder, agreement);
    await act(network.keys.funder, 'respondToReport', { shareId: first.id, ...ANSWER });
    await unchanged(async () => {
      const same = { id: report.id, shareWith: [agreement], contentVersion: 1 };
      expect(await refused(network.keys.grantee, 'shareReport', same)).toEqual(['ALREADY_SHARED shareWith.0']);
    });
    await write('shareReport', { id: report.id, shareWith: [agreement] });
    const seen = await sharesUnder(network.keys.funder, agreement);
    expect(textsOf(seen)).toEqual(['Ba lớp học.', 'Hai lớp học.']);
    expect(seen.map(({ state }) => state)).toEqual(['AWAITING_RESPONSE', 'ANSWERED']);
    expect(Date.parse(seen[0].respondBy) - Date.parse(first.respondBy)).toBe(5 * DAY);
    expect(await metBy(agreement)).toEqual([first.id, null]);

    const third = await write('correctReport', { id: report.id, expectedVersion: 2, sections: told('Bốn lớp học.') });
    await write('shareReport', { id: third.id, shareWith: [agreement] });
    expect(textsOf(await sharesUnder(network.keys.funder, agreement))).toEqual(['Bốn lớp học.', 'Hai lớp học.']);
    const [again] = await sharesUnder(network.keys.funder, agreement);
    expect(await act(network.keys.funder, 'respondToReport', { shareId: again.id, ...ANSWER })).toMatchObject({
      userErrors: [],
    });
    expect(third.versions.nodes.map(({ number, sections }) => [number, sections[0].text])).toEqual([
      [3, 'Bốn lớp học.'],
      [2, 'Ba lớp học.'],
      [1, 'Hai lớp học.'],
    ]);
  });

  it('comes to one end when it is answered and replaced at once', async () => {
    for (let round = 0; round < 8; round++) {
      const agreement = await makeAgreement(network, 'funder', 'grantee', { expects: ['2028-06-30'] });
      const report = await corrected(agreement);
      const [first] = await sharesUnder(network.keys.funder, agreement);
      const [{ userErrors }] = await Promise.all([
        act(network.keys.funder, 'respondToReport', { shareId: first.id, ...ANSWER }),
        write('shareReport', { id: report.id, shareWith: [agreement] }),
      ]);
      const states = (await sharesUnder(network.keys.grantee, agreement)).map(({ state }) => state);
      const wasAnswered = userErrors.length === 0;
      expect(states).toEqual(wasAnswered ? ['AWAITING_RESPONSE', 'ANSWERED'] : ['AWAITING_RESPONSE']);
      if (!wasAnswered) expect(userErrors.map(({ code }) => code)).toEqual(['NOT_FOUND']);
      expect(await metBy(agreement)).not.toEqual([null]);
    }
  });

  it('cannot be awaited twice, whatever code says', async () => {
    const agreement = await makeAgreement(network, 'funder', 'grantee');
    const report = await corrected(agreement);
    const copy = (version: number): Promise<object[]> =>
      network.sql(
        `INSERT INTO report_shares (id, grantee_id, funder_id, agreement_id, report_id, report_version, content, shared_at, respond_by, respond_by_at, state)
         SELECT gen_random_uuid(), grantee_id, funder_id, agreement_id, report_id, $2, content, shared_at, respond_by, respond_by_at, 'AWAITING_RESPONSE'
         FROM report_shares WHERE report_id = $1`,
        [report.id.slice(4), version],
      );
    await expect(copy(2)).rejects.toThrow('report_shares_one_awaited');
    await network.sql(`UPDATE report_shares SET state = 'ANSWERED' WHERE report_id = $1`, [report.id.slice(4)]);
    await expect(copy(1)).rejects.toThrow('report_shares_one_of_version');
  });
});

describe('one report for ten funders', () => {
  it('is one call, and each gets a copy of its own', async () => {
    const funders = await moreFunders(network, 10);
    const agreements: string[] = [];
    for (const { id } of funders)
      agreements.push(await makeAgreement(network, id, 'grantee', { expects: ['2028-12-31'] }));
    const own = { prompt: 'own:1', funderId: funders[3].id, text: 'Chỉ dành cho quỹ thứ tư.' };
    const prompts = [{ en: 'Who else should we meet?' }];
    await network.mutate(funders[3].key, 'setReportPrompts', { prompts, expectedVersion: 1 }, 'funder { id }');
    const input = { sections: [...told('Một lần cho tất cả.'), own], shareWith: agreements };
    const report = await write('submitReport', input);
    expect(report.shares.nodes).toHaveLength(10);
    for (const [i, { key }] of funders.entries()) {
      const [share, ...others] = await sharesUnder(key, agreements[i]);
      expect(others).toEqual([]);
      expect(share.sections).toHaveLength(i === 3 ? 2 : 1);
      expect(await metBy(agreements[i])).toEqual([share.id]);
      for (const other of agreements.filter((each) => each !== agreements[i])) {
        const query = 'query ($id: ID!) { node(id: $id) { id } }';
        expect((await network.call(key, query, { id: other })).data).toEqual({ node: null });
      }
    }
    await unchanged(async () => {
      const more = { sections: told('x'), shareWith: [...agreements, `agr_${'0'.repeat(32)}`] };
      expect(await refused(network.keys.grantee, 'submitReport', more)).toEqual(['NOT_FOUND shareWith.10']);
    });
  });
});
