import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CurrencyRow } from '../../platform/db/currency.entity.js';
import { AgreementPartRow } from '../agreement-part.entity.js';
import { AgreementRow } from '../agreement.entity.js';
import { DisbursementRow } from './disbursement.entity.js';

/** What the grantee told of a receipt, each time; the last is also on the disbursement. */
@Entity('disbursement_receipts')
@ForeignKey(() => AgreementRow, ['agreementId', 'fiscalSponsorId'], ['id', 'fiscalSponsorId'], {
  name: 'disbursement_receipts_sponsor',
  onUpdate: 'CASCADE',
})
@ForeignKey(() => AgreementRow, ['agreementId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'disbursement_receipts_agreement',
})
@ForeignKey(() => DisbursementRow, ['disbursementId'], ['id'], { name: 'disbursement_receipts_disbursement' })
@ForeignKey(() => CurrencyRow, ['receivedCurrency'], ['code'], { name: 'disbursement_receipts_currency' })
@Check('disbursement_receipts_offered_to', 'offered_to = grantee_id')
@Check('disbursement_receipts_number', 'number >= 1')
@Check('disbursement_receipts_amount', 'received_minor > 0')
@Index('disbursement_receipts_by_agreement', ['agreementId', 'disbursementId', 'number'])
export class DisbursementReceiptRow extends AgreementPartRow {
  @PrimaryColumn({ type: 'uuid', name: 'disbursement_id' })
  disbursementId: string;

  @PrimaryColumn({ type: 'integer' })
  number: number;

  @Column({ type: 'date', name: 'received_on' })
  receivedOn: string;

  @Column({ type: 'bigint', name: 'received_minor' })
  receivedMinor: bigint;

  @Column({ type: 'text', name: 'received_currency' })
  receivedCurrency: string;

  /** Why it was corrected; null for the first. */
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'timestamptz', name: 'told_at', precision: 3 })
  toldAt: Date;
}
