import type { Consent, ConsentParty } from './consent.rules.js';
import { consentNeeded, waitsForNewSponsor } from './consent.rules.js';

/** What may happen to a proposal. Silence is not consent: nothing is accepted by itself. */
export const AMENDMENT_STATES = ['PROPOSED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'LAPSED'] as const;
export type AmendmentState = (typeof AMENDMENT_STATES)[number];
export type { AmendmentParty } from './amendment.rules.js';

/** What a caller asks for. */
export const AMENDMENT_ACTIONS = ['ACCEPT', 'DECLINE', 'WITHDRAW'] as const;
export type AmendmentAction = (typeof AMENDMENT_ACTIONS)[number];

interface Rule {
  /** `OTHER_PARTY` is each whose consent it takes beside the proposer's; `SYSTEM` is the day that comes. */
  readonly by: 'PROPOSER' | 'OTHER_PARTY' | 'FUNDER' | 'SYSTEM';
  readonly from: readonly AmendmentState[];
  readonly to: AmendmentState;
  readonly does: string;
  /** The action by which a caller asks for it, and its mutation; null when nobody does. */
  readonly action: AmendmentAction | null;
  readonly operation: string | null;
}

export const AMENDMENT_COMMANDS = {
  ACCEPT: {
    by: 'OTHER_PARTY',
    from: ['PROPOSED'],
    to: 'ACCEPTED',
    does: 'agrees, unless the terms changed since it was proposed; accepted once all have whose consent it takes',
    action: 'ACCEPT',
    operation: 'acceptAmendment',
  },
  DECLINE: {
    by: 'OTHER_PARTY',
    from: ['PROPOSED'],
    to: 'DECLINED',
    does: 'says no; the terms stay as they are',
    action: 'DECLINE',
    operation: 'declineAmendment',
  },
  WITHDRAW: {
    by: 'PROPOSER',
    from: ['PROPOSED'],
    to: 'WITHDRAWN',
    does: 'takes the proposal back',
    action: 'WITHDRAW',
    operation: 'withdrawAmendment',
  },
  WITHDRAW_ACCEPTED: {
    by: 'FUNDER',
    from: ['ACCEPTED'],
    to: 'WITHDRAWN',
    does: 'gives up what was agreed for a later day, before that day; the terms stay as they are',
    action: 'WITHDRAW',
    operation: 'withdrawAmendment',
  },
  LAPSE: {
    by: 'SYSTEM',
    from: ['ACCEPTED'],
    to: 'LAPSED',
    does: 'finds on its day that nothing is left to change, or that the agreement is over',
    action: null,
    operation: null,
  },
} as const satisfies Record<string, Rule>;
const RULES: readonly Rule[] = Object.values(AMENDMENT_COMMANDS);

export interface Proposal extends Consent {
  readonly state: AmendmentState;
  readonly takesEffectAt: Date | null;
  readonly revision: number | null;
}

/** The state it comes to once all have agreed, or null when this party cannot do that now. */
export function decideAmendment(
  proposal: Proposal,
  action: AmendmentAction,
  party: ConsentParty | null,
  now: Date,
): AmendmentState | null {
  if (party === null || !consentNeeded(proposal).includes(party)) return null;
  const { state, proposedBy, takesEffectAt, revision } = proposal;
  const role = party === proposedBy ? 'PROPOSER' : 'OTHER_PARTY';
  const hasItsDay = state === 'ACCEPTED' && (revision !== null || takesEffectAt === null || takesEffectAt <= now);
  const found = RULES.find(
    (rule) => rule.action === action && [role, party].includes(rule.by) && rule.from.includes(state),
  );
  return found === undefined || hasItsDay ? null : found.to;
}

/** What a caller may do now; nobody accepts a proposal that starts from terms which are no more. */
export function amendmentActions(
  proposal: Proposal & { readonly isStale: boolean },
  party: ConsentParty | null,
  now: Date,
): AmendmentAction[] {
  const isAcceptable =
    party !== null && !proposal.isStale && !proposal.agreedBy.includes(party) && !waitsForNewSponsor(proposal, party);
  return AMENDMENT_ACTIONS.filter(
    (action) => decideAmendment(proposal, action, party, now) !== null && (action !== 'ACCEPT' || isAcceptable),
  );
}

export function amendmentTransitions(): string[] {
  return RULES.flatMap(({ from, to }) => from.map((state) => `${state}>${to}`)).sort();
}
