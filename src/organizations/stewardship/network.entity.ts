import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { OrganizationRow } from '../organization.entity.js';

/** The one row about the network itself. */
@Entity('network')
@Check('network_is_only', 'is_only')
@Check('network_epoch', 'epoch >= 1')
@Check('network_steward_declared', 'steward_organization_id IS NULL OR steward_declared_at IS NOT NULL')
@ForeignKey(() => OrganizationRow, ['stewardOrganizationId'], ['id'], { name: 'network_steward_organization' })
export class NetworkRow {
  @PrimaryColumn({ type: 'boolean', name: 'is_only', default: true })
  isOnly: boolean;

  @Column('uuid')
  id: string;

  @Column({ type: 'uuid', name: 'steward_organization_id', nullable: true })
  stewardOrganizationId: string | null;

  /** Null until the steward has said whose it is, or that it is nobody's. */
  @Column({ type: 'timestamptz', precision: 3, name: 'steward_declared_at', nullable: true })
  stewardDeclaredAt: Date | null;

  @Column({ type: 'integer', default: 1 })
  version: number;

  /** Of the feeds: it goes up when the network is restored from a backup. */
  @Column({ type: 'integer', default: 1 })
  epoch: number;

  /** Whether there must be a witness of it in the ledger outside the database. */
  @Column({ type: 'boolean', name: 'is_witnessed', default: false })
  isWitnessed: boolean;

  /** When it became a copy of another network, which speaks for all that was logged before. */
  @Column({ type: 'timestamptz', precision: 3, name: 'copied_at', nullable: true })
  copiedAt: Date | null;
}

/** What is or ever was the steward's: named so, or with a steward's key. Rows are added by the database and never go. */
@Entity('steward_organizations')
@ForeignKey(() => OrganizationRow, ['organizationId'], ['id'], { name: 'steward_organizations_organization' })
export class StewardOrganizationRow {
  @PrimaryColumn({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'timestamptz', precision: 3 })
  since: Date;
}
