import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AgreementRow } from '../agreement.entity.js';
import type { StoredTerms } from './terms.rules.js';

export interface AgreedNames {
  readonly funderName: string;
  readonly granteeName: string;
  readonly timeZone: string;
}

@Entity('agreement_revisions')
@Index('agreement_revisions_by_sponsor', { synchronize: false })
@ForeignKey(() => AgreementRow, ['agreementId', 'fiscalSponsorId'], ['id', 'fiscalSponsorId'], {
  name: 'agreement_revisions_sponsor',
  onUpdate: 'CASCADE',
})
@ForeignKey(() => AgreementRow, ['agreementId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'agreement_revisions_agreement',
})
@Check('agreement_revisions_offered_to', 'offered_to = grantee_id')
@Check('agreement_revisions_number', 'number >= 1')
export class AgreementRevisionRow {
  @PrimaryColumn({ type: 'uuid', name: 'agreement_id' })
  agreementId: string;

  @Column({ type: 'uuid', name: 'funder_id' })
  funderId: string;

  @Column({ type: 'uuid', name: 'grantee_id' })
  granteeId: string;

  @Column({ type: 'uuid', name: 'offered_to', nullable: true })
  offeredTo: string | null;

  /** The present fiscal sponsor of a sponsored project, kept by the foreign key. */
  @Column({ type: 'uuid', name: 'fiscal_sponsor_id', nullable: true })
  fiscalSponsorId: string | null;

  /** The sponsor this revision was shown to: it can read it forever, also when it is the sponsor no more. */
  @Column({ type: 'uuid', name: 'shown_to_sponsor_id', nullable: true })
  shownToSponsorId: string | null;

  @PrimaryColumn({ type: 'integer' })
  number: number;

  @Column({ type: 'jsonb' })
  terms: StoredTerms;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'offered_at', precision: 3, nullable: true })
  offeredAt: Date | null;

  @Column({ type: 'timestamptz', name: 'accepted_at', precision: 3, nullable: true })
  acceptedAt: Date | null;

  /** Word for word what was agreed to, whose digest the agreement keeps. */
  @Column({ type: 'text', name: 'accepted_text', nullable: true })
  acceptedText: string | null;

  /** What the parties were called when they agreed, and where their days end: also for what amendments make of it. */
  @Column({ type: 'jsonb', name: 'agreed_names', nullable: true })
  agreedNames: AgreedNames | null;

  /** What the grantee would rather have had. */
  @Column({ type: 'text', name: 'changes_requested', nullable: true })
  changesRequested: string | null;
}
