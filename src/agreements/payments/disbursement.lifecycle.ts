import type { AgreementParty } from '../agreement.lifecycle.js';

/** What may happen to a payment: the funder says it was sent, and only who receives it says that it has arrived. */
export const DISBURSEMENT_STATES = ['SENT', 'RECEIVED', 'MISSING', 'RETURNED', 'VOIDED'] as const;
export type DisbursementState = (typeof DISBURSEMENT_STATES)[number];

interface Rule {
  /** `RECEIVER` is whose account it arrives at: the grantee, or the fiscal sponsor of a sponsored project. */
  readonly by: 'FUNDER' | 'RECEIVER';
  readonly from: readonly DisbursementState[];
  readonly to: DisbursementState;
  readonly does: string;
  readonly operation: string;
}

export const DISBURSEMENT_COMMANDS = {
  CONFIRM: {
    by: 'RECEIVER',
    from: ['SENT', 'MISSING'],
    to: 'RECEIVED',
    does: 'says that it has arrived',
    operation: 'confirmDisbursement',
  },
  CORRECT: {
    by: 'RECEIVER',
    from: ['RECEIVED'],
    to: 'RECEIVED',
    does: 'corrects what it told of the receipt',
    operation: 'correctReceipt',
  },
  REPAY: {
    by: 'RECEIVER',
    from: ['RECEIVED'],
    to: 'RECEIVED',
    does: 'says that money of it went back',
    operation: 'recordRepayment',
  },
  REPORT_MISSING: {
    by: 'RECEIVER',
    from: ['SENT'],
    to: 'MISSING',
    does: 'says that it has not arrived',
    operation: 'reportDisbursementMissing',
  },
  RETURN: {
    by: 'FUNDER',
    from: ['MISSING'],
    to: 'RETURNED',
    does: 'says that it came back',
    operation: 'returnDisbursement',
  },
  VOID: {
    by: 'FUNDER',
    from: ['SENT', 'MISSING'],
    to: 'VOIDED',
    does: 'says that it was recorded in error',
    operation: 'voidDisbursement',
  },
} as const satisfies Record<string, Rule>;
export type DisbursementCommand = keyof typeof DISBURSEMENT_COMMANDS;
export const DISBURSEMENT_COMMAND_NAMES = Object.keys(DISBURSEMENT_COMMANDS) as DisbursementCommand[];

/** The state it comes to, or null when this party cannot do that now. */
export function decideDisbursement(
  state: DisbursementState,
  command: DisbursementCommand,
  party: AgreementParty,
  isSponsored = false,
): DisbursementState | null {
  const rule: Rule = DISBURSEMENT_COMMANDS[command];
  const by = rule.by === 'FUNDER' ? 'FUNDER' : isSponsored ? 'SPONSOR' : 'GRANTEE';
  return by === party && rule.from.includes(state) ? rule.to : null;
}

/** Whether this is the right time, whoever may do it. */
export function isTimeForPayment(state: DisbursementState, command: DisbursementCommand): boolean {
  return (DISBURSEMENT_COMMANDS[command] as Rule).from.includes(state);
}

export function disbursementTransitions(): string[] {
  return Object.values<Rule>(DISBURSEMENT_COMMANDS)
    .flatMap(({ from, to }) => from.filter((state) => state !== to).map((state) => `${state}>${to}`))
    .sort();
}
