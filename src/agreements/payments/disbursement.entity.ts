import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CurrencyRow } from '../../platform/db/currency.entity.js';
import { AgreementPartRow } from '../agreement-part.entity.js';
import { AgreementRow } from '../agreement.entity.js';
import type { DisbursementState } from './disbursement.lifecycle.js';
import { InstallmentRow } from './installment.entity.js';

@Entity('disbursements')
@ForeignKey(() => AgreementRow, ['agreementId', 'fiscalSponsorId'], ['id', 'fiscalSponsorId'], {
  name: 'disbursements_sponsor',
  onUpdate: 'CASCADE',
})
@ForeignKey(() => AgreementRow, ['agreementId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'disbursements_agreement',
})
@ForeignKey(() => InstallmentRow, ['installmentId'], ['id'], { name: 'disbursements_installment' })
@ForeignKey(() => CurrencyRow, ['currency'], ['code'], { name: 'disbursements_currency' })
@ForeignKey(() => CurrencyRow, ['receivedCurrency'], ['code'], { name: 'disbursements_received_currency' })
@Check('disbursements_offered_to', 'offered_to = grantee_id')
@Check('disbursements_state', 'state IN (...)')
@Check('disbursements_amount', 'amount_minor > 0')
@Check('disbursements_received_amount', 'received_minor >= 0')
@Check('disbursements_received', "(state = 'RECEIVED') = (received_on IS NOT NULL) AND ...")
@Check('disbursements_repaid', 'repaid_minor BETWEEN 0 AND amount_minor AND ...')
@Check('disbursements_surplus', "state = 'RECEIVED' OR NOT is_surplus")
@Index('disbursements_by_agreement', ['agreementId', 'installmentId', 'id'])
@Index('disbursements_by_installment', ['installmentId', 'id'])
@Index('disbursements_with_cost_by_grantee', { synchronize: false })
export class DisbursementRow extends AgreementPartRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'installment_id' })
  installmentId: string;

  @Column({ type: 'text' })
  state: DisbursementState;

  @Column({ type: 'date', name: 'sent_on' })
  sentOn: string;

  @Column({ type: 'bigint', name: 'amount_minor' })
  amountMinor: bigint;

  @Column({ type: 'text' })
  currency: string;

  @Column({ type: 'text', nullable: true })
  reference: string | null;

  @Column({ type: 'date', name: 'received_on', nullable: true })
  receivedOn: string | null;

  @Column({ type: 'bigint', name: 'received_minor', nullable: true })
  receivedMinor: bigint | null;

  @Column({ type: 'text', name: 'received_currency', nullable: true })
  receivedCurrency: string | null;

  /** Arrived after its replacement: outside the sum. */
  @Column({ type: 'boolean', name: 'is_surplus', default: false })
  isSurplus: boolean;

  /** The sum of its repayments. */
  @Column({ type: 'bigint', name: 'repaid_minor', default: 0 })
  repaidMinor: bigint;

  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt: Date;
}
