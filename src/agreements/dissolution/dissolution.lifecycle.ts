/** What may become of the notice that a party no longer exists. */
export const DISSOLUTION_STATES = ['ANNOUNCED', 'RECORDED', 'WITHDRAWN'] as const;
export type DissolutionState = (typeof DISSOLUTION_STATES)[number];

interface Rule {
  readonly by: 'STEWARD';
  readonly from: readonly DissolutionState[];
  readonly to: DissolutionState;
  readonly does: string;
  readonly operation: string;
}

export const DISSOLUTION_COMMANDS = {
  RECORD: {
    by: 'STEWARD',
    from: ['ANNOUNCED'],
    to: 'RECORDED',
    does: 'ends the agreement, 60 days after the notice at the earliest',
    operation: 'recordDissolution',
  },
  WITHDRAW: {
    by: 'STEWARD',
    from: ['ANNOUNCED'],
    to: 'WITHDRAWN',
    does: 'takes the notice back; the agreement goes on as it was',
    operation: 'withdrawDissolution',
  },
} as const satisfies Record<string, Rule>;
export type DissolutionCommand = keyof typeof DISSOLUTION_COMMANDS;
export const DISSOLUTION_COMMAND_NAMES = Object.keys(DISSOLUTION_COMMANDS) as DissolutionCommand[];

/** The state it comes to, or null when this caller cannot do that now. */
export function decideDissolution(
  state: DissolutionState,
  command: DissolutionCommand,
  role: string,
): DissolutionState | null {
  const rule: Rule = DISSOLUTION_COMMANDS[command];
  return rule.by === role && rule.from.includes(state) ? rule.to : null;
}

export function dissolutionTransitions(): string[] {
  return Object.values<Rule>(DISSOLUTION_COMMANDS)
    .flatMap(({ from, to }) => from.map((state) => `${state}>${to}`))
    .sort();
}
