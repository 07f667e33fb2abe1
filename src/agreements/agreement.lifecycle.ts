/**
 * What may happen to an agreement, as data: services decide by it, `availableActions` reads it, docs/lifecycles.md is
 * printed from it, and a test holds the database's own list of transitions against it.
 */
export const AGREEMENT_STATES = [
  'DRAFT',
  'OFFERED',
  'CHANGES_REQUESTED',
  'ACTIVE',
  'COMPLETED',
  'RELEASED',
  'DECLINED',
  'WITHDRAWN',
  'RECORDED',
] as const;
export type AgreementState = (typeof AGREEMENT_STATES)[number];

/**
 * `SPONSOR` is the fiscal sponsor of a sponsored project, whose group is the `GRANTEE`; `CONSENT` is both parties by an
 * accepted amendment; `SYSTEM` is a job that finds a fact.
 */
export type AgreementParty = 'FUNDER' | 'GRANTEE' | 'SPONSOR' | 'STEWARD' | 'CONSENT' | 'SYSTEM';
/** `EITHER` is the funder or the grantee; `GRANTEE_SIDE` the grantee or its sponsor. */
type By = AgreementParty | 'EITHER' | 'GRANTEE_SIDE';

interface Rule {
  readonly by: By;
  readonly from: readonly AgreementState[];
  /** Null when the agreement stays in its state. */
  readonly to: AgreementState | null;
  /** What it does, in a few words; the operation is the mutation that asks for it, if there is one. */
  readonly does: string;
  readonly operation: string | null;
  /** It is no more afterwards. */
  readonly removes?: true;
}

const UNDER_WAY = ['ACTIVE', 'COMPLETED'] as const;

export const AGREEMENT_COMMANDS = {
  REVISE: {
    by: 'FUNDER',
    from: ['DRAFT', 'CHANGES_REQUESTED'],
    to: null,
    does: 'writes other terms, unseen by the grantee until they are offered',
    operation: 'reviseAgreement',
  },
  DISCARD: {
    by: 'FUNDER',
    from: ['DRAFT'],
    to: null,
    does: 'removes a draft that was never offered',
    operation: 'discardAgreement',
    removes: true,
  },
  OFFER: {
    by: 'FUNDER',
    from: ['DRAFT', 'CHANGES_REQUESTED'],
    to: 'OFFERED',
    does: 'shows the terms to the grantee',
    operation: 'offerAgreement',
  },
  WITHDRAW: {
    by: 'FUNDER',
    from: ['OFFERED', 'CHANGES_REQUESTED'],
    to: 'WITHDRAWN',
    does: 'takes the offer back before it is accepted',
    operation: 'withdrawAgreement',
  },
  ACCEPT: {
    by: 'GRANTEE_SIDE',
    from: ['OFFERED'],
    to: 'ACTIVE',
    does: 'agrees to the revision it names; a sponsored project is active once group and sponsor have',
    operation: 'acceptAgreement',
  },
  DECLINE: {
    by: 'GRANTEE_SIDE',
    from: ['OFFERED', 'CHANGES_REQUESTED'],
    to: 'DECLINED',
    does: 'says no',
    operation: 'declineAgreement',
  },
  REQUEST_CHANGES: {
    by: 'GRANTEE_SIDE',
    from: ['OFFERED'],
    to: 'CHANGES_REQUESTED',
    does: 'says what it would rather have',
    operation: 'requestAgreementChanges',
  },
  RENEW: {
    by: 'FUNDER',
    from: ['ACTIVE', 'COMPLETED', 'RELEASED', 'RECORDED'],
    to: null,
    does: 'starts a new draft with these terms',
    operation: 'renewAgreement',
  },
  RECORD_DISBURSEMENT: {
    by: 'FUNDER',
    from: ['ACTIVE'],
    to: null,
    does: 'says that money was sent',
    operation: 'recordDisbursement',
  },
  PLACE_LEGAL_HOLD: {
    by: 'FUNDER',
    from: ['ACTIVE'],
    to: null,
    does: 'says that the law keeps an installment back',
    operation: 'placeLegalHold',
  },
  PROPOSE_AMENDMENT: {
    by: 'EITHER',
    from: ['ACTIVE'],
    to: null,
    does: 'proposes to change the terms; what is good for the grantee the funder simply does',
    operation: 'proposeAmendment',
  },
  MOVE_EXPECTATION: {
    by: 'GRANTEE',
    from: UNDER_WAY,
    to: null,
    does: 'moves the day of a report by up to 90 days in all, without asking',
    operation: 'moveExpectation',
  },
  WAIVE_EXPECTATION: {
    by: 'FUNDER',
    from: UNDER_WAY,
    to: null,
    does: 'gives up an expected report',
    operation: 'waiveExpectation',
  },
  COMPLETE: {
    by: 'SYSTEM',
    from: ['ACTIVE'],
    to: 'COMPLETED',
    does: 'finds the term over and every installment received or released',
    operation: null,
  },
  REOPEN: {
    by: 'SYSTEM',
    from: ['COMPLETED'],
    to: 'ACTIVE',
    does: 'finds that a correction or repayment reopened an installment',
    operation: null,
  },
  RELEASE: {
    by: 'CONSENT',
    from: ['ACTIVE'],
    to: 'RELEASED',
    does: 'ends it by an accepted release amendment',
    operation: null,
  },
  ANNOUNCE_DISSOLUTION: {
    by: 'STEWARD',
    from: ['ACTIVE'],
    to: null,
    does: 'gives both notice that a party no longer exists',
    operation: 'announceDissolution',
  },
  DISSOLVE: {
    by: 'STEWARD',
    from: ['ACTIVE'],
    to: 'RELEASED',
    does: 'ends it because a party no longer exists, 60 days after the notice (`recordDissolution`)',
    operation: null,
  },
} as const satisfies Record<string, Rule>;
export type AgreementCommand = keyof typeof AGREEMENT_COMMANDS;
export const AGREEMENT_COMMAND_NAMES = Object.keys(AGREEMENT_COMMANDS) as AgreementCommand[];

