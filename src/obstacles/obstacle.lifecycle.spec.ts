import { describe, expect, it } from '@jest/globals';
import type { ObstacleCommand, ObstacleState, Tier } from './obstacle.lifecycle.js';
import {
  OBSTACLE_COMMAND_NAMES,
  OBSTACLE_STATES,
  TIERS,
  availableActions,
  decide,
  opens,
} from './obstacle.lifecycle.js';

const no = null;
const SHARED: Record<Exclude<ObstacleCommand, 'OPEN_TIER'>, Partial<Record<ObstacleState, ObstacleState | null>>> = {
  ACKNOWLEDGE: { OPEN: 'ACKNOWLEDGED', ACKNOWLEDGED: no, ANSWERED: no, RESOLVED: no, WITHDRAWN: no },
  RESPOND: { OPEN: 'ANSWERED', ACKNOWLEDGED: 'ANSWERED', ANSWERED: no, RESOLVED: no, WITHDRAWN: no },
  RESOLVE: { OPEN: 'RESOLVED', ACKNOWLEDGED: 'RESOLVED', ANSWERED: 'RESOLVED', RESOLVED: no, WITHDRAWN: no },
  REOPEN: { OPEN: no, ACKNOWLEDGED: no, ANSWERED: no, RESOLVED: 'OPEN', WITHDRAWN: no },
  WITHDRAW: { OPEN: 'WITHDRAWN', ANSWERED: 'WITHDRAWN', RESOLVED: 'WITHDRAWN', WITHDRAWN: no },
};
const HIDDEN: Record<ObstacleCommand, Partial<Record<ObstacleState, ObstacleState | null>>> = {
  OPEN_TIER: { LOGGED: 'LOGGED', RESOLVED: no, WITHDRAWN: no },
  ACKNOWLEDGE: { LOGGED: no, RESOLVED: no, WITHDRAWN: no },
  RESPOND: { LOGGED: no, RESOLVED: no, WITHDRAWN: no },
  RESOLVE: { LOGGED: 'RESOLVED', RESOLVED: no, WITHDRAWN: no },
  REOPEN: { LOGGED: no, RESOLVED: 'LOGGED', WITHDRAWN: no },
  WITHDRAW: { LOGGED: 'WITHDRAWN', RESOLVED: 'WITHDRAWN', WITHDRAWN: no },
};
const rows = (tier: Tier, table: object): [Tier, ObstacleCommand, ObstacleState, ObstacleState | null][] =>
  Object.entries(table).flatMap(([action, ends]) =>
    Object.entries(ends as object).map(
      ([from, to]) => [tier, action, from, to] as [Tier, ObstacleCommand, ObstacleState, ObstacleState | null],
    ),
  );

describe('the life of an obstacle', () => {
  it.each([...rows('SHARED', SHARED), ...rows('CONFIDENTIAL', HIDDEN), ...rows('AGGREGATE_ONLY', HIDDEN)])(
    '%s: %s from %s leads to %s',
    (tier, command, from, to) => {
      expect(decide(from, tier, command)).toBe(to);
    },
  );

  it('reaches every state, and offers the steward nothing', () => {
    const reached = OBSTACLE_COMMAND_NAMES.flatMap((command) =>
      OBSTACLE_STATES.flatMap((state) => TIERS.map((tier) => decide(state, tier, command))),
    );
    const begun = ['OPEN', 'LOGGED'];
    expect(new Set([...reached, ...begun])).toEqual(new Set([...OBSTACLE_STATES, null]));
    expect(availableActions('OPEN', 'SHARED', 'STEWARD')).toEqual([]);
    expect(availableActions('OPEN', 'SHARED', 'FUNDER')).toEqual(['ACKNOWLEDGE', 'RESPOND']);
    expect(availableActions('LOGGED', 'CONFIDENTIAL', 'GRANTEE')).toEqual(['OPEN_TIER', 'RESOLVE', 'WITHDRAW']);
  });

  it('only opens tiers', () => {
    const opening = TIERS.flatMap((from) => TIERS.filter((to) => opens(from, to)).map((to) => `${from} > ${to}`));
    expect(opening).toEqual(['AGGREGATE_ONLY > CONFIDENTIAL', 'AGGREGATE_ONLY > SHARED', 'CONFIDENTIAL > SHARED']);
  });
});
