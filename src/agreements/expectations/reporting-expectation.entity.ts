import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AgreementPartRow } from '../agreement-part.entity.js';
import { AgreementRow } from '../agreement.entity.js';

@Entity('reporting_expectations')
@ForeignKey(() => AgreementRow, ['agreementId', 'fiscalSponsorId'], ['id', 'fiscalSponsorId'], {
  name: 'reporting_expectations_sponsor',
  onUpdate: 'CASCADE',
})
@ForeignKey(() => AgreementRow, ['agreementId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'reporting_expectations_agreement',
})
@Check('reporting_expectations_offered_to', 'offered_to = grantee_id')
@Check('reporting_expectations_moved', 'moved_to BETWEEN due_on - 90 AND due_on + 90')
@Check('reporting_expectations_one_end', 'waived_at IS NULL OR met_by_share_id IS NULL')
@Index('reporting_expectations_by_agreement', ['agreementId', 'dueOn', 'id'])
@Check('reporting_expectations_expected_on', 'expected_on = COALESCE(moved_to, due_on)')
@Index('reporting_expectations_due', { synchronize: false })
@Index('reporting_expectations_open', { synchronize: false })
@Index('reporting_expectations_met_once', { synchronize: false })
@Index('reporting_expectations_unmet', { synchronize: false })
export class ReportingExpectationRow extends AgreementPartRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'date', name: 'due_on' })
  dueOn: string;

  @Column({ type: 'date', name: 'moved_to', nullable: true })
  movedTo: string | null;

  /** Where it was moved to, else its day; kept by a trigger. */
  @Column({ type: 'date', name: 'expected_on' })
  expectedOn: string;

  @Column({ type: 'timestamptz', name: 'waived_at', precision: 3, nullable: true })
  waivedAt: Date | null;

  @Column({ type: 'uuid', name: 'met_by_share_id', nullable: true })
  metByShareId: string | null;

  /** The end of the day it is due or was moved to; null until the agreement is accepted. */
  @Column({ type: 'timestamptz', name: 'overdue_at', precision: 3, nullable: true })
  overdueAt: Date | null;

  @Column({ type: 'integer', default: 1 })
  version: number;
}
