import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { AgreementRow } from '../../agreements/agreement.entity.js';
import { NarrativeReportRow } from '../reports/narrative-report.entity.js';
import type { ReportConversation } from '../reports/report-format.rules.js';

export const CONVERSATION_SIDES = ['FUNDER', 'GRANTEE'] as const;
export type ConversationSide = (typeof CONVERSATION_SIDES)[number];

/** A conversation as one side wrote it down. */
export interface ConversationText extends ReportConversation {
  readonly language: string | null;
}

/** What both sides of a conversation write, until the grantee says that it was so. It is no report. */
@Entity('conversation_notes')
@ForeignKey(() => AgreementRow, ['agreementId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'conversation_notes_agreement',
})
@ForeignKey(() => NarrativeReportRow, ['reportId'], ['id'], { name: 'conversation_notes_report' })
@Unique('conversation_notes_parties', ['id', 'funderId', 'granteeId'])
@Unique('conversation_notes_one_report', ['reportId'])
@Check('conversation_notes_confirmed', '(report_id IS NULL) = (confirmed_at IS NULL)')
@Index('conversation_notes_by_agreement', ['agreementId', 'draftedAt', 'id'])
@Index('conversation_notes_by_funder', ['funderId', 'draftedAt', 'id'])
@Index('conversation_notes_by_grantee', ['granteeId', 'draftedAt', 'id'])
export class ConversationNotesRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'agreement_id' })
  agreementId: string;

  @Column({ type: 'uuid', name: 'funder_id' })
  funderId: string;

  @Column({ type: 'uuid', name: 'grantee_id' })
  granteeId: string;

  @Column({ type: 'timestamptz', name: 'drafted_at', precision: 3 })
  draftedAt: Date;

  /** The number of the newest text. */
  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'uuid', name: 'report_id', nullable: true })
  reportId: string | null;

  @Column({ type: 'timestamptz', name: 'confirmed_at', precision: 3, nullable: true })
  confirmedAt: Date | null;
}

/** What one side wrote at one time, kept forever. */
@Entity('conversation_note_versions')
@ForeignKey(() => ConversationNotesRow, ['notesId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'conversation_note_versions_notes',
})
@Check('conversation_note_versions_number', 'number >= 1')
@Check('conversation_note_versions_side', "written_by IN ('FUNDER', 'GRANTEE')")
export class ConversationNoteVersionRow {
  @PrimaryColumn({ type: 'uuid', name: 'notes_id' })
  notesId: string;

  @PrimaryColumn('integer')
  number: number;

  @Column({ type: 'uuid', name: 'funder_id' })
  funderId: string;

  @Column({ type: 'uuid', name: 'grantee_id' })
  granteeId: string;

  @Column({ type: 'text', name: 'written_by' })
  writtenBy: ConversationSide;

  @Column({ type: 'jsonb' })
  content: ConversationText;

  @Column({ type: 'timestamptz', name: 'written_at', precision: 3 })
  writtenAt: Date;
}

type GranteesOnly = 'reportId' | 'confirmedAt';
/** With its newest text. The funder's has nothing of what the grantee made of it. */
export type ConversationNotes = Omit<ConversationNotesRow, GranteesOnly> &
  Partial<Pick<ConversationNotesRow, GranteesOnly>> &
  Pick<ConversationNoteVersionRow, 'writtenBy' | 'content' | 'writtenAt'>;
export type ConversationNotesVersion = ConversationNoteVersionRow;
