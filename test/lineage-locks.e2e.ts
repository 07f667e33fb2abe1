import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LOCK_CLASSES } from '../src/platform/db/advisory-locks.js';
import { callerOf } from './support/database-callers.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';
import { HIDDEN, ObstacleCalls } from './support/obstacle-scenes.js';
import type { Standing } from './support/standing-call.js';
import { StandingCalls } from './support/standing-call.js';
import { suggestionScenes } from './support/suggestion-scenes.js';

let network: Network;
let calls: ObstacleCalls;
let standing: StandingCalls;
const suggestions = suggestionScenes(() => network);
beforeAll(async () => {
  network = await startNetwork();
  calls = new ObstacleCalls(network);
  standing = new StandingCalls(network);
  await standing.connect();
  await suggestions.trouble();
});
afterAll(async () => {
  await standing.disconnect();
  await network.stop();
});

const AGGREGATE = { ...HIDDEN, tier: 'AGGREGATE_ONLY' };
const CONFIDENTIAL = { ...HIDDEN, tier: 'CONFIDENTIAL' };

interface EventsPage {
  readonly types: string[];
  readonly ids: string[];
  readonly end: string | null;
}
/** The owner's stream after a place, to its end. */
async function events(key: string, after: string | null = null): Promise<EventsPage> {
  const { data, errors } = await network.call(
    key,
    'query ($after: String) { obstacleEvents(first: 100, after: $after) { nodes { id type } pageInfo { endCursor } } }',
    { after },
  );
  expect(errors).toBeUndefined();
  const { nodes, pageInfo } = (
    data as { obstacleEvents: { nodes: { id: string; type: string }[]; pageInfo: { endCursor: string | null } } }
  ).obstacleEvents;
  return {
    types: nodes.map(({ type }) => type),
    ids: nodes.map(({ id }) => id),
    end: pageInfo.endCursor ?? after,
  };
}

/** What a line of keys does to entries that nobody else can read. Each makes what it needs, and answers the act itself. */
const ACTS: Record<string, (key: string) => Promise<(idempotencyKey: string) => Promise<unknown>>> = {
  logObstacle: async (key) => (idempotencyKey) =>
    calls.log({ ...AGGREGATE, clientSubmissionId: 'the same for all', idempotencyKey }, key),
  resolveObstacle: async (key) => {
    const { id } = await calls.log(AGGREGATE, key);
    return (idempotencyKey) => calls.done(key, 'resolveObstacle', { id, expectedVersion: 1, idempotencyKey });
  },
  reopenObstacle: async (key) => {
    const { id } = await calls.log(AGGREGATE, key);
    await calls.done(key, 'resolveObstacle', { id, expectedVersion: 1 });
    return (idempotencyKey) => calls.done(key, 'reopenObstacle', { id, expectedVersion: 2, idempotencyKey });
  },
  withdrawObstacle: async (key) => {
    const { id } = await calls.log(AGGREGATE, key);
    return (idempotencyKey) => calls.done(key, 'withdrawObstacle', { id, expectedVersion: 1, idempotencyKey });
  },
  logSuggestedObstacle: async (key) => {
    const [{ id }] = (await suggestions.page(key)).nodes;
    return (idempotencyKey) =>
      suggestions.done('logSuggestedObstacle', { id, tier: 'AGGREGATE_ONLY', idempotencyKey }, key);
  },
  dismissSuggestion: async (key) => {
    const [{ id }] = (await suggestions.page(key)).nodes;
    return (idempotencyKey) => suggestions.done('dismissSuggestion', { id, idempotencyKey }, key);
  },
};
/** Ends what is for the line alone: the whole organization reads the entry from then on. */
const OPENING = async (key: string) => {
  const { id } = await calls.log(AGGREGATE, key);
  const input = { id, tier: 'CONFIDENTIAL', expectedVersion: 1 };
  return (idempotencyKey: string) => calls.done(key, 'openObstacleTier', { ...input, idempotencyKey });
};

