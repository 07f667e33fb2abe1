import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ObstacleState, Tier } from '../obstacle.lifecycle.js';

/** The owner's log, whatever the tier. */
@Entity({ schema: 'obstacles', name: 'entries' })
@Check('entries_tier', "tier IN ('AGGREGATE_ONLY', 'CONFIDENTIAL', 'SHARED')")
@Check('entries_state', "state IN ('LOGGED', 'RESOLVED', 'WITHDRAWN')")
@Check('entries_other_codes', 'cardinality(other_codes) <= 2')
@Check('entries_month', 'extract(day FROM began_month) = 1')
@Check('entries_delay', 'delay_days >= 1')
@Check('entries_cost', 'cost_minor > 0')
@Check('entries_hours', 'hours_lost >= 1')
@Check('entries_cost_in_a_currency', '(cost_minor IS NULL) = (cost_currency IS NULL)')
@Check('entries_reader', "(tier = 'AGGREGATE_ONLY') = (reader_id <> organization_id)")
@Check('entries_shared_with', "tier <> 'SHARED' OR funder_id IS NOT NULL")
@Check('entries_agreement_of_funder', 'agreement_id IS NULL OR funder_id IS NOT NULL')
@Index('entries_by_reader', ['readerId', 'loggedAt', 'id'])
@Index('entries_for_steward', { synchronize: false })
@Index('entries_confidential_by_funder', { synchronize: false })
@Index('entries_confidential_by_sponsor', { synchronize: false })
@Index('entries_by_release', ['countedIn', 'loggedAt'])
export class EntryRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  /** Who may read it on its owner's side: the organization, or for AGGREGATE_ONLY the lineage that logged it. */
  @Column({ type: 'uuid', name: 'reader_id' })
  readerId: string;

  @Column('text')
  tier: Tier;

  /** Of a hidden one; once shared, the copy's state is the one that counts. */
  @Column('text')
  state: ObstacleState;

  @Column('text')
  code: string;

  @Column({ type: 'text', array: true, name: 'other_codes' })
  otherCodes: string[];

  @Column({ type: 'date', name: 'began_month' })
  beganMonth: string;

  @Column('text')
  text: string;

  @Column({ type: 'integer', name: 'delay_days', nullable: true })
  delayDays: number | null;

  @Column({ type: 'bigint', name: 'cost_minor', nullable: true })
  costMinor: bigint | null;

  @Column({ type: 'text', name: 'cost_currency', nullable: true })
  costCurrency: string | null;

  @Column({ type: 'integer', name: 'hours_lost', nullable: true })
  hoursLost: number | null;

  @Column({ type: 'uuid', name: 'funder_id', nullable: true })
  funderId: string | null;

  @Column({ type: 'uuid', name: 'agreement_id', nullable: true })
  agreementId: string | null;

  /** Who stands beside the owner in that agreement, as it stood when it was named: its fiscal sponsor, or to that sponsor the group. */
  @Column({ type: 'uuid', name: 'sponsor_id', nullable: true })
  sponsorId: string | null;

  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'timestamptz', precision: 3, name: 'logged_at' })
  loggedAt: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at' })
  updatedAt: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'resolved_at', nullable: true })
  resolvedAt: Date | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'withdrawn_at', nullable: true })
  withdrawnAt: Date | null;

  /** The quarter whose statistics it belongs to, once that is closed. Fixed by the sealer; nobody is shown it. */
  @Column({ type: 'text', name: 'counted_in', nullable: true })
  countedIn: string | null;
}
