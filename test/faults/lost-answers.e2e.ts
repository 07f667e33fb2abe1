import { describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import pg from 'pg';
import { findBreaches } from '../../src/doctor/doctor.js';
import { doTheRest } from '../support/every-mutation.js';
import { LostAnswers } from '../support/lost-answers.js';
import type { LossyProxy } from '../support/lossy-proxy.js';
import { startLossyProxy } from '../support/lossy-proxy.js';
import type { Network } from '../support/network.js';
import { SealingScenes, SeededEntropy, startSealingNetwork } from '../support/statistics-scenes.js';
import { startNetwork } from '../support/network.js';
import { recordImports, tellSponsoredStory, tellWholeStory } from '../support/whole-story.js';
import { tellStewardStory } from '../support/steward-scenes.js';
import { figure, rounds } from './figures.js';

const MOST = 20;
/** From 1 to 20 at the first call of a mutation, and once at its later calls; the long form loses 20 of each call. */
const times = (turn: number, isFirst: boolean): number => rounds(isFirst ? 1 + ((turn * 7) % MOST) : 1, MOST);

const lost = new Map<string, number[]>();
let schemaMutations: string[];

/** Everything in one network, whose mutations lose their answers. */
async function withLosses(network: Network, work: (lossy: Network) => Promise<unknown>): Promise<void> {
  let proxy: LossyProxy | undefined;
  try {
    proxy = await startLossyProxy(network.url);
    const answers = new LostAnswers(network, proxy, times);
    await work(answers.lossy);
    for (const [name, counts] of answers.lost) lost.set(name, [...(lost.get(name) ?? []), ...counts]);
  } finally {
    await proxy?.stop();
    await network.stop();
  }
}
async function expectSound(network: Network): Promise<void> {
  const owner = new pg.Client({ connectionString: network.databaseUrls.owner });
  await owner.connect();
  try {
    expect((await findBreaches(owner)).filter(({ breaches }) => breaches.length > 0)).toEqual([]);
  } finally {
    await owner.end();
  }
}

describe('a mutation whose answer is lost again and again', () => {
  it(
    'is done once, and answers at last what it answered at first: in all that two networks of parties do',
    async () => {
      const network = await startNetwork();
      network.clock.set('2026-11-23T05:00:00Z');
      schemaMutations = Object.keys(network.app.get(GraphQLSchemaHost).schema.getMutationType()!.getFields());
      await withLosses(network, async (lossy) => {
        await tellWholeStory(lossy, 'funder', 'grantee');
        await recordImports(lossy);
        await tellSponsoredStory(lossy);
        await doTheRest(lossy);
        await tellStewardStory(lossy);
        await expectSound(network);
      });
    },
    rounds(900_000, 5_000_000),
  );

  it(
    'also when it seals statistics',
    async () => {
      const network = await startSealingNetwork(new SeededEntropy(7));
      const scenes = new SealingScenes(network);
      await scenes.addGrantees({ from: 1, count: 200 });
      network.clock.set('2026-04-20T00:00:00Z');
      await withLosses(network, async (lossy) => {
        expect(await new SealingScenes(lossy).seal('2026-Q1')).toMatchObject({ isDone: true, userErrors: [] });
      });
    },
    rounds(300_000, 3_000_000),
  );

  it('was each mutation of the schema', () => {
    expect([...lost.keys()].sort()).toEqual([...schemaMutations].sort());
    const counts = [...lost.values()].flat();
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([rounds(1, MOST), MOST]);
    figure('answers lost', {
      mutations: lost.size,
      calls: counts.length,
      answers: counts.reduce((sum, count) => sum + count, 0),
      'done twice': 0,
    });
  });
});
