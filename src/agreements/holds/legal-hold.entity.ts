import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AgreementPartRow } from '../agreement-part.entity.js';
import { AgreementRow } from '../agreement.entity.js';
import { InstallmentRow } from '../payments/installment.entity.js';

export const HOLD_GROUNDS = ['EXPENDITURE_RESPONSIBILITY', 'SANCTIONS_SCREENING', 'COURT_ORDER'] as const;
export type HoldGround = (typeof HOLD_GROUNDS)[number];

@Entity('legal_holds')
@ForeignKey(() => AgreementRow, ['agreementId', 'fiscalSponsorId'], ['id', 'fiscalSponsorId'], {
  name: 'legal_holds_sponsor',
  onUpdate: 'CASCADE',
})
@ForeignKey(() => AgreementRow, ['agreementId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'legal_holds_agreement',
})
@ForeignKey(() => InstallmentRow, ['installmentId'], ['id'], { name: 'legal_holds_installment' })
@Check('legal_holds_offered_to', 'offered_to = grantee_id')
@Check('legal_holds_ground', 'ground IN (...)')
@Check('legal_holds_lifted', '(lifted_at IS NULL) = (lifted_on IS NULL) AND ...')
@Index('legal_holds_one_open', { synchronize: false })
@Index('legal_holds_by_agreement', ['agreementId', 'installmentId', 'id'])
@Index('legal_holds_by_grantee', ['offeredTo', 'placedAt', 'id'])
export class LegalHoldRow extends AgreementPartRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'installment_id' })
  installmentId: string;

  @Column({ type: 'text' })
  ground: HoldGround;

  @Column({ type: 'text', name: 'legal_basis' })
  legalBasis: string;

  @Column({ type: 'timestamptz', name: 'placed_at', precision: 3 })
  placedAt: Date;

  /** The day it was where the agreement lives. */
  @Column({ type: 'date', name: 'placed_on' })
  placedOn: string;

  @Column({ type: 'timestamptz', name: 'lifted_at', precision: 3, nullable: true })
  liftedAt: Date | null;

  @Column({ type: 'date', name: 'lifted_on', nullable: true })
  liftedOn: string | null;

  @Column({ type: 'integer', default: 1 })
  version: number;
}