export type Decision =
  | { readonly allowed: true; readonly to: AgreementState }
  | { readonly allowed: false; readonly state: AgreementState; readonly command: AgreementCommand };

const SEVERAL: Readonly<Record<string, readonly AgreementParty[]>> = {
  EITHER: ['FUNDER', 'GRANTEE'],
  GRANTEE_SIDE: ['GRANTEE', 'SPONSOR'],
};
const isBy = (by: By, party: AgreementParty): boolean => (SEVERAL[by] ?? [by]).includes(party);

interface Caller {
  readonly role: string;
  readonly organizationIds: readonly string[];
}

/** What a caller who can see the agreement is to it: with a key of the role GRANTEE its grantee or its sponsor. */
export function partyTo(
  { fiscalSponsorId }: { readonly fiscalSponsorId: string | null },
  { role, organizationIds }: Caller,
): AgreementParty {
  const isSponsor = role === 'GRANTEE' && fiscalSponsorId !== null && organizationIds.includes(fiscalSponsorId);
  return isSponsor ? 'SPONSOR' : (role as AgreementParty);
}

interface Acceptance {
  readonly fiscalSponsorId: string | null;
  readonly acceptedByName: string | null;
  readonly sponsorAcceptedByName: string | null;
}

/** Whether this party has accepted what is on offer; of a sponsored project group and sponsor both do. */
export function hasAccepted({ acceptedByName, sponsorAcceptedByName }: Acceptance, party: AgreementParty): boolean {
  return (party === 'SPONSOR' ? sponsorAcceptedByName : acceptedByName) !== null;
}

export function isAcceptedByAll(acceptance: Acceptance): boolean {
  const parties: AgreementParty[] = acceptance.fiscalSponsorId === null ? ['GRANTEE'] : ['GRANTEE', 'SPONSOR'];
  return parties.every((party) => hasAccepted(acceptance, party));
}

export function decide(state: AgreementState, command: AgreementCommand, party: AgreementParty): Decision {
  const rule: Rule = AGREEMENT_COMMANDS[command];
  if (!isBy(rule.by, party) || !rule.from.includes(state)) return { allowed: false, state, command };
  return { allowed: true, to: rule.to ?? state };
}

/** Whether this is the right time, whoever may do it. */
export function isTimeFor(state: AgreementState, command: AgreementCommand): boolean {
  return (AGREEMENT_COMMANDS[command] as Rule).from.includes(state);
}

/** The commands with a mutation that this party may call now. */
export function availableActions(state: AgreementState, party: AgreementParty): AgreementCommand[] {
  return AGREEMENT_COMMAND_NAMES.filter((command) => {
    const rule: Rule = AGREEMENT_COMMANDS[command];
    return rule.operation !== null && isBy(rule.by, party) && rule.from.includes(state);
  });
}

/** Every change of state there is, as the database's trigger lists it: `DRAFT>OFFERED`. */
export function agreementTransitions(): string[] {
  const pairs = Object.values<Rule>(AGREEMENT_COMMANDS).flatMap(({ from, to }) =>
    to === null ? [] : from.map((state) => `${state}>${to}`),
  );
  return [...new Set(pairs)].sort();
}
