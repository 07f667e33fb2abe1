import { daysAfter } from './days.js';
import type { Scene } from './scene.js';

interface Obstacle {
  id: string;
  version: number;
  tier: string;
  state: string;
  code: string;
  text: string;
  respondBy: string | null;
  response: { text: string; changeBy: string } | null;
}
const FIELDS = 'id version tier state code text respondBy response { text changeBy }';
const OBSTACLE = `obstacle { ${FIELDS} }`;
const LOOK = `query ($id: ID!) { obstacle(id: $id) { ${FIELDS} } node(id: $id) { id } obstacles(first: 100) { nodes { id } }
  events(last: 100) { nodes { subjectId } } }`;
interface Look {
  obstacle: Obstacle | null;
  node: { id: string } | null;
  obstacles: { nodes: { id: string }[] };
  events: { nodes: { subjectId: string }[] };
}

/** Logged in confidence, opened when the grantee chooses, answered by the funder, resolved by the grantee's word. */
export async function playObstacle({ cast, say, today, run }: Scene, agreementId: string): Promise<string> {
  const { funder, grantee } = cast;

  say.step('The grantee logs what the funder makes harder, in confidence. The funder sees nothing at all.');
  const text =
    'You ask for the same figures as our other funder, in a spreadsheet of your own. It takes three days a year.';
  const { obstacle: logged } = await grantee.act<{ obstacle: Obstacle }>(
    'logObstacle',
    {
      ...{ code: 'DUPLICATE_REQUEST', otherCodes: ['BESPOKE_FORMAT'], tier: 'CONFIDENTIAL', beganMonth: today, text },
      ...{ agreementId, impact: { hoursLost: 24 }, clientSubmissionId: `portal-${run}` },
    },
    OBSTACLE,
  );
  const { id } = logged;
  say.call('grantee', 'logObstacle', `${logged.state}, ${logged.tier}: ${logged.code}`);
  const look = async (): Promise<Look> => funder.ask<Look>(LOOK, { id });
  const hidden = await look();
  const isListed = hidden.obstacles.nodes.some((one) => one.id === id);
  const isTold = hidden.events.nodes.some(({ subjectId }) => subjectId === id);
  const isHidden = !hidden.obstacle && !hidden.node && !isListed && !isTold;
  say.call(
    'funder',
    'obstacle(id), node(id)',
    isHidden ? 'null, null; nothing among its obstacles, no event' : 'seen (!)',
  );

  say.step('The grantee decides to show it. From now on the funder owes an answer.');
  const opening = { id, tier: 'SHARED', expectedVersion: logged.version, idempotencyKey: run };
  const { obstacle: shared } = await grantee.act<{ obstacle: Obstacle }>('openObstacleTier', opening, OBSTACLE);
  say.call('grantee', 'openObstacleTier', `${shared.state}, ${shared.tier}; an answer is due by ${shared.respondBy}`);
  const seen = (await look()).obstacle!;
  say.call('funder', 'obstacle(id)', `“${seen.text}”`);
  const answer = {
    text: 'We take the figures you send your other funder, as they are.',
    changeBy: daysAfter(today, 30),
  };
  const { obstacle: answered } = await funder.act<{ obstacle: Obstacle }>(
    'respondToObstacle',
    { id, expectedVersion: seen.version, ...answer, idempotencyKey: run },
    OBSTACLE,
  );
  say.call('funder', 'respondToObstacle', `${answered.state}: “${answer.text}” By ${answered.response!.changeBy}.`);

  say.step('Whether that resolved it is for the grantee to say.');
  const attempt = { id, expectedVersion: answered.version };
  const code = await funder.turnedAway('resolveObstacle', attempt);
  say.call('funder', 'resolveObstacle', code === null ? 'done (!)' : `refused: ${code}`);
  const { obstacle: current } = await grantee.ask<{ obstacle: Obstacle }>(LOOK, { id });
  const { obstacle: resolved } = await grantee.act<{ obstacle: Obstacle }>(
    'resolveObstacle',
    { id, expectedVersion: current.version, idempotencyKey: run },
    OBSTACLE,
  );
  say.call('grantee', 'resolveObstacle', resolved.state);
  return id;
}
