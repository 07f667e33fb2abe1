import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { amendmentScenes, answer, idOf } from '../support/amendment-scenes.js';
import { missedDutyScenes } from '../support/missed-duty-scenes.js';
import { moneyScenes } from '../support/money-scenes.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import { addSponsorship, sponsorScenes } from '../support/sponsor-scenes.js';

/*
 * From the domain: "complete: term over, every installment received or cancelled"; "end early: an accepted END_EARLY
 * amendment". Both come with the clock. A list that is asked for a state has what shows that state, whether or not a job
 * has written it: here no job runs until the end.
 */
let network: Network;
let funder: string;
let grantee: string;
let steward: string;
const scenes = amendmentScenes(() => network);
const payments = moneyScenes(() => network, scenes);
const TERM = { startsOn: '2026-12-01', endsOn: '2027-03-31', expectations: [] };
const installments = [{ dueOn: '2026-12-15', amount: { amount: '1000.00', currency: 'USD' } }];
/** In the order they were made: one that is complete with its term, one that ends early, one that goes on, and again. */
const made: Record<'COMPLETED' | 'RELEASED' | 'ACTIVE', string[]> = { COMPLETED: [], RELEASED: [], ACTIVE: [] };
const order: string[] = [];

/* eslint-disable @typescript-eslint/no-explicit-any -- What a query answers depends on the query. */
beforeAll(async () => {
  network = await startNetwork();
  ({ funder, grantee, steward } = network.keys);
  network.clock.set('2026-11-23T05:00:00Z');
  for (let round = 0; round < 3; round++) {
    const paid = await scenes.active({ ...TERM, installments });
    await payments.received(paid.installments[0].id, '1000.00', '2026-11-23', '2026-11-23');
    made.COMPLETED.push(paid.id);
    const ending = await scenes.active();
    const input = { ...idOf(ending), kind: 'RELEASE', effectiveOn: '2027-03-01', waiveNotice: true };
    const proposed = await scenes.done(funder, 'proposeAmendment', input);
    await scenes.done(grantee, 'acceptAmendment', answer(proposed, { waiveNotice: true }));
    made.RELEASED.push(ending.id);
    made.ACTIVE.push((await scenes.active()).id);
    order.push(paid.id, ending.id, made.ACTIVE[round]);
    network.clock.set(`2026-11-23T06:0${round}:00Z`);
  }
});
afterAll(() => network.stop());

const DIRECTION = 'orderBy: { field: CREATED_AT, direction: ASC }';
async function listed(key: string, states: string, page = 'first: 50'): Promise<any> {
  const query = `{ agreements(filter: { state: { in: [${states}] } }, ${DIRECTION}, ${page}) {
    totalCount edges { cursor } nodes { id state } pageInfo { hasNextPage hasPreviousPage } } }`;
  const { data, errors, text } = await network.call(key, query);
  if (errors) throw new Error(text);
  return data.agreements;
}
const ids = (list: any): string[] => list.nodes.map(({ id }: any) => id);

async function isAsShown(key: string): Promise<void> {
  for (const state of ['COMPLETED', 'RELEASED', 'ACTIVE'] as const) {
    const list = await listed(key, state);
    expect([state, ids(list), list.totalCount]).toEqual([state, made[state], 3]);
    expect(new Set(list.nodes.map((one: any) => one.state))).toEqual(new Set([state]));
  }
}

describe('before anything is over', () => {
  it('all are active', async () => {
    expect(ids(await listed(funder, 'ACTIVE'))).toEqual(order);
    for (const state of ['COMPLETED', 'RELEASED']) expect(await listed(funder, state)).toMatchObject({ totalCount: 0 });
  });
});

