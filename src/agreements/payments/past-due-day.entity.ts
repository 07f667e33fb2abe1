import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AgreementPartRow } from '../agreement-part.entity.js';
import { AgreementRow } from '../agreement.entity.js';
import { InstallmentRow } from './installment.entity.js';

/** A due day that was over when an amendment or a dissolution put another in its place. No consent erases it. */
@Entity('past_due_days')
@ForeignKey(() => AgreementRow, ['agreementId', 'fiscalSponsorId'], ['id', 'fiscalSponsorId'], {
  name: 'past_due_days_sponsor',
  onUpdate: 'CASCADE',
})
@ForeignKey(() => AgreementRow, ['agreementId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'past_due_days_agreement',
})
@ForeignKey(() => InstallmentRow, ['installmentId'], ['id'], { name: 'past_due_days_installment' })
@Check('past_due_days_over', 'until > due_on')
@Check('past_due_days_amount', 'amount_minor > 0')
@Check('past_due_days_offered_to', 'offered_to = grantee_id')
@Index('past_due_days_by_agreement', ['agreementId', 'installmentId', 'until', 'id'])
@Index('past_due_days_by_grantee', ['offeredTo', 'lateAt', 'id'])
export class PastDueDayRow extends AgreementPartRow {
  /** That of the duty to pay by this day: the installment's own for its first day. */
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'installment_id' })
  installmentId: string;

  @Column({ type: 'date', name: 'due_on' })
  dueOn: string;

  @Column({ type: 'timestamptz', name: 'late_at', precision: 3 })
  lateAt: Date;

  /** What was due by it. */
  @Column({ type: 'bigint', name: 'amount_minor' })
  amountMinor: bigint;

  /** The day on which other terms took effect. */
  @Column({ type: 'date' })
  until: string;
}
