import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { EntryRow } from '../log/entry.entity.js';
import type { SuggestionCode } from './suggestion.rules.js';

/** A suggestion that its reader logged or dismissed: it is never made again to that reader. */
@Entity({ schema: 'obstacles', name: 'handled_facts' })
@ForeignKey(() => EntryRow, ['obstacleId'], ['id'], { name: 'handled_facts_entry' })
@Check('handled_facts_logged', '(obstacle_id IS NULL) = (content_hash IS NULL)')
@Check('handled_facts_dismissed_by_a_line', 'obstacle_id IS NOT NULL OR reader_id <> organization_id')
@Index('handled_facts_by_obstacle', ['obstacleId'])
export class HandledFactRow {
  /** The organization, or the line of keys where only that may know: of what it logged AGGREGATE_ONLY or dismissed. */
  @PrimaryColumn({ type: 'uuid', name: 'reader_id' })
  readerId: string;

  @PrimaryColumn('text')
  code: SuggestionCode;

  /** The installment, amendment, hold, payment, share or obstacle the fact is about. */
  @PrimaryColumn({ type: 'uuid', name: 'fact_id' })
  factId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  /** What it was logged as; null when it was dismissed. */
  @Column({ type: 'uuid', name: 'obstacle_id', nullable: true })
  obstacleId: string | null;

  @Column({ type: 'bytea', name: 'content_hash', nullable: true })
  contentHash: Buffer | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'handled_at' })
  handledAt: Date;
}