async function stand(name: string, key: string): Promise<Standing<unknown>> {
  const act = await (name === 'openObstacleTier' ? OPENING : ACTS[name])(key);
  return standing.stand(key, name, act);
}

/** All that another line of the same organization reads, and does among its own. */
async function liveOn(key: string, held: Standing<unknown>): Promise<void> {
  const alone = <T>(what: string, work: () => Promise<T>): Promise<T> => standing.withoutWaiting(held, what, work);
  await alone('obstacles', () => calls.list(key));
  await alone('obstacleEvents', () => events(key));
  await alone('obstacleSuggestions', () => suggestions.page(key));
  for (const name of Object.keys(ACTS)) {
    const act = await alone(`what comes before ${name}`, () => ACTS[name](key));
    await alone(name, () => act(`while another stands in ${held.pid}`));
  }
}
/** What the whole organization reads. */
async function liveOpenly(key: string, held: Standing<unknown>): Promise<void> {
  const alone = <T>(what: string, work: () => Promise<T>): Promise<T> => standing.withoutWaiting(held, what, work);
  const { id } = await alone('logging in confidence', () => calls.log(CONFIDENTIAL, key));
  await alone('resolving', () => calls.done(key, 'resolveObstacle', { id, expectedVersion: 1 }));
  const opening = await alone('what comes before opening', () => OPENING(key));
  await alone('opening', () => opening('open'));
}

describe('what a line of keys does to entries for statistics alone', () => {
  it.each(Object.keys(ACTS))('is waited for by no other line of the organization: %s', async (name) => {
    const [own, other] = [await suggestions.issue('own'), await suggestions.issue('other')];
    const held = await stand(name, own);
    try {
      await liveOn(other, held);
      await liveOpenly(other, held);
    } finally {
      await held.end();
    }
  });

  it.each([...Object.keys(ACTS), 'openObstacleTier'])('locks nothing but its own: %s', async (name) => {
    const [own, other] = [await suggestions.issue('own'), await suggestions.issue('other')];
    // Rows that there are already can be locked.
    await calls.log(AGGREGATE, own);
    await calls.log(CONFIDENTIAL, other);
    const { lineageId, organizationId } = await callerOf(network, own);
    const held = await stand(name, own);
    try {
      // The sealer of events, which runs each second, takes what waits in the queue: that of other events, told to other readers.
      const rows = (await standing.lockedRows()).filter(({ table }) => table !== 'public.event_queue');
      const readers = rows.map(({ table, row }) => [table, row.reader_id]);
      const ofOrganization = name === 'openObstacleTier' ? [['obstacles.streams', organizationId]] : [];
      for (const reader of readers)
        expect([['obstacles.entries', lineageId], ['obstacles.streams', lineageId], ...ofOrganization]).toContainEqual(
          reader,
        );
      expect(readers.length > 0).toBe(name !== 'dismissSuggestion');

      const locks = await standing.locks(held);
      expect(
        locks.filter(({ type }) => !['relation', 'virtualxid', 'transactionid', 'advisory'].includes(type)),
      ).toEqual([]);
      const relations = locks.filter(({ type }) => type === 'relation');
      for (const { mode } of relations) expect(['AccessShareLock', 'RowShareLock', 'RowExclusiveLock']).toContain(mode);
      const advisory = locks.filter(({ type }) => type === 'advisory');
      for (const { classid, mode } of advisory)
        expect([
          [LOCK_CLASSES.STATISTICS, 'ShareLock'],
          [LOCK_CLASSES.HIDDEN_OUTCOME, 'ExclusiveLock'],
          [LOCK_CLASSES.HIDDEN_STREAM, 'ExclusiveLock'],
        ]).toContainEqual([classid, mode]);
    } finally {
      await held.end();
    }
  });

  it('takes other numbers of the same classes for another line', async () => {
    const numbers = [];
    for (const label of ['one', 'two']) {
      const held = await stand('logObstacle', await suggestions.issue(label));
      const advisory = (await standing.locks(held)).filter(
        ({ mode, type }) => type === 'advisory' && mode === 'ExclusiveLock',
      );
      numbers.push(...advisory.map(({ classid, objid }) => `${classid} ${objid}`));
      await held.end();
    }
    expect(numbers).toHaveLength(4);
    expect(new Set(numbers).size).toBe(4);
  });

  it('keeps nobody from logging the same suggestion for more people', async () => {
    const [own, other] = [await suggestions.issue('own'), await suggestions.issue('other')];
    const [{ id }] = (await suggestions.page(other)).nodes;
    const held = await stand('logSuggestedObstacle', own);
    try {
      const log = () => suggestions.done('logSuggestedObstacle', { id, tier: 'CONFIDENTIAL' }, other);
      await standing.withoutWaiting(held, 'logging in confidence', log);
    } finally {
      await held.end();
    }
  });

  it('leaves the reading of other lines alone while it is opened to the organization', async () => {
    const [own, other] = [await suggestions.issue('own'), await suggestions.issue('other')];
    const held = await stand('openObstacleTier', own);
    try {
      await liveOn(other, held);
    } finally {
      await held.end();
    }
  });
});

