import type { Consent, ConsentParty } from './consent.rules.js';
import { consentNeeded, waitsForNewSponsor } from './consent.rules.js';

/** What may happen to a proposal. Silence is not consent: nothing here happens by itself. */
export const AMENDMENT_STATES = ['PROPOSED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN'] as const;
export type AmendmentState = (typeof AMENDMENT_STATES)[number];
export type { AmendmentParty } from './amendment.rules.js';

interface Rule {
  /** `OTHER_PARTY` is each whose consent it takes beside the proposer's. */
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
    does: 'agrees, unless the terms changed since it was proposed; accepted once all have whose consent it takes',
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

export interface Proposal extends Consent {
  readonly state: AmendmentState;
}

/** The state it comes to once all have agreed, or null when this party cannot do that now. */
export function decideAmendment(
  proposal: Proposal,
  command: AmendmentCommand,
  party: ConsentParty | null,
): AmendmentState | null {
  const rule: Rule = AMENDMENT_COMMANDS[command];
  if (party === null || !consentNeeded(proposal).includes(party)) return null;
  const by = party === proposal.proposedBy ? 'PROPOSER' : 'OTHER_PARTY';
  return rule.by === by && rule.from.includes(proposal.state) ? rule.to : null;
}

/** What a caller may do now; nobody accepts a proposal that starts from terms which are no more. */
export function amendmentActions(
  proposal: Proposal & { readonly staleAt: Date | null },
  party: ConsentParty | null,
): AmendmentCommand[] {
  const isAcceptable =
    party !== null &&
    proposal.staleAt === null &&
    !proposal.agreedBy.includes(party) &&
    !waitsForNewSponsor(proposal, party);
  return AMENDMENT_COMMAND_NAMES.filter(
    (command) => decideAmendment(proposal, command, party) !== null && (command !== 'ACCEPT' || isAcceptable),
  );
}

export function amendmentTransitions(): string[] {
  return Object.values<Rule>(AMENDMENT_COMMANDS)
    .flatMap(({ from, to }) => from.map((state) => `${state}>${to}`))
    .sort();
}
