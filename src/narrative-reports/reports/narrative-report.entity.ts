import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { GranteeRow } from '../../organizations/face.entity.js';
import type { ReportState } from './narrative-report.lifecycle.js';
import type { ReportContent, ReportSection } from './report-content.rules.js';
import type { ReportConversation, ReportFormat, ReportLink } from './report-format.rules.js';

@Entity('narrative_reports')
@ForeignKey(() => GranteeRow, ['organizationId'], ['organizationId'], { name: 'narrative_reports_organization' })
@Unique('narrative_reports_owned', ['id', 'organizationId'])
@Unique('narrative_reports_submitted_once', ['organizationId', 'clientSubmissionId'])
@Check('narrative_reports_state', "state IN ('DRAFT', 'SUBMITTED')")
@Check('narrative_reports_format', "format IN ('WRITTEN', 'CONVERSATION', 'RECORDING', 'REUSED_DOCUMENT')")
@Check('narrative_reports_sections', 'jsonb_array_length(sections) <= 12')
@Check('narrative_reports_links', 'jsonb_array_length(links) <= 5')
@Check('narrative_reports_conversation', "state = 'DRAFT' OR (format = 'CONVERSATION') = (conversation IS NOT NULL)")
@Check('narrative_reports_minutes', 'minutes_spent BETWEEN 0 AND 100000')
@Check('narrative_reports_people', 'people_involved BETWEEN 0 AND 10000')
@Check(
  'narrative_reports_submitted',
  "(state = 'SUBMITTED') = (submitted_at IS NOT NULL) AND (submitted_at IS NULL) = (content_version IS NULL)",
)
@Check('narrative_reports_hashed', '(client_submission_id IS NULL) = (submission_hash IS NULL)')
@Check('narrative_reports_period', '(period_start IS NULL) = (period_end IS NULL) AND period_start <= period_end')
@Index('narrative_reports_by_creation', ['organizationId', 'createdAt', 'id'])
@Index('narrative_reports_by_period', { synchronize: false })
@Index('narrative_reports_words', { synchronize: false })
@Index('narrative_reports_by_update', ['organizationId', 'updatedAt', 'id'])
export class NarrativeReportRow {
  @PrimaryColumn('uuid')
  id: string;

  /** The grantee whose report it is. */
  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'text' })
  state: ReportState;

  @Column({ type: 'text' })
  format: ReportFormat;

  @Column({ type: 'text' })
  language: string;

  @Column({ type: 'date', name: 'period_start', nullable: true })
  periodStart: string | null;

  @Column({ type: 'date', name: 'period_end', nullable: true })
  periodEnd: string | null;

  @Column({ type: 'jsonb' })
  sections: ReportSection[];

  @Column({ type: 'jsonb', default: [] })
  links: ReportLink[];

  @Column({ type: 'jsonb', nullable: true })
  conversation: ReportConversation | null;

  /** What it is searched by; kept by a trigger, and read by the search alone. */
  @Column({ type: 'tsvector', nullable: true })
  words: string | null;

  @Column({ type: 'integer', name: 'minutes_spent', nullable: true })
  minutesSpent: number | null;

  @Column({ type: 'integer', name: 'people_involved', nullable: true })
  peopleInvolved: number | null;

  /** Which version of the text `sections` is; null while it is a draft. */
  @Column({ type: 'integer', name: 'content_version', nullable: true })
  contentVersion: number | null;

  @Column({ type: 'text', name: 'client_submission_id', nullable: true })
  clientSubmissionId: string | null;

  @Column({ type: 'bytea', name: 'submission_hash', nullable: true })
  submissionHash: Buffer | null;

  @Column({ type: 'timestamptz', name: 'submitted_at', precision: 3, nullable: true })
  submittedAt: Date | null;

  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt: Date;
}

/** One submitted text, kept forever. */
@Entity('narrative_report_versions')
@ForeignKey(() => NarrativeReportRow, ['reportId', 'organizationId'], ['id', 'organizationId'], {
  name: 'narrative_report_versions_report',
})
@Check('narrative_report_versions_number', 'number >= 1')
export class NarrativeReportVersionRow {
  @PrimaryColumn({ type: 'uuid', name: 'report_id' })
  reportId: string;

  @PrimaryColumn('integer')
  number: number;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'jsonb' })
  content: ReportContent;

  @Column({ type: 'timestamptz', name: 'submitted_at', precision: 3 })
  submittedAt: Date;
}

/** What the grantee sees of its report: not what its submission is recognized by. */
export type NarrativeReport = Omit<NarrativeReportRow, 'submissionHash' | 'words'>;
export type ReportVersion = NarrativeReportVersionRow;
