import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { AgreementRow } from '../../agreements/agreement.entity.js';
import { ReportingExpectationRow } from '../../agreements/expectations/reporting-expectation.entity.js';
import { NarrativeReportVersionRow } from '../reports/narrative-report.entity.js';
import type { SharedContent } from '../reports/report-content.rules.js';

export const SHARE_STATES = ['AWAITING_RESPONSE', 'ANSWERED'] as const;
export type ShareState = (typeof SHARE_STATES)[number];
/** What a reader is told: a copy that another one took the place of is answered no more. */
export type ShownShareState = ShareState | 'REPLACED';

/** A copy of what one funder may see of one version, with the duty to answer it. */
@Entity('report_shares')
@ForeignKey(() => AgreementRow, ['agreementId', 'fiscalSponsorId'], ['id', 'fiscalSponsorId'], {
  name: 'report_shares_sponsor',
  onUpdate: 'CASCADE',
})
@ForeignKey(() => AgreementRow, ['agreementId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'report_shares_agreement',
})
@ForeignKey(() => NarrativeReportVersionRow, ['reportId', 'reportVersion'], ['reportId', 'number'], {
  name: 'report_shares_version',
})
@ForeignKey(() => ReportingExpectationRow, ['expectationId'], ['id'], { name: 'report_shares_expectation' })
@Unique('report_shares_parties', ['id', 'funderId', 'granteeId'])
@Check('report_shares_state', "state IN ('AWAITING_RESPONSE', 'ANSWERED')")
@ForeignKey(() => ReportShareRow, ['replacedBy', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'report_shares_replaced_by',
  deferrable: 'INITIALLY DEFERRED',
})
@Check('report_shares_replaced', 'replaced_by IS NULL OR (unshared_at IS NOT NULL AND replaced_by <> id)')
@Check('report_shares_answered_stays', "unshared_at IS NULL OR state = 'AWAITING_RESPONSE'")
@Index('report_shares_one_of_version', { synchronize: false })
@Index('report_shares_one_awaited', { synchronize: false })
@Index('report_shares_by_funder', { synchronize: false })
@Index('report_shares_by_grantee', { synchronize: false })
@Index('report_shares_by_agreement', { synchronize: false })
@Index('report_shares_words', { synchronize: false })
@Index('report_shares_awaited', { synchronize: false })
@Index('report_shares_awaited_by_grantee', { synchronize: false })
@Index('report_shares_awaited_from_grantee', { synchronize: false })
@Index('report_shares_by_due_day', { synchronize: false })
@Index('report_shares_by_granted_due_day', { synchronize: false })
export class ReportShareRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'grantee_id' })
  granteeId: string;

  @Column({ type: 'uuid', name: 'funder_id' })
  funderId: string;

  /** The present fiscal sponsor of a sponsored project, kept by the foreign key. */
  @Column({ type: 'uuid', name: 'fiscal_sponsor_id', nullable: true })
  fiscalSponsorId: string | null;

  @Column({ type: 'uuid', name: 'agreement_id' })
  agreementId: string;

  @Column({ type: 'uuid', name: 'report_id' })
  reportId: string;

  @Column({ type: 'integer', name: 'report_version' })
  reportVersion: number;

  @Column({ type: 'uuid', name: 'expectation_id', nullable: true })
  expectationId: string | null;

  @Column({ type: 'jsonb' })
  content: SharedContent;

  /** What `content` is searched by; kept by a trigger, and read by the search alone. */
  @Column({ type: 'tsvector', nullable: true })
  words: string | null;

  @Column({ type: 'timestamptz', name: 'shared_at', precision: 3 })
  sharedAt: Date;

  @Column({ type: 'date', name: 'respond_by' })
  respondBy: string;

  /** The end of that day where the agreement lives. */
  @Column({ type: 'timestamptz', name: 'respond_by_at', precision: 3 })
  respondByAt: Date;

  @Column({ type: 'text' })
  state: ShareState;

  @Column({ type: 'timestamptz', name: 'unshared_at', precision: 3, nullable: true })
  unsharedAt: Date | null;

  /** The copy of a corrected text that took its place. */
  @Column({ type: 'uuid', name: 'replaced_by', nullable: true })
  replacedBy: string | null;

  /** Counts from 1 at sharing, so that it says nothing of the report's. */
  @Column({ type: 'integer', default: 1 })
  version: number;
}

type GranteesOnly = 'reportId' | 'reportVersion' | 'unsharedAt';
/** A share as its reader may see it: the funder's has nothing of the report it was taken from. */
export type ReportShare = Omit<ReportShareRow, GranteesOnly | 'words' | 'replacedBy'> &
  Partial<Pick<ReportShareRow, GranteesOnly | 'replacedBy'>>;

export const RESPONSE_KINDS = ['LEARNED', 'QUESTION', 'HELP_OFFERED'] as const;
export type ResponseKind = (typeof RESPONSE_KINDS)[number];

/** What the funder said back: once, and never rewritten. */
@Entity('report_responses')
@ForeignKey(() => ReportShareRow, ['shareId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'report_responses_share',
})
@Unique('report_responses_once', ['shareId'])
@Check('report_responses_kind', "kind IN ('LEARNED', 'QUESTION', 'HELP_OFFERED')")
@Check('report_responses_text', 'length(text) >= 10')
export class ReportResponseRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'share_id' })
  shareId: string;

  @Column({ type: 'uuid', name: 'funder_id' })
  funderId: string;

  @Column({ type: 'uuid', name: 'grantee_id' })
  granteeId: string;

  @Column({ type: 'text' })
  kind: ResponseKind;

  @Column({ type: 'text' })
  text: string;

  @Column({ type: 'timestamptz', name: 'responded_at', precision: 3 })
  respondedAt: Date;
}
