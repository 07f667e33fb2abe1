import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { post } from '../support/client.js';
import { recordAgreement } from '../support/obstacle-scenes.js';
import type { ObservedNetwork } from '../support/observed-network.js';
import { startObservedNetwork } from '../support/observed-network.js';
import { mutation } from '../support/twins.js';
import { mannWhitney } from './mann-whitney.js';

/*
 * Does a caller notice by the time of its own calls that a grantee logs an obstacle meanwhile? Each class of calls is timed while a
 * grantee logs and while it saves a draft instead, by turns: two calls after one another, so that what is held until the grantee's
 * commit is met too. The statistical test is that of Mann and Whitney, two-sided, at ALPHA in all of at most LOOKS looks; it looks at
 * ranks, and turns taken share whatever else the machine does. With enough samples a difference is certain and means nothing,
 * since logging is a little more work than drafting: told apart means certain, and by more than NOTICED_MS. Sampling ends as soon as
 * that is so, or as soon as the shift lies within NOTICED_MS with 99.9 % confidence; a busy machine needs more samples, and decides alike.
 */
const ALPHA = 0.001;
const NOTICED_MS = 2.5;
const SAMPLES = 60;
const LOOKS = 8;
type Found = 'told apart' | 'not told apart';

let network: ObservedNetwork;
let planted: ObservedNetwork;
beforeAll(async () => {
  [network, planted] = await Promise.all([
    startObservedNetwork({ LOG_LEVEL: 'silent' }),
    startObservedNetwork({ LOG_LEVEL: 'silent', PLANTED_LEAKS: 'event loop' }),
  ]);
  for (const each of [network, planted]) await recordAgreement(each, 'funder', 'grantee');
}, 120_000);
afterAll(async () => {
  await network.stop();
  await planted.stop();
});

interface Call {
  readonly key: string | null;
  readonly query: string;
  readonly input: () => object | undefined;
}
let count = 0;
const unique = (): string => `timed ${++count}`;
const publish = {
  name: 'publishPracticeChange',
  input: {
    codes: ['NO_RESPONSE'],
    effectiveMonth: '2026-10-01',
    youSaid: 'You answer too late.',
    weDid: 'We answer within a week now.',
  },
};

/** What observers do, by class. */
function classes({ keys }: ObservedNetwork): Record<string, Call> {
  const read = (key: string | null, query: string): Call => ({ key, query, input: () => undefined });
  const change = (key: string, name: string, input: object): Call => ({
    ...{ key, query: mutation(name, '__typename') },
    input: () => ({ ...input, idempotencyKey: unique() }),
  });
  return {
    "a funder's list": read(keys.funder, '{ agreements { nodes { id state } } obstacles { totalCount } }'),
    "a funder's change": change(keys.funder, publish.name, publish.input),
    "a steward's feed": read(keys.steward, '{ events { nodes { id } } obstacles { totalCount } }'),
    "another grantee's change": change(keys.secondGrantee, 'draftReport', {}),
    "the public's list": read(null, '{ obstacleCodes { code } obstacleReleases { nodes { id } } }'),
  };
}

async function make({ url }: ObservedNetwork, { key, query, input }: Call): Promise<void> {
  const given = input();
  const { errors, text } = await post(url, key, query, given && { input: given });
  if (errors) throw new Error(text);
}

/** Whether the observer's two calls take another time while somebody logs than while somebody drafts. */
async function compared(on: ObservedNetwork, observed: Call): Promise<Found> {
  const acting = (name: string, input: object): Call => ({
    ...{ key: on.keys.grantee, query: mutation(name, '__typename') },
    input: () => ({ ...input, idempotencyKey: unique() }),
  });
  const obstacle = { code: 'DISBURSEMENT_DELAY', tier: 'AGGREGATE_ONLY', beganMonth: '2026-10-01', text: 'Late.' };
  const acts = [
    acting('draftReport', { sections: [{ prompt: 'LEARNED', text: 'Late.' }] }),
    acting('logObstacle', { ...obstacle, funderId: on.ids.funder }),
  ];
  const times: [number[], number[]] = [[], []];
  for (let look = 1; look <= LOOKS; look++) {
    for (let i = 0; i < SAMPLES; i++) {
      for (const which of i % 2 === 0 ? [0, 1] : [1, 0]) {
        const act = make(on, acts[which]);
        const begun = performance.now();
        await make(on, observed);
        await make(on, observed);
        times[which].push(performance.now() - begun);
        await act;
      }
    }
    const { p, shift, interval } = mannWhitney(...times);
    if (p < ALPHA / LOOKS && Math.abs(shift) > NOTICED_MS) return 'told apart';
    if (interval[0] > -NOTICED_MS && interval[1] < NOTICED_MS) return 'not told apart';
  }
  return 'not told apart';
}

const CLASSES = [
  "a funder's list",
  "a funder's change",
  "a steward's feed",
  "another grantee's change",
  "the public's list",
];
const LONG = 300_000;

describe('how long calls take', () => {
  it.each(CLASSES)(
    'tells nobody that a grantee logs an obstacle meanwhile: %s',
    async (name) => {
      expect(await compared(network, classes(network)[name])).toBe('not told apart' satisfies Found);
    },
    LONG,
  );

  it.each(["a funder's list", "another grantee's change"])(
    'would tell if logging stopped the process for 5 ms: %s',
    async (name) => {
      expect(await compared(planted, classes(planted)[name])).toBe('told apart' satisfies Found);
    },
    LONG,
  );

  it(
    'would tell a funder if logging held a lock for 5 ms that its own changes need',
    async () => {
      await network.sql(PLANTED_LOCK);
      expect(await compared(network, classes(network)["a funder's change"])).toBe('told apart' satisfies Found);
    },
    LONG,
  );
});

const PLANTED_LOCK = `
  CREATE FUNCTION watched.take_lock() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM pg_advisory_xact_lock(4711);
    IF TG_TABLE_SCHEMA = 'obstacles' THEN PERFORM pg_sleep(0.005); END IF;
    RETURN NEW;
  END $$;
  GRANT USAGE ON SCHEMA watched TO PUBLIC;
  CREATE TRIGGER take_lock BEFORE INSERT ON obstacles.entries FOR EACH ROW EXECUTE FUNCTION watched.take_lock();
  CREATE TRIGGER take_lock BEFORE INSERT ON practice_changes FOR EACH ROW EXECUTE FUNCTION watched.take_lock()`;
