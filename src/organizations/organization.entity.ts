import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

@Entity('organizations')
@Check('organizations_name', 'length(name) BETWEEN 1 AND 1000')
@Check('organizations_country', "country ~ '^[A-Z]{2}$'")
@Index('organizations_listed', { synchronize: false })
@Index('organizations_by_name', ['name', 'id'])
@Index('organizations_by_country', ['country', 'name', 'id'])
@Index('organizations_by_creation', ['createdAt', 'id'])
@ForeignKey(() => OrganizationRow, ['mergedInto'], ['id'], { name: 'organizations_merged_into' })
export class OrganizationRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', name: 'other_names', array: true, default: () => "'{}'" })
  otherNames: string[];

  @Column({ type: 'text', nullable: true })
  country: string | null;

  @Column({ type: 'text', nullable: true })
  website: string | null;

  @Column({ type: 'text', default: 'en' })
  locale: string;

  @Column({ type: 'text', name: 'time_zone', default: 'UTC' })
  timeZone: string;

  @Column({ type: 'boolean', name: 'is_listed' })
  isListed: boolean;

  @Index('organizations_by_merge')
  @Column({ type: 'uuid', name: 'merged_into', nullable: true })
  mergedInto: string | null;

  @Column({ type: 'uuid', name: 'registered_by', nullable: true })
  registeredBy: string | null;

  @Column({ type: 'integer', default: 1 })
  version: number;

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' })
  createdAt: Date;

  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at' })
  updatedAt: Date;
}

@Entity('organization_contacts')
@ForeignKey(() => OrganizationRow, ['organizationId'], ['id'], { name: 'organization_contacts_organization' })
export class ContactRow {
  @PrimaryColumn({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'text', nullable: true })
  person: string | null;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'text', nullable: true })
  phone: string | null;
}

/** A number that is CONFIRMED: one organization in the network holds it. */
@Entity('organization_identifiers')
@ForeignKey(() => OrganizationRow, ['organizationId'], ['id'], { name: 'organization_identifiers_organization' })
export class IdentifierRow {
  @PrimaryColumn({ type: 'text' })
  scheme: string;

  @PrimaryColumn({ type: 'text' })
  value: string;

  @Index('organization_identifiers_by_organization')
  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;
}
