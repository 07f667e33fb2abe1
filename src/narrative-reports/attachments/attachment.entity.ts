import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { NarrativeReportRow } from '../reports/narrative-report.entity.js';
import { ReportShareRow } from '../shares/report-share.entity.js';

/** What both kinds say of their file. */
export abstract class AttachedFile {
  @PrimaryColumn('uuid')
  id: string;

  /** Under which the bytes are stored. Nobody outside sees it. */
  @Column({ type: 'uuid', name: 'file_id' })
  fileId: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', name: 'media_type' })
  mediaType: string;

  @Column({ type: 'integer' })
  size: number;

  @Column({ type: 'bytea' })
  sha256: Buffer;
}

/** One file of a report, in the versions of its text from `addedIn` on and before `removedIn`. */
@Entity('report_attachments')
@ForeignKey(() => NarrativeReportRow, ['reportId', 'organizationId'], ['id', 'organizationId'], {
  name: 'report_attachments_report',
  onDelete: 'CASCADE',
})
@Check('report_attachments_name', "length(name) BETWEEN 3 AND 100 AND name !~ '[[:cntrl:]/\\\\]'")
@Check('report_attachments_size', 'size BETWEEN 1 AND 262144000')
@Check('report_attachments_sha256', 'length(sha256) = 32')
@Check('report_attachments_added', 'added_in >= 1')
@Check('report_attachments_removed', 'removed_in > added_in')
@Index('report_attachments_by_report', ['reportId', 'id'])
@Index('report_attachments_by_file', ['fileId'])
export class ReportAttachmentRow extends AttachedFile {
  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'uuid', name: 'report_id' })
  reportId: string;

  @Column({ type: 'boolean', name: 'is_visible' })
  isVisible: boolean;

  @Column({ type: 'integer', name: 'added_in' })
  addedIn: number;

  @Column({ type: 'integer', name: 'removed_in', nullable: true })
  removedIn: number | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}

/** The copy that one share has: of the same bytes, under its own id and both parties', and nothing of the report. */
@Entity('report_share_attachments')
@ForeignKey(() => ReportShareRow, ['shareId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'report_share_attachments_share',
})
@Check('report_share_attachments_name', "length(name) BETWEEN 3 AND 100 AND name !~ '[[:cntrl:]/\\\\]'")
@Check('report_share_attachments_size', 'size BETWEEN 1 AND 262144000')
@Check('report_share_attachments_sha256', 'length(sha256) = 32')
@Check('report_share_attachments_position', 'position >= 1')
@Unique('report_share_attachments_in_order', ['shareId', 'position'])
@Index('report_share_attachments_by_file', ['fileId'])
export class ShareAttachmentRow extends AttachedFile {
  @Column({ type: 'uuid', name: 'share_id' })
  shareId: string;

  @Column({ type: 'uuid', name: 'funder_id' })
  funderId: string;

  @Column({ type: 'uuid', name: 'grantee_id' })
  granteeId: string;

  /** From 1, in the order of the report's. */
  @Column('integer')
  position: number;
}
