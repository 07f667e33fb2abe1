import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { EntryRow } from '../log/entry.entity.js';
import type { ObstacleState } from '../obstacle.lifecycle.js';

/** An answer given before the grantee reopened: kept, in JSON, so dates are text. */
export interface EarlierAnswer {
  readonly acknowledgedAt: string | null;
  readonly answer: string;
  readonly changeBy: string | null;
  readonly answeredAt: string;
}

/** The copy that the funder concerned sees. It begins with sharing: nothing in it says when the entry was logged. */
@Entity({ schema: 'obstacles', name: 'shared' })
@ForeignKey(() => EntryRow, ['id'], ['id'], { name: 'shared_entry' })
@Check('shared_state', "state IN ('OPEN', 'ACKNOWLEDGED', 'ANSWERED', 'RESOLVED', 'WITHDRAWN')")
@Check('shared_delay', 'delay_days >= 1')
@Check('shared_cost', 'cost_minor > 0')
@Check('shared_hours', 'hours_lost >= 1')
@Check('shared_cost_in_a_currency', '(cost_minor IS NULL) = (cost_currency IS NULL)')
@Check('shared_answer', '(answer IS NULL) = (answered_at IS NULL)')
@Check(
  'shared_withdrawn_says_nothing',
  "(state = 'WITHDRAWN') = (code IS NULL) AND (code IS NULL) = (text IS NULL) AND (code IS NULL) = (began_month IS NULL)",
)
@Index('shared_by_funder', ['funderId', 'sharedAt', 'id'])
@Index('shared_awaited_by_owner', { synchronize: false })
@Index('shared_unreminded', { synchronize: false })
@Index('shared_by_due_day', ['funderId', 'respondBy', 'id'])
@Index('shared_by_pair', ['organizationId', 'funderId', 'respondBy'])
export class SharedRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'funder_id' })
  funderId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'uuid', name: 'agreement_id', nullable: true })
  agreementId: string | null;

  @Column('text')
  state: ObstacleState;

  @Column({ type: 'text', nullable: true })
  code: string | null;

  @Column({ type: 'text', array: true, name: 'other_codes' })
  otherCodes: string[];

  @Column({ type: 'date', name: 'began_month', nullable: true })
  beganMonth: string | null;

  @Column({ type: 'text', nullable: true })
  text: string | null;

  @Column({ type: 'integer', name: 'delay_days', nullable: true })
  delayDays: number | null;

  @Column({ type: 'bigint', name: 'cost_minor', nullable: true })
  costMinor: bigint | null;

  @Column({ type: 'text', name: 'cost_currency', nullable: true })
  costCurrency: string | null;

  @Column({ type: 'integer', name: 'hours_lost', nullable: true })
  hoursLost: number | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'shared_at' })
  sharedAt: Date;

  /** Fixed at sharing, like the time zone: what the duty depends on does not change under it. */
  @Column({ type: 'integer', name: 'response_days' })
  responseDays: number;

  @Column({ type: 'text', name: 'time_zone' })
  timeZone: string;

  @Column({ type: 'date', name: 'respond_by' })
  respondBy: string;

  @Column({ type: 'timestamptz', precision: 3, name: 'respond_by_at' })
  respondByAt: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'acknowledged_at', nullable: true })
  acknowledgedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  answer: string | null;

  @Column({ type: 'date', name: 'change_by', nullable: true })
  changeBy: string | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'answered_at', nullable: true })
  answeredAt: Date | null;

  @Column({ type: 'jsonb', name: 'earlier_answers', default: () => "'[]'" })
  earlierAnswers: EarlierAnswer[];

  @Column({ type: 'timestamptz', precision: 3, name: 'resolved_at', nullable: true })
  resolvedAt: Date | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'withdrawn_at', nullable: true })
  withdrawnAt: Date | null;

  /** When the funder was reminded of the present duty; null again when reopened. */
  @Column({ type: 'timestamptz', precision: 3, name: 'reminded_at', nullable: true })
  remindedAt: Date | null;

  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at' })
  updatedAt: Date;
}
