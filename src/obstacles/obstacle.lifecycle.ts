/**
 * What may happen to an obstacle, as data: services decide by it, `availableActions` reads it, and a test holds the
 * database's own list of transitions against it.
 */
export const TIERS = ['AGGREGATE_ONLY', 'CONFIDENTIAL', 'SHARED'] as const;
export type Tier = (typeof TIERS)[number];

export const OBSTACLE_STATES = ['LOGGED', 'OPEN', 'ACKNOWLEDGED', 'ANSWERED', 'RESOLVED', 'WITHDRAWN'] as const;
export type ObstacleState = (typeof OBSTACLE_STATES)[number];

interface Rule {
  readonly by: 'FUNDER' | 'GRANTEE';
  readonly from: readonly ObstacleState[];
  /** Of one that is shared, and of one that the funder cannot see; null where there is no such step. */
  readonly to: ObstacleState | null;
  readonly toHidden: ObstacleState | null;
  readonly does: string;
  readonly operation: string;
}

const UNRESOLVED = ['LOGGED', 'OPEN', 'ACKNOWLEDGED', 'ANSWERED'] as const;

/** Only the grantee resolves: the funder's answer is never the last word. */
export const OBSTACLE_COMMANDS = {
  OPEN_TIER: {
    by: 'GRANTEE',
    from: ['LOGGED'],
    to: null,
    toHidden: 'LOGGED',
    does: 'lets more people see it; shared, it is OPEN',
    operation: 'openObstacleTier',
  },
  ACKNOWLEDGE: {
    by: 'FUNDER',
    from: ['OPEN'],
    to: 'ACKNOWLEDGED',
    toHidden: null,
    does: 'says that it was read',
    operation: 'acknowledgeObstacle',
  },
  RESPOND: {
    by: 'FUNDER',
    from: ['OPEN', 'ACKNOWLEDGED'],
    to: 'ANSWERED',
    toHidden: null,
    does: 'says what will change, and by when',
    operation: 'respondToObstacle',
  },
  RESOLVE: {
    by: 'GRANTEE',
    from: UNRESOLVED,
    to: 'RESOLVED',
    toHidden: 'RESOLVED',
    does: 'says that it is no obstacle any more',
    operation: 'resolveObstacle',
  },
  REOPEN: {
    by: 'GRANTEE',
    from: ['RESOLVED'],
    to: 'OPEN',
    toHidden: 'LOGGED',
    does: 'says that it is one again; a new answer is due',
    operation: 'reopenObstacle',
  },
  WITHDRAW: {
    by: 'GRANTEE',
    from: [...UNRESOLVED, 'RESOLVED'],
    to: 'WITHDRAWN',
    toHidden: 'WITHDRAWN',
    does: 'takes it back; the funder keeps nothing but its id and date',
    operation: 'withdrawObstacle',
  },
} as const satisfies Record<string, Rule>;
export type ObstacleCommand = keyof typeof OBSTACLE_COMMANDS;
export const OBSTACLE_COMMAND_NAMES = Object.keys(OBSTACLE_COMMANDS) as ObstacleCommand[];

/** The state a command leads to, or null where it is not possible. */
export function decide(state: ObstacleState, tier: Tier, command: ObstacleCommand): ObstacleState | null {
  const { from, to, toHidden }: Rule = OBSTACLE_COMMANDS[command];
  return from.includes(state) ? (tier === 'SHARED' ? to : toHidden) : null;
}

/** What this caller may do next; the steward reads and does nothing. */
export function availableActions(state: ObstacleState, tier: Tier, role: string): ObstacleCommand[] {
  return OBSTACLE_COMMAND_NAMES.filter(
    (command) => OBSTACLE_COMMANDS[command].by === role && decide(state, tier, command) !== null,
  );
}

/** Every change of state there is, as the database's trigger lists it: `OPEN>ACKNOWLEDGED`. */
export function obstacleTransitions(): string[] {
  const pairs = TIERS.flatMap((tier) =>
    OBSTACLE_COMMAND_NAMES.flatMap((command) =>
      statesOf(tier).flatMap((from) => {
        const to = decide(from, tier, command);
        return to === null || to === from ? [] : [`${from}>${to}`];
      }),
    ),
  );
  return [...new Set(pairs)].sort();
}

export function statesOf(tier: Tier): ObstacleState[] {
  const never = tier === 'SHARED' ? ['LOGGED'] : ['OPEN', 'ACKNOWLEDGED', 'ANSWERED'];
  return OBSTACLE_STATES.filter((state) => !never.includes(state));
}

export function opens(from: Tier, to: Tier): boolean {
  return TIERS.indexOf(to) > TIERS.indexOf(from);
}
