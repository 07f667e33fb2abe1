import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * How many events an organization has noted, and each of its lines of keys beside it: locked while one is added, so that
 * reading in order skips no late commit.
 */
@Entity({ schema: 'obstacles', name: 'streams' })
export class StreamRow {
  @PrimaryColumn({ type: 'uuid', name: 'reader_id' })
  readerId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'bigint', name: 'last_seq' })
  lastSeq: bigint;
}

/** What happened to the owner's entries while nobody else could see them. */
@Entity({ schema: 'obstacles', name: 'events' })
@Index('events_in_order', ['readerId', 'seq', 'sub', 'id'], { unique: true })
@Index('events_closed_once', { synchronize: false })
export class ObstacleEventRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'uuid', name: 'reader_id' })
  readerId: string;

  @Column('bigint')
  seq: bigint;

  /** Above 0 for what a line of keys noted after that number. */
  @Column({ type: 'bigint', default: 0 })
  sub: bigint;

  @Column('text')
  type: string;

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date;

  @Column({ type: 'uuid', name: 'obstacle_id' })
  obstacleId: string;
}

/** The permanent ids under which portals send. Of whoever could read the entry when it was logged. */
@Entity({ schema: 'obstacles', name: 'submissions' })
export class SubmissionRow {
  @PrimaryColumn({ type: 'uuid', name: 'reader_id' })
  readerId: string;

  @PrimaryColumn({ type: 'text', name: 'client_submission_id' })
  clientSubmissionId: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'uuid', name: 'obstacle_id' })
  obstacleId: string;

  @Column({ type: 'bytea', name: 'content_hash' })
  contentHash: Buffer;
}

/** As the network's own table of outcomes; these would tell that something was logged, so they lie here. */
@Entity({ schema: 'obstacles', name: 'idempotency_outcomes' })
@Index('obstacle_outcomes_created_at', ['createdAt'])
@Check(
  'idempotency_outcomes_few_notices',
  `CASE WHEN jsonb_typeof(notices) = 'array' THEN jsonb_array_length(notices) BETWEEN 1 AND 10 AND octet_length(notices::text) <= 8192
    ELSE notices IS NULL END`,
)
export class ObstacleOutcomeRow {
  @PrimaryColumn({ type: 'uuid', name: 'lineage_id' })
  lineageId: string;

  @PrimaryColumn('text')
  operation: string;

  @PrimaryColumn({ type: 'text', name: 'idempotency_key' })
  idempotencyKey: string;

  @Column({ type: 'bytea', name: 'input_hash' })
  inputHash: Buffer;

  @Column({ type: 'uuid', name: 'entity_id' })
  entityId: string;

  @Column({ type: 'integer', name: 'entity_version' })
  entityVersion: number;

  @Column({ type: 'jsonb', nullable: true })
  notices: object[] | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' })
  createdAt: Date;
}