describe('the stream of a line of keys', () => {
  it.each(['first', 'second'])('skips no event that is committed after a later one: its %s', async (which) => {
    const [own, other] = [await suggestions.issue('own'), await suggestions.issue('other')];
    if (which === 'second') await calls.log(AGGREGATE, own);
    const start = (await events(own)).end;
    const held = await stand('logObstacle', own);
    await calls.log(CONFIDENTIAL, other);
    let isRead = false;
    const reading = events(own, start).finally(() => (isRead = true));
    // Whoever does not wait has read here, before the earlier event is committed.
    await standing.blockedBy(held.pid, () => isRead);
    await held.end();
    const first = await reading;
    const rest = await events(own, first.end);
    const whole = (await events(own, start)).ids;
    expect(whole).toHaveLength(2);
    expect([...first.ids, ...rest.ids]).toEqual(whole);
  });

  it('skips nothing among many, in whatever order they are committed', async () => {
    const [own, other] = [await suggestions.issue('own'), await suggestions.issue('other')];
    const start = (await events(own)).end;
    let isOver = false;
    const followed: string[] = [];
    const follow = async (): Promise<void> => {
      let after = start;
      for (let last = false; !last;) {
        last = isOver;
        const page = await events(own, after);
        followed.push(...page.ids);
        after = page.end;
      }
    };
    const following = follow();
    const log = (input: object, key: string, times: number): Promise<unknown> =>
      Promise.all(Array.from({ length: times }, () => calls.log(input, key)));
    const held = await stand('withdrawObstacle', own);
    await log(CONFIDENTIAL, other, 3);
    await held.end();
    for (let round = 0; round < 8; round++) {
      // One of the line's stands, others are committed before it, and one waits for it.
      const stands = await standing.stand(own, 'logObstacle', (idempotencyKey) =>
        calls.log({ ...AGGREGATE, idempotencyKey }, own),
      );
      const waits = log(AGGREGATE, own, 1);
      await log(CONFIDENTIAL, other, 1 + (round % 3));
      await log(AGGREGATE, other, 1);
      await stands.end();
      await Promise.all([waits, log(CONFIDENTIAL, own, 2), log(CONFIDENTIAL, other, 2), log(AGGREGATE, own, 2)]);
    }
    isOver = true;
    await following;
    const whole = [];
    for (let page = await events(own, start); page.ids.length > 0; page = await events(own, page.end))
      whole.push(...page.ids);
    expect(followed).toEqual(whole);
    // 2 and 4 a round that the line has for itself; 3, and 5 to 7 a round, that all may read.
    expect(whole).toHaveLength(84);
  });
});
