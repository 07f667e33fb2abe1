import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { FunderRow, GranteeRow } from '../organizations/face.entity.js';
import { CurrencyRow } from '../platform/db/currency.entity.js';
import type { AgreementState } from './agreement.lifecycle.js';
import type { LobbyingClause, Restriction } from './terms/terms.rules.js';

/** Shows the terms of `revision`, the last that was offered; later hidden ones are only in `agreement_revisions`. */
@Entity('agreements')
@ForeignKey(() => FunderRow, ['funderId'], ['organizationId'], { name: 'agreements_funder' })
@ForeignKey(() => GranteeRow, ['granteeId'], ['organizationId'], { name: 'agreements_grantee' })
@ForeignKey(() => CurrencyRow, ['currency'], ['code'], { name: 'agreements_currency' })
@ForeignKey(() => GranteeRow, ['fiscalSponsorId'], ['organizationId'], { name: 'agreements_fiscal_sponsor' })
@ForeignKey(() => AgreementRow, ['renewsId'], ['id'], { name: 'agreements_renews' })
@Unique('agreements_parties', ['id', 'funderId', 'granteeId'])
@Unique('agreements_with_sponsor', ['id', 'fiscalSponsorId'])
@Check('agreements_offered_to', 'offered_to = grantee_id')
@Check('agreements_state', 'state IN (...)')
@Check('agreements_origin', 'origin IN (...)')
@Check('agreements_restriction', 'restriction IN (...)')
@Check('agreements_committed', 'committed_minor >= 0')
@Check('agreements_lobbying', 'lobbying_clause IN (...)')
@Check('agreements_recorded_iff_imported', "(state = 'RECORDED') = (origin = 'IMPORTED')")
@Check('agreements_live_restriction', "origin = 'IMPORTED' OR restriction IN (...)")
@Check('agreements_distinct_parties', "origin = 'IMPORTED' OR funder_id <> grantee_id")
@Check('agreements_live_terms', "origin = 'IMPORTED' OR (...)")
@Check('agreements_offered', "origin = 'IMPORTED' OR (state = 'DRAFT') = (offered_to IS NULL)")
@Check('agreements_accepted', 'state NOT IN (...) OR (...)')
@Check('agreements_funder_version', 'funder_version >= version')
@Check('agreements_sponsor_apart', 'fiscal_sponsor_id <> funder_id AND fiscal_sponsor_id <> grantee_id')
@Check('agreements_sponsor_offered', 'fiscal_sponsor_id IS NULL OR offered_to IS NOT NULL')
@Check('agreements_sponsored_project', "origin = 'IMPORTED' OR offered_to IS NULL OR (...)")
@Check('agreements_sponsor_accepted', 'fiscal_sponsor_id IS NULL OR state NOT IN (...) OR ...')
@Index('agreements_by_funder', ['funderId', 'createdAt', 'id'])
@Index('agreements_by_grantee', ['offeredTo', 'createdAt', 'id'])
@Index('agreements_by_creation', ['createdAt', 'id'])
@Index('agreements_by_funder_update', ['funderId', 'funderUpdatedAt', 'id'])
@Index('agreements_by_grantee_update', ['offeredTo', 'updatedAt', 'id'])
@Index('agreements_by_update', ['updatedAt', 'id'])
@Index('agreements_by_funder_state', ['funderId', 'state', 'createdAt', 'id'])
@Index('agreements_by_grantee_state', ['offeredTo', 'state', 'createdAt', 'id'])
@Index('agreements_by_state', ['state', 'createdAt', 'id'])
@Index('agreements_by_pair', ['funderId', 'granteeId', 'createdAt', 'id'])
@Index('agreements_by_offered_pair', ['offeredTo', 'funderId', 'createdAt', 'id'])
@Index('agreements_by_sponsor', { synchronize: false })
@Index('agreements_by_sponsor_state', { synchronize: false })
@Index('agreements_by_funder_due', { synchronize: false })
@Index('agreements_by_grantee_due', { synchronize: false })
@Index('agreements_by_due', { synchronize: false })
@Index('agreements_by_funder_end', ['funderId', 'endsOn', 'id'])
@Index('agreements_by_grantee_end', ['offeredTo', 'endsOn', 'id'])
@Index('agreements_by_end', ['endsOn', 'id'])
@Index('agreements_by_funder_amount', ['funderId', 'currency', 'committedMinor', 'id'])
@Index('agreements_by_grantee_amount', ['offeredTo', 'currency', 'committedMinor', 'id'])
@Index('agreements_by_amount', ['currency', 'committedMinor', 'id'])
@Index('agreements_by_country', ['granteeCountry', 'createdAt', 'id'])
@Index('agreements_by_grantee_at_all', ['granteeId'])
@Index('agreements_renewals', { synchronize: false })
@Index('agreements_active_by_end', { synchronize: false })
@Index('agreements_over', { synchronize: false })
@Index('agreements_amended', { synchronize: false })
export class AgreementRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'funder_id' })
  funderId: string;

  @Column({ type: 'uuid', name: 'grantee_id' })
  granteeId: string;

  /** The grantee from the first offer on: to it, a draft does not exist. */
  @Column({ type: 'uuid', name: 'offered_to', nullable: true })
  offeredTo: string | null;

  /** Of a sponsored project, from the first offer on: to the sponsor, too, a draft does not exist. */
  @Column({ type: 'uuid', name: 'fiscal_sponsor_id', nullable: true })
  fiscalSponsorId: string | null;

  @Column({ type: 'text' })
  state: AgreementState;

  @Column({ type: 'text' })
  origin: 'LIVE' | 'IMPORTED';

  @Column({ type: 'text' })
  restriction: Restriction;

  @Column({ type: 'bigint', name: 'committed_minor' })
  committedMinor: bigint;

  @Column({ type: 'text' })
  currency: string;

  @Column({ type: 'date', name: 'awarded_on', nullable: true })
  awardedOn: string | null;

  @Column({ type: 'date', name: 'starts_on', nullable: true })
  startsOn: string | null;

  @Column({ type: 'date', name: 'ends_on', nullable: true })
  endsOn: string | null;

  @Column({ type: 'integer', name: 'notice_days', nullable: true })
  noticeDays: number | null;

  @Column({ type: 'integer', name: 'response_days', nullable: true })
  responseDays: number | null;

  @Column({ type: 'text', name: 'lobbying_clause', nullable: true })
  lobbyingClause: LobbyingClause | null;

  @Column({ type: 'text', name: 'lobbying_reason', nullable: true })
  lobbyingReason: string | null;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  /** Where its days end: the grantee's zone when it accepted. */
  @Column({ type: 'text', name: 'time_zone', nullable: true })
  timeZone: string | null;

  @Column({ type: 'integer', default: 1 })
  revision: number;

  @Column({ type: 'text', name: 'changes_requested', nullable: true })
  changesRequested: string | null;

  @Column({ type: 'uuid', name: 'renews_id', nullable: true })
  renewsId: string | null;

  @Column({ type: 'text', name: 'accepted_by_name', nullable: true })
  acceptedByName: string | null;

  @Column({ type: 'text', name: 'accepted_by_title', nullable: true })
  acceptedByTitle: string | null;

  @Column({ type: 'text', name: 'sponsor_accepted_by_name', nullable: true })
  sponsorAcceptedByName: string | null;

  @Column({ type: 'text', name: 'sponsor_accepted_by_title', nullable: true })
  sponsorAcceptedByTitle: string | null;

  @Column({ type: 'bytea', name: 'accepted_digest', nullable: true })
  acceptedDigest: Buffer | null;

  @Column({ type: 'timestamptz', name: 'offered_at', precision: 3, nullable: true })
  offeredAt: Date | null;

  @Column({ type: 'timestamptz', name: 'accepted_at', precision: 3, nullable: true })
  acceptedAt: Date | null;

  @Column({ type: 'timestamptz', name: 'ended_at', precision: 3, nullable: true })
  endedAt: Date | null;

  /** When an accepted amendment takes effect that these rows do not show yet. */
  @Column({ type: 'timestamptz', name: 'amends_at', precision: 3, nullable: true })
  amendsAt: Date | null;

  /** The earliest day of what is awaited under it; the database keeps it so. */
  @Column({ type: 'date', name: 'next_due_on', nullable: true })
  nextDueOn: string | null;

  /** The earliest instant from which one of its installments counts as late; the database keeps it so. */
  @Column({ type: 'timestamptz', name: 'late_from', precision: 3, nullable: true })
  lateFrom: Date | null;

  /** The grantee's organization's, today's and not that of acceptance; the database keeps it so. */
  @Column({ type: 'text', name: 'grantee_country', nullable: true })
  granteeCountry: string | null;

  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt: Date;

  /** The version that the funder sees: it counts edits that nobody else sees as well. The database keeps it ahead of `version`. */
  @Column({ type: 'integer', name: 'funder_version' })
  funderVersion: number;

  /** Likewise, when the funder's view of it last changed. */
  @Column({ type: 'timestamptz', name: 'funder_updated_at', precision: 3 })
  funderUpdatedAt: Date;
}
