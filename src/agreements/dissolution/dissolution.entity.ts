import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { OfAgreementRow } from '../agreement-part.entity.js';
import { AgreementRow } from '../agreement.entity.js';
import type { DissolutionState } from './dissolution.lifecycle.js';

export const CEASED_PARTIES = ['FUNDER', 'GRANTEE'] as const;
export type CeasedParty = (typeof CEASED_PARTIES)[number];

@Entity('dissolutions')
@ForeignKey(() => AgreementRow, ['agreementId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'dissolutions_agreement',
})
@ForeignKey(() => AgreementRow, ['agreementId', 'fiscalSponsorId'], ['id', 'fiscalSponsorId'], {
  name: 'dissolutions_sponsor',
  onUpdate: 'CASCADE',
})
@Check('dissolutions_ceased', 'ceased IN (...)')
@Check('dissolutions_state', 'state IN (...)')
@Check('dissolutions_notice', 'earliest_on >= announced_on + 60')
@Check('dissolutions_decided', "(state = 'ANNOUNCED') = (decided_at IS NULL)")
@Check('dissolutions_recorded', "(state = 'RECORDED') = (recorded_on IS NOT NULL) AND recorded_on >= earliest_on")
@Index('dissolutions_one_open', { synchronize: false })
@Index('dissolutions_by_agreement', ['agreementId', 'announcedAt', 'id'])
export class DissolutionRow extends OfAgreementRow {
  @PrimaryColumn('uuid')
  id: string;

  /** Which party no longer exists. */
  @Column({ type: 'text' })
  ceased: CeasedParty;

  @Column({ type: 'text', name: 'legal_basis' })
  legalBasis: string;

  @Column({ type: 'text' })
  state: DissolutionState;

  @Column({ type: 'timestamptz', name: 'announced_at', precision: 3 })
  announcedAt: Date;

  /** The day of the notice where the agreement lives. */
  @Column({ type: 'date', name: 'announced_on' })
  announcedOn: string;

  @Column({ type: 'date', name: 'earliest_on' })
  earliestOn: string;

  @Column({ type: 'timestamptz', name: 'decided_at', precision: 3, nullable: true })
  decidedAt: Date | null;

  @Column({ type: 'date', name: 'recorded_on', nullable: true })
  recordedOn: string | null;

  @Column({ type: 'integer', default: 1 })
  version: number;
}
