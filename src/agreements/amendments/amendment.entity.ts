import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { OfAgreementRow } from '../agreement-part.entity.js';
import { AgreementRow } from '../agreement.entity.js';
import type { TermsChange } from '../terms/terms-comparison.rules.js';
import { GranteeRow } from '../../organizations/face.entity.js';
import type { AmendmentParty, AmendmentState } from './amendment.lifecycle.js';
import type { ConsentParty } from './consent.rules.js';
import type { AmendmentKind, StoredChange } from './amendment.rules.js';
import type { LapseReason } from './waiting-amendments.rules.js';

@Entity('amendments')
@ForeignKey(() => AgreementRow, ['agreementId', 'fiscalSponsorId'], ['id', 'fiscalSponsorId'], {
  name: 'amendments_sponsor',
  onUpdate: 'CASCADE',
})
@ForeignKey(() => AgreementRow, ['agreementId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'amendments_agreement',
})
@Check('amendments_kind', 'kind IN (...)')
@Check('amendments_state', 'state IN (...)')
@Check('amendments_proposed_by', 'proposed_by IN (...)')
@Check('amendments_decided', "(state = 'PROPOSED') = (decided_at IS NULL)")
@Check('amendments_effect', "(state = 'ACCEPTED' OR ended_at IS NOT NULL) = (takes_effect_at IS NOT NULL) AND ...")
@Check('amendments_ended', 'ended_at IS NULL OR state IN (...) ...')
@Check('amendments_lapsed', "(state = 'LAPSED') = (lapsed_because IS NOT NULL) AND ...")
@Check('amendments_notice', '(effective_on IS NULL) = (notice_until IS NULL) AND ...')
@Check('amendments_consent_to_short_notice', "state <> 'ACCEPTED' OR notice_waived OR effective_on >= notice_until")
@ForeignKey(() => GranteeRow, ['newSponsorId'], ['organizationId'], { name: 'amendments_new_sponsor' })
@Check('amendments_agreed_by', 'agreed_by <@ ARRAY[...]')
@Check('amendments_new_sponsor_named', "(kind = 'CHANGE_SPONSOR') = (new_sponsor_id IS NOT NULL) AND ...")
@Check('amendments_consent', "state <> 'ACCEPTED' OR (...)")
@Index('amendments_asked', { synchronize: false })
@Index('amendments_one_open', { synchronize: false })
@Index('amendments_waiting', { synchronize: false })
@Index('amendments_one_for_each_revision', { synchronize: false })
@Index('amendments_by_agreement', ['agreementId', 'proposedAt', 'id'])
@Index('amendments_adverse_by_grantee', { synchronize: false })
export class AmendmentRow extends OfAgreementRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'text' })
  kind: AmendmentKind;

  @Column({ type: 'text' })
  state: AmendmentState;

  @Column({ type: 'text', name: 'proposed_by' })
  proposedBy: AmendmentParty;

  /** Who agreed so far, the proposer first. */
  @Column({ type: 'text', array: true, name: 'agreed_by', default: () => "'{}'" })
  agreedBy: readonly ConsentParty[];

  @Column({ type: 'uuid', name: 'new_sponsor_id', nullable: true })
  newSponsorId: string | null;

  /** What the new sponsor agrees to, in both languages: the agreement is not its own yet. */
  @Column({ type: 'text', name: 'proposed_text', nullable: true })
  proposedText: string | null;

  @Column({ type: 'integer', name: 'base_revision' })
  baseRevision: number;

  /** What to do with which rows: done when it takes effect, with what is there then. */
  @Column({ type: 'jsonb' })
  change: StoredChange;

  /** How the terms differed when it was proposed. */
  @Column({ type: 'jsonb' })
  shown: readonly TermsChange[];

  @Column({ type: 'text', nullable: true })
  message: string | null;

  @Column({ type: 'date', name: 'effective_on', nullable: true })
  effectiveOn: string | null;

  /** The first day it may take effect on without a waiver, fixed when it was proposed. */
  @Column({ type: 'date', name: 'notice_until', nullable: true })
  noticeUntil: string | null;

  @Column({ type: 'boolean', name: 'notice_waived', default: false })
  noticeWaived: boolean;

  @Column({ type: 'timestamptz', name: 'takes_effect_at', precision: 3, nullable: true })
  takesEffectAt: Date | null;

  /** The revision it made; null until it took effect. */
  @Column({ type: 'integer', nullable: true })
  revision: number | null;

  /** When other terms took effect while it was open. */
  @Column({ type: 'timestamptz', name: 'stale_at', precision: 3, nullable: true })
  staleAt: Date | null;

  @Column({ type: 'timestamptz', name: 'proposed_at', precision: 3 })
  proposedAt: Date;

  @Column({ type: 'timestamptz', name: 'decided_at', precision: 3, nullable: true })
  decidedAt: Date | null;

  /** When one that was accepted was withdrawn, or it was written that it lapsed. */
  @Column({ type: 'timestamptz', name: 'ended_at', precision: 3, nullable: true })
  endedAt: Date | null;

  @Column({ type: 'text', name: 'lapsed_because', nullable: true })
  lapsedBecause: LapseReason | null;

  @Column({ type: 'integer', default: 1 })
  version: number;
}
