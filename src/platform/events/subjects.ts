import type { IdKind } from '../api/ids.js';

/** What events are about, and the kind of id it has. */
export const SUBJECT_KINDS = {
  NETWORK: 'network',
  ORGANIZATION: 'organization',
  FUNDER: 'funder',
  GRANTEE: 'grantee',
  API_KEY: 'apiKey',
  AGREEMENT: 'agreement',
  INSTALLMENT: 'installment',
  DISBURSEMENT: 'disbursement',
  AMENDMENT: 'amendment',
  DISSOLUTION: 'dissolution',
  REPAYMENT: 'repayment',
  LEGAL_HOLD: 'legalHold',
  REPORTING_EXPECTATION: 'expectation',
  NARRATIVE_REPORT: 'report',
  REPORT_SHARE: 'share',
  CONVERSATION_NOTES: 'conversationNotes',
  OBSTACLE: 'obstacle',
  OBSTACLE_RELEASE: 'obstacleRelease',
  PRACTICE_CHANGE: 'practiceChange',
} as const satisfies Record<string, IdKind>;
export type SubjectType = keyof typeof SUBJECT_KINDS;
