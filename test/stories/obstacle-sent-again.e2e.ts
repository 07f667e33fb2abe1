import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { agreementScenes } from '../support/agreement-scenes.js';
import type { Network } from '../support/network.js';
import { startNetwork } from '../support/network.js';
import { ABOUT_FUNDER, ObstacleCalls } from '../support/obstacle-scenes.js';
import { stopSound } from '../support/sound-network.js';
import { suggestionScenes } from '../support/suggestion-scenes.js';

/*
 * From the domain: a portal that was offline sends its own permanent id, and sending it again, even months later, answers the
 * first. Nothing happened then, so nothing is told of it: the owner's own stream of events has no gap.
 */
let network: Network;
let calls: ObstacleCalls;
let agreementId: string;
beforeAll(async () => {
  network = await startNetwork();
  calls = new ObstacleCalls(network);
  network.clock.set('2027-01-04T05:00:00Z');
  agreementId = (await agreementScenes(() => network).active()).id as string;
  network.clock.set('2027-02-20T05:00:00Z');
});
afterAll(() => stopSound(network));
const suggestions = suggestionScenes(() => network);

it.each(['AGGREGATE_ONLY', 'CONFIDENTIAL', 'SHARED'])(
  'an obstacle, %s, is there once, and is told of once',
  async (tier) => {
    const before = await told();
    const input = {
      ...ABOUT_FUNDER,
      agreementId,
      tier,
      clientSubmissionId: `offline ${tier}`,
      beganMonth: '2027-01-01',
    };
    const first = await calls.log(input);
    for (let i = 0; i < 3; i++) expect((await calls.log(input)).id).toBe(first.id);
    await calls.act(network.keys.grantee, 'logObstacle', { ...input, text: 'It was otherwise.' });
    expect(await told()).toBe(before + 1);
  },
);

it('a suggestion likewise', async () => {
  const before = await told();
  const [{ id }] = await suggestions.of('DISBURSEMENT_DELAY');
  for (let i = 0; i < 3; i++) await suggestions.done('logSuggestedObstacle', { id, tier: 'CONFIDENTIAL' });
  expect(await told()).toBe(before + 1);
});

async function told(): Promise<number> {
  const { data } = await network.call(network.keys.grantee, '{ obstacleEvents(first: 100) { nodes { id } } }');
  return (data as { obstacleEvents: { nodes: object[] } }).obstacleEvents.nodes.length;
}
