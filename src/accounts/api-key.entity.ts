import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Role } from '../platform/access/actor.js';

export type KeyRole = Exclude<Role, 'PUBLIC' | 'SYSTEM' | 'SEALER'>;

@Entity('api_keys')
@ForeignKey('OrganizationRow', ['organizationId'], ['id'], { name: 'api_keys_organization' })
@Check('api_keys_secret_digest', 'length(secret_digest) = 32')
@Check('api_keys_role', "role IN ('FUNDER', 'GRANTEE', 'ANALYST', 'STEWARD')")
@Check('api_keys_organization_needed', "role NOT IN ('FUNDER', 'GRANTEE') OR organization_id IS NOT NULL")
@Check('api_keys_heir_is_seen_by_nobody', 'rotated_from IS NULL OR NOT issued_by_other')
@ForeignKey('ApiKeyRow', ['rotatedFrom'], ['id'], { name: 'api_keys_rotated_from' })
@Unique('api_keys_one_heir', ['rotatedFrom'])
@Index('api_keys_by_organization', ['organizationId', 'createdAt', 'id'])
@Index('api_keys_by_creation', ['createdAt', 'id'])
@Index('api_keys_ended', { synchronize: false })
export class ApiKeyRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'bytea', name: 'secret_digest' })
  secretDigest: Buffer;

  @Column({ type: 'text' })
  role: KeyRole;

  @Column({ type: 'uuid', name: 'organization_id', nullable: true })
  organizationId: string | null;

  @Column({ type: 'uuid', name: 'lineage_id' })
  lineageId: string;

  @Column({ type: 'text' })
  label: string;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3, nullable: true })
  expiresAt: Date | null;

  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3, nullable: true })
  revokedAt: Date | null;

  @Column({ type: 'date', name: 'last_used_on', nullable: true })
  lastUsedOn: string | null;

  /** Whether somebody else was shown the secret when the key was made. */
  @Column({ type: 'boolean', name: 'issued_by_other', default: false })
  issuedByOther: boolean;

  /** The key that this key replaced. */
  @Column({ type: 'uuid', name: 'rotated_from', nullable: true })
  rotatedFrom: string | null;

  /** When another key replaced this key. */
  @Column({ type: 'timestamptz', name: 'rotated_at', precision: 3, nullable: true })
  rotatedAt: Date | null;

  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date;
}

/** What callers see of a key: never its digest or lineage. */
export type ApiKey = Omit<ApiKeyRow, 'secretDigest' | 'lineageId' | 'rotatedFrom'>;
