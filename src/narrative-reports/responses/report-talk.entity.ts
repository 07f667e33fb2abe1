import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ReportResponseRow, ReportShareRow } from '../shares/report-share.entity.js';
import type { Reminder } from './response-duty.rules.js';

/** What is numbered from 1 about one answered share, and never rewritten. */
abstract class AfterAnswerRow {
  @PrimaryColumn({ type: 'uuid', name: 'share_id' })
  shareId: string;

  @PrimaryColumn('integer')
  number: number;

  @Column({ type: 'uuid', name: 'funder_id' })
  funderId: string;

  @Column({ type: 'uuid', name: 'grantee_id' })
  granteeId: string;
}

/** What either side said after the answer. */
@Entity('report_replies')
@ForeignKey(() => ReportShareRow, ['shareId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'report_replies_share',
})
@ForeignKey(() => ReportResponseRow, ['shareId'], ['shareId'], { name: 'report_replies_answered' })
@Check('report_replies_author', "author IN ('FUNDER', 'GRANTEE')")
@Check('report_replies_number', 'number BETWEEN 1 AND 200')
export class ReportReplyRow extends AfterAnswerRow {
  @Column('text')
  author: 'FUNDER' | 'GRANTEE';

  @Column('text')
  text: string;

  @Column({ type: 'timestamptz', name: 'written_at', precision: 3 })
  writtenAt: Date;
}

/** The grantee's word on whether the answer helped; the last one counts. */
@Entity('report_ratings')
@ForeignKey(() => ReportShareRow, ['shareId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'report_ratings_share',
})
@ForeignKey(() => ReportResponseRow, ['shareId'], ['shareId'], { name: 'report_ratings_answered' })
@Check('report_ratings_number', 'number BETWEEN 1 AND 100')
export class ReportRatingRow extends AfterAnswerRow {
  @Column('boolean')
  helped: boolean;

  @Column({ type: 'timestamptz', name: 'rated_at', precision: 3 })
  ratedAt: Date;
}

/** Of which day the funder was reminded. */
@Entity('report_response_reminders')
@ForeignKey(() => ReportShareRow, ['shareId'], ['id'], { name: 'report_response_reminders_share' })
@Check('report_response_reminders_kind', "kind IN ('DUE_SOON', 'DUE')")
export class ReportResponseReminderRow {
  @PrimaryColumn({ type: 'uuid', name: 'share_id' })
  shareId: string;

  @PrimaryColumn('text')
  kind: Reminder;

  @Column({ type: 'timestamptz', name: 'reminded_at', precision: 3 })
  remindedAt: Date;
}
