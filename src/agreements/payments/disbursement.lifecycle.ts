/** What may happen to a payment: the funder says it was sent, and only the grantee says that it has arrived. */
export const DISBURSEMENT_STATES = ['SENT', 'RECEIVED', 'MISSING', 'RETURNED', 'VOIDED'] as const;
export type DisbursementState = (typeof DISBURSEMENT_STATES)[number];

interface Rule {
  readonly by: 'FUNDER' | 'GRANTEE';
  readonly from: readonly DisbursementState[];
  readonly to: DisbursementState;
  readonly does: string;
  readonly operation: string;
}

export const DISBURSEMENT_COMMANDS = {
  CONFIRM: {
    by: 'GRANTEE',
    from: ['SENT', 'MISSING'],
    to: 'RECEIVED',
    does: 'says that it has arrived',
    operation: 'confirmDisbursement',
  },
  CORRECT: {
    by: 'GRANTEE',
    from: ['RECEIVED'],
    to: 'RECEIVED',
    does: 'corrects what it told of the receipt',
    operation: 'correctReceipt',
  },
  REPAY: {
    by: 'GRANTEE',
    from: ['RECEIVED'],
    to: 'RECEIVED',
    does: 'says that money of it went back',
    operation: 'recordRepayment',
  },
  REPORT_MISSING: {
    by: 'GRANTEE',
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
  party: string,
): DisbursementState | null {
  const rule: Rule = DISBURSEMENT_COMMANDS[command];
  return rule.by === party && rule.from.includes(state) ? rule.to : null;
}

export function disbursementTransitions(): string[] {
  return Object.values<Rule>(DISBURSEMENT_COMMANDS)
    .flatMap(({ from, to }) => from.filter((state) => state !== to).map((state) => `${state}>${to}`))
    .sort();
}
