import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CurrencyRow } from '../../platform/db/currency.entity.js';
import { AgreementPartRow } from '../agreement-part.entity.js';
import { AgreementRow } from '../agreement.entity.js';
import { DisbursementRow } from './disbursement.entity.js';
import { InstallmentRow } from './installment.entity.js';

@Entity('repayments')
@ForeignKey(() => AgreementRow, ['agreementId', 'fiscalSponsorId'], ['id', 'fiscalSponsorId'], {
  name: 'repayments_sponsor',
  onUpdate: 'CASCADE',
})
@ForeignKey(() => AgreementRow, ['agreementId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'repayments_agreement',
})
@ForeignKey(() => DisbursementRow, ['disbursementId'], ['id'], { name: 'repayments_disbursement' })
@ForeignKey(() => InstallmentRow, ['installmentId'], ['id'], { name: 'repayments_installment' })
@ForeignKey(() => CurrencyRow, ['currency'], ['code'], { name: 'repayments_currency' })
@Check('repayments_offered_to', 'offered_to = grantee_id')
@Check('repayments_amount', 'amount_minor > 0')
@Index('repayments_by_agreement', ['agreementId', 'repaidOn', 'id'])
export class RepaymentRow extends AgreementPartRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'disbursement_id' })
  disbursementId: string;

  @Column({ type: 'uuid', name: 'installment_id' })
  installmentId: string;

  @Column({ type: 'bigint', name: 'amount_minor' })
  amountMinor: bigint;

  @Column({ type: 'text' })
  currency: string;

  @Column({ type: 'date', name: 'repaid_on' })
  repaidOn: string;

  /** The day since which its installment had been received; null when it was not. Those days are never late. */
  @Column({ type: 'date', name: 'covered_from', nullable: true })
  coveredFrom: string | null;

  @Column({ type: 'text' })
  reason: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}
