import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { CurrencyRow } from '../../platform/db/currency.entity.js';
import { AgreementPartRow } from '../agreement-part.entity.js';
import { AgreementRow } from '../agreement.entity.js';
import type { InstallmentState } from './payment.rules.js';

@Entity('installments')
@ForeignKey(() => AgreementRow, ['agreementId', 'fiscalSponsorId'], ['id', 'fiscalSponsorId'], {
  name: 'installments_sponsor',
  onUpdate: 'CASCADE',
})
@ForeignKey(() => AgreementRow, ['agreementId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'installments_agreement',
})
@ForeignKey(() => CurrencyRow, ['currency'], ['code'], { name: 'installments_currency' })
@Unique('installments_numbered', ['agreementId', 'number'], { deferrable: 'INITIALLY DEFERRED' })
@Check('installments_offered_to', 'offered_to = grantee_id')
@Check('installments_number', 'number >= 1')
@Check('installments_amount', 'amount_minor > 0')
@Check('installments_state', 'state IN (...)')
@Check('installments_received', "(state = 'RECEIVED') = (received_on IS NOT NULL)")
@Check('installments_late_from', 'late_from IS NULL OR (...)')
@Index('installments_by_funder_due', { synchronize: false })
@Index('installments_by_grantee_due', { synchronize: false })
@Index('installments_by_due', { synchronize: false })
@Index('installments_open_by_funder_due', { synchronize: false })
@Index('installments_open_by_grantee_due', { synchronize: false })
@Index('installments_open_by_due', { synchronize: false })
@Index('installments_late_by_grantee', { synchronize: false })
@Index('installments_by_duty', { synchronize: false })
export class InstallmentRow extends AgreementPartRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'integer' })
  number: number;

  @Column({ type: 'date', name: 'due_on' })
  dueOn: string;

  @Column({ type: 'bigint', name: 'amount_minor' })
  amountMinor: bigint;

  @Column({ type: 'text' })
  currency: string;

  @Column({ type: 'text' })
  state: InstallmentState;

  /** The end of the due day; null until the agreement is accepted. */
  @Column({ type: 'timestamptz', name: 'late_at', precision: 3, nullable: true })
  lateAt: Date | null;

  /** Late from this instant on, if nothing more happens; null while a hold keeps it and when it is not awaited. */
  @Column({ type: 'timestamptz', name: 'late_from', precision: 3, nullable: true })
  lateFrom: Date | null;

  @Column({ type: 'date', name: 'received_on', nullable: true })
  receivedOn: string | null;

  /** Of the duty to pay by this day, once an earlier day was missed and replaced; null means the installment's own id. */
  @Column({ type: 'uuid', name: 'duty_id', nullable: true })
  dutyId: string | null;
}
