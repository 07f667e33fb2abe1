import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { FunderRow, GranteeRow } from './face.entity.js';

@Entity('invitations')
@Unique('invitations_token_digest', ['tokenDigest'])
@Unique('invitations_one_for_each_group', ['funderId', 'groupDigest'])
@Check('invitations_group_digest', 'length(group_digest) = 32')
@Check('invitations_claim_repeat_digest', 'length(claim_repeat_digest) = 32')
@Check('invitations_claim_repeat_whole', 'num_nulls(claim_repeat_digest, claim_repeatable_until) <> 1')
@Check('invitations_claim_repeat_claimed', 'claim_repeat_digest IS NULL OR claimed_at IS NOT NULL')
@ForeignKey(() => FunderRow, ['funderId'], ['organizationId'], { name: 'invitations_funder' })
@ForeignKey(() => GranteeRow, ['granteeId'], ['organizationId'], { name: 'invitations_grantee' })
@ForeignKey('ApiKeyRow', ['keyId'], ['id'], { name: 'invitations_key' })
@Index('invitations_by_funder', ['funderId', 'createdAt', 'id'])
export class InvitationRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'bytea', name: 'token_digest' })
  tokenDigest: Buffer;

  /** Null when the steward hands out the link. */
  @Column({ type: 'uuid', name: 'funder_id', nullable: true })
  funderId: string | null;

  @Column({ type: 'uuid', name: 'grantee_id' })
  granteeId: string;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' })
  createdAt: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'expires_at' })
  expiresAt: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'claimed_at', nullable: true })
  claimedAt: Date | null;

  /** Of what tells the group from the funder's others; null for an invitation from before this was kept. */
  @Column({ type: 'bytea', name: 'group_digest', nullable: true })
  groupDigest: Buffer | null;

  /** The key that the claim made. */
  @Column({ type: 'uuid', name: 'key_id', nullable: true })
  keyId: string | null;

  /** Of the token and the idempotency key of the claim: who knows both may repeat the claim. */
  @Column({ type: 'bytea', name: 'claim_repeat_digest', nullable: true })
  claimRepeatDigest: Buffer | null;

  /** By the database's clock. */
  @Column({ type: 'timestamptz', precision: 3, name: 'claim_repeatable_until', nullable: true })
  claimRepeatableUntil: Date | null;
}
