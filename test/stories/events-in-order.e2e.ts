import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { amendmentScenes, answer, idOf } from '../support/amendment-scenes.js';
import type { Network } from '../support/network.js';
import { FrozenClock, startNetwork } from '../support/network.js';

/*
 * From the design: the network's events are one feed, in one order, without gaps. Whoever reads it and does what it says in
 * that order meets no effect before its cause.
 */
let network: Network;
beforeAll(async () => {
  network = await startNetwork({ clock: new FrozenClock(new Date('2027-03-01T05:00:00Z')) });
});
afterAll(() => network.stop());
beforeEach(() => network.clock.set('2027-03-01T05:00:00Z'));

const scenes = amendmentScenes(() => network);

/* eslint-disable @typescript-eslint/no-explicit-any -- What a query answers depends on the query. */
/** The amendments' events in the feed of a key, of these amendments. */
async function told(key: string, ids: readonly string[]): Promise<string[]> {
  const query =
    'query ($after: String) { events(first: 100, after: $after) { nodes { type subjectId } pageInfo { endCursor hasNextPage } } }';
  const nodes: any[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { data, errors } = await network.call(key, query, { after });
    if (errors) throw new Error(JSON.stringify(errors));
    nodes.push(...data.events.nodes);
    ({ endCursor: after, hasNextPage: more } = data.events.pageInfo);
  }
  return nodes.filter(({ subjectId }) => ids.includes(subjectId)).map(({ type }) => type as string);
}

it('of one instant are told as they were done', async () => {
  let agreement = await scenes.active();
  const ids: string[] = [];
  for (let years = 0; years < 6; years++) {
    const change = { kind: 'EXTEND_TERM', endsOn: `${2029 + years}-12-31` };
    ids.push((await scenes.done(network.keys.funder, 'proposeAmendment', { ...idOf(agreement), ...change })).id);
    agreement = await scenes.read(network.keys.funder, agreement.id);
  }
  for (const key of [network.keys.funder, network.keys.grantee, network.keys.steward]) {
    expect(await told(key, ids)).toEqual(Array(6).fill(['AMENDMENT_PROPOSED', 'AMENDMENT_ACCEPTED']).flat());
  }
});

it('are told as they were done when the node that did the second has a clock that is behind', async () => {
  const agreement = await scenes.active();
  const proposed = await scenes.done(
    network.keys.funder,
    'proposeAmendment',
    scenes.reduceSecond(agreement, '500.00', '2028-03-20'),
  );
  network.clock.set('2027-03-01T04:59:30Z');
  await scenes.done(network.keys.grantee, 'acceptAmendment', answer(proposed));
  network.clock.set('2027-03-01T05:00:01Z');
  expect(await told(network.keys.funder, [proposed.id])).toEqual(['AMENDMENT_PROPOSED', 'AMENDMENT_ACCEPTED']);
});
