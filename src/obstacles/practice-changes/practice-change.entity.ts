import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { FunderRow } from '../../organizations/face.entity.js';

/** "You said, we did": published by a funder, readable by everybody, retracted but never rewritten. */
@Entity('practice_changes')
@ForeignKey(() => FunderRow, ['funderId'], ['organizationId'], { name: 'practice_changes_funder' })
@Check('practice_changes_codes', 'cardinality(codes) BETWEEN 1 AND 5')
@Check('practice_changes_month', 'extract(day FROM effective_month) = 1')
@Check('practice_changes_retracted', 'retracted_at >= published_at')
@Index('practice_changes_published', { synchronize: false })
@Index('practice_changes_published_by_funder', { synchronize: false })
@Index('practice_changes_by_funder', ['funderId', 'publishedAt', 'id'])
export class PracticeChangeRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'funder_id' })
  funderId: string;

  @Column({ type: 'text', array: true })
  codes: string[];

  @Column({ type: 'text', name: 'you_said' })
  youSaid: string;

  @Column({ type: 'text', name: 'we_did' })
  weDid: string;

  @Column({ type: 'date', name: 'effective_month' })
  effectiveMonth: string;

  @Column({ type: 'timestamptz', precision: 3, name: 'published_at' })
  publishedAt: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'retracted_at', nullable: true })
  retractedAt: Date | null;

  @Column({ type: 'integer', default: 1 })
  version: number;
}
