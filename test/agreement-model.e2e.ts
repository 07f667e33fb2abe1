import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { findBreaches } from '../src/doctor/doctor.js';
import { AgreementModel } from './support/agreement-model/agreement-model.js';
import { AgreementSystem, dayText } from './support/agreement-model/agreement-system.js';
import type { Step } from './support/agreement-model/commands.js';
import { begins, firstParts, negotiating, underWay } from './support/agreement-model/commands.js';
import { compare, learn } from './support/agreement-model/comparison.js';
import type { Day } from './support/agreement-model/money-model.js';
import type { Network } from './support/network.js';
import { startNetwork } from './support/network.js';

const SEQUENCES = Number(process.env.MODEL_SEQUENCES ?? 1000);
/** The doctor reads all there is after each sequence, so that a new network now and then keeps that short. */
const A_NETWORK = 100;
const FIRST_DAY = Date.UTC(2027, 0, 4) / 86_400_000;
/** The same each time, so that what was green stays green; `MODEL_SEED=0` takes another, and any number takes that one. */
const SEED = Number(process.env.MODEL_SEED ?? 20_261_125) || Date.now() % 2 ** 31;

let network: Network;
let owner: pg.Client;
let today: Day;
let played = 0;
const seen = new Map<string, number>();

async function renew(): Promise<void> {
  await owner?.end();
  await network?.stop();
  network = await startNetwork();
  owner = new pg.Client({ connectionString: network.databaseUrls.owner });
  await owner.connect();
  today = FIRST_DAY;
}
beforeAll(renew);
afterAll(async () => {
  await owner.end();
  await network.stop();
});

/** Noon in Asia/Ho_Chi_Minh, where the agreement's days end. */
const setClock = (): void => network.clock.set(`${dayText(today)}T05:00:00Z`);

async function play(
  first: 'DRAFT' | 'OFFERED' | 'ACTIVE',
  parts: readonly number[],
  steps: readonly Step[],
): Promise<void> {
  setClock();
  const system = await AgreementSystem.draft(network, today, parts);
  const expectation = { dueOn: today + 364, movedTo: null, isWaived: false };
  const model = new AgreementModel(today, AgreementModel.terms(today, parts), expectation);
  const plain = { isStale: false };
  const offer: Step = { do: 'offer', by: 'funder', ...plain };
  const accept: Step = { do: 'accept', by: 'grantee', ...plain, isOld: false };
  const prefix = { DRAFT: [], OFFERED: [offer], ACTIVE: [offer, accept] }[first];
  learn(model, (system.view = await system.read('funder')));
  for (const step of [...prefix, ...steps]) {
    if (step.do === 'wait') {
      for (let day = 1; day <= step.days; day++) model.pass(today + day);
      today += step.days;
      setClock();
    } else if (step.do === 'runJobs') {
      // Whether they run or not makes no difference to what anybody reads.
      await system.runJobs(uuidOf(system.id));
    } else {
      const told = await system.attempt(step, model, today);
      const expected = model.attempt(step, today);
      const what = 'kind' in step ? ` ${step.kind}` : 'how' in step ? ` ${step.how}` : '';
      const outcome = `${step.do}${what}: ${expected ?? 'done'}`;
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      expect({ step, verdict: told }).toEqual({ step, verdict: expected });
      if (told === 'NOTHING') continue;
    }
    const [ofFunder, ofGrantee] = await Promise.all([system.read('funder'), system.read('grantee')]);
    learn(model, ofFunder);
    compare(model, ofFunder, ofGrantee, today, step);
    if (step.do === 'revise') expect({ step, view: ofGrantee }).toEqual({ step, view: system.granteesView });
    if (ofFunder === null) break;
    system.view = ofFunder;
    system.granteesView = ofGrantee;
  }
  const breaches = (await findBreaches(owner)).filter((finding) => finding.breaches.length > 0);
  expect(breaches).toEqual([]);
}

const uuidOf = (id: string): string => id.slice(4).replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

const sequence = begins.chain((first) =>
  fc.tuple(
    fc.constant(first),
    firstParts,
    first === 'ACTIVE' ? underWay : fc.tuple(negotiating, underWay).map((all) => all.flat()),
  ),
);

it(
  `an agreement is what ${SEQUENCES} random sequences of commands make of a simple model, seed ${SEED}`,
  async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async ([first, parts, steps]) => {
        if (++played % A_NETWORK === 0) await renew();
        await play(first, parts, steps);
      }),
      { numRuns: SEQUENCES, seed: SEED, endOnFailure: false },
    );
    if (process.env.MODEL_REPORT)
      console.log(
        [...seen]
          .sort()
          .map(([what, count]) => `${count} ${what}`)
          .join('\n'),
      );
  },
  SEQUENCES * 2_000,
);