describe('once the term is over, and the day of an early end has come', () => {
  beforeAll(() => network.clock.set('2027-03-31T17:00:01Z'));

  it('each is in the list of the state that it shows, to both parties and the steward', async () => {
    for (const key of [funder, grantee, steward]) await isAsShown(key);
  });

  it('several states together are one list, in its order', async () => {
    expect(ids(await listed(grantee, 'COMPLETED, RELEASED'))).toEqual(order.filter((id) => !made.ACTIVE.includes(id)));
    expect(ids(await listed(grantee, 'ACTIVE, COMPLETED'))).toEqual(order.filter((id) => !made.RELEASED.includes(id)));
    expect(ids(await listed(grantee, 'ACTIVE, COMPLETED, RELEASED'))).toEqual(order);
  });

  it.each([
    ['COMPLETED', 1],
    ['COMPLETED, RELEASED', 2],
    ['ACTIVE, RELEASED', 4],
    ['ACTIVE, COMPLETED, RELEASED', 2],
  ])('pages of %s, %s at a time, are exact forwards and backwards', async (states, size) => {
    for (const key of [funder, grantee, steward]) {
      const whole = ids(await listed(key, states));
      const read = async (first: boolean): Promise<string[]> => {
        const found: string[] = [];
        let cursor: string | null = null;
        for (;;) {
          const from: string = cursor === null ? '' : `, ${first ? 'after' : 'before'}: "${cursor}"`;
          const page = await listed(key, states, `${first ? 'first' : 'last'}: ${size}${from}`);
          found[first ? 'push' : 'unshift'](...ids(page));
          expect(page.totalCount).toBe(whole.length);
          const { hasNextPage, hasPreviousPage } = page.pageInfo;
          const [goesOn, cameFrom] = first ? [hasNextPage, hasPreviousPage] : [hasPreviousPage, hasNextPage];
          expect([found.length < whole.length, cursor !== null]).toEqual([goesOn, cameFrom]);
          if (!goesOn) return found;
          cursor = (first ? page.edges.at(-1) : page.edges[0]).cursor;
        }
      };
      expect(await read(true)).toEqual(whole);
      expect(await read(false)).toEqual(whole);
    }
  });

  it('below a funder and a grantee the lists are the same', async () => {
    const list = `agreements(filter: { state: { in: [COMPLETED, RELEASED] } }, ${DIRECTION}) { totalCount nodes { id } }`;
    for (const [key, side] of [
      [funder, 'asFunder'],
      [grantee, 'asGrantee'],
    ]) {
      const { data, errors } = await network.call(key, `{ viewer { ${side} { ${list} } } }`);
      expect(errors).toBeUndefined();
      const { agreements } = data.viewer[side];
      expect([side, ids(agreements), agreements.totalCount]).toEqual([
        ...[side, order.filter((id) => !made.ACTIVE.includes(id)), 6],
      ]);
    }
  });

  it('nobody else is told of them', async () => {
    for (const key of [network.keys.secondFunder, network.keys.secondGrantee])
      for (const state of ['COMPLETED', 'RELEASED', 'ACTIVE'])
        expect(await listed(key, state)).toMatchObject({ totalCount: 0, nodes: [] });
  });

  it('a cursor from before a job has written it goes on afterwards', async () => {
    const [{ cursor }] = (await listed(funder, 'COMPLETED, RELEASED', 'first: 1')).edges;
    const { writeWhatIsDue } = missedDutyScenes(() => network);
    for (const id of made.RELEASED) await writeWhatIsDue(id);
    await network.app.get(Jobs).runScheduled('complete_agreements');
    expect(await network.sql(`SELECT DISTINCT state FROM agreements ORDER BY state`)).toEqual(
      ['ACTIVE', 'COMPLETED', 'RELEASED'].map((state) => ({ state })),
    );
    for (const key of [funder, grantee, steward]) await isAsShown(key);
    const rest = order.filter((id) => !made.ACTIVE.includes(id)).slice(1);
    expect(ids(await listed(funder, 'COMPLETED, RELEASED', `first: 50, after: "${cursor}"`))).toEqual(rest);
  });

  it('a fiscal sponsor finds its projects by the state that they show', async () => {
    network.clock.set('2026-11-23T07:00:00Z');
    const sponsors = sponsorScenes(() => network, scenes);
    const sponsorship = await addSponsorship(network);
    const goesOn = await sponsors.active(sponsorship);
    const ending = await sponsors.active(sponsorship);
    const input = { ...idOf(ending), kind: 'RELEASE', effectiveOn: '2027-03-01', waiveNotice: true };
    const proposed = await scenes.done(funder, 'proposeAmendment', input);
    const agreed = await scenes.done(sponsorship.sponsor.key, 'acceptAmendment', answer(proposed));
    await scenes.done(sponsorship.group.key, 'acceptAmendment', answer(agreed, { waiveNotice: true }));
    const of = async (state: string): Promise<string[]> => {
      const list = `sponsoredAgreements(filter: { state: { in: [${state}] } }) { nodes { id state } }`;
      const { data } = await network.call(sponsorship.sponsor.key, `{ viewer { asGrantee { ${list} } } }`);
      return ids(data.viewer.asGrantee.sponsoredAgreements);
    };
    expect([await of('RELEASED'), await of('ACTIVE')]).toEqual([[], [ending.id, goesOn.id]]);
    network.clock.set('2027-03-31T17:00:01Z');
    expect([await of('RELEASED'), await of('ACTIVE')]).toEqual([[ending.id], [goesOn.id]]);
    const { writeWhatIsDue } = missedDutyScenes(() => network);
    await writeWhatIsDue(ending.id);
    expect([await of('RELEASED'), await of('ACTIVE')]).toEqual([[ending.id], [goesOn.id]]);
  });
});
