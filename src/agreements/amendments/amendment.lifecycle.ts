/** What may happen to a proposal. Silence is not consent: nothing here happens by itself. */
export const AMENDMENT_STATES = ['PROPOSED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN'] as const;
export type AmendmentState = (typeof AMENDMENT_STATES)[number];
export type AmendmentParty = 'FUNDER' | 'GRANTEE';

interface Rule {
  readonly by: 'PROPOSER' | 'OTHER_PARTY';
  readonly from: readonly AmendmentState[];
  readonly to: AmendmentState;
  readonly does: string;
  readonly operation: string;
}

export const AMENDMENT_COMMANDS = {
  ACCEPT: {
    by: 'OTHER_PARTY',
    from: ['PROPOSED'],
    to: 'ACCEPTED',
    does: 'agrees, unless the terms changed since it was proposed',
    operation: 'acceptAmendment',
  },
  DECLINE: {
    by: 'OTHER_PARTY',
    from: ['PROPOSED'],
    to: 'DECLINED',
    does: 'says no; the terms stay as they are',
    operation: 'declineAmendment',
  },
  WITHDRAW: {
    by: 'PROPOSER',
    from: ['PROPOSED'],
    to: 'WITHDRAWN',
    does: 'takes the proposal back',
    operation: 'withdrawAmendment',
  },
} as const satisfies Record<string, Rule>;
export type AmendmentCommand = keyof typeof AMENDMENT_COMMANDS;
export const AMENDMENT_COMMAND_NAMES = Object.keys(AMENDMENT_COMMANDS) as AmendmentCommand[];

interface Proposal {
  readonly state: AmendmentState;
  readonly proposedBy: AmendmentParty;
}

/** The state it comes to, or null when this caller cannot do that now. */
export function decideAmendment(
  { state, proposedBy }: Proposal,
  command: AmendmentCommand,
  role: string,
): AmendmentState | null {
  const rule: Rule = AMENDMENT_COMMANDS[command];
  if (role !== 'FUNDER' && role !== 'GRANTEE') return null;
  const by = role === proposedBy ? 'PROPOSER' : 'OTHER_PARTY';
  return rule.by === by && rule.from.includes(state) ? rule.to : null;
}

/** What a caller may do now; nobody accepts a proposal that starts from terms which are no more. */
export function amendmentActions(
  proposal: Proposal & { readonly staleAt: Date | null },
  role: string,
): AmendmentCommand[] {
  return AMENDMENT_COMMAND_NAMES.filter(
    (command) =>
      decideAmendment(proposal, command, role) !== null && !(command === 'ACCEPT' && proposal.staleAt !== null),
  );
}

export function amendmentTransitions(): string[] {
  return Object.values<Rule>(AMENDMENT_COMMANDS)
    .flatMap(({ from, to }) => from.map((state) => `${state}>${to}`))
    .sort();
}
