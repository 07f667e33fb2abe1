import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { OrganizationRow } from '../organization.entity.js';

/** A number that an organization gives itself: UNCONFIRMED, and no other organization's claim stands in its way. */
@Entity('identifier_claims')
@ForeignKey(() => OrganizationRow, ['organizationId'], ['id'], { name: 'identifier_claims_organization' })
@Unique('identifier_claims_once', ['organizationId', 'scheme', 'value'])
@Index('identifier_claims_by_value', ['scheme', 'value', 'claimedAt', 'id'])
@Index('identifier_claims_by_time', ['claimedAt', 'id'])
export class IdentifierClaimRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'text' })
  scheme: string;

  @Column({ type: 'text' })
  value: string;

  @Column({ type: 'timestamptz', precision: 3, name: 'claimed_at' })
  claimedAt: Date;
}
