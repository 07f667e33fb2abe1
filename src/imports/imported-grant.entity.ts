import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { AgreementRow } from '../agreements/agreement.entity.js';
import { IdentifierRow, OrganizationRow } from '../organizations/organization.entity.js';

/** What a recorded agreement was recorded from. */
@Entity('imported_grants')
@ForeignKey(() => AgreementRow, ['agreementId', 'funderId', 'granteeId'], ['id', 'funderId', 'granteeId'], {
  name: 'imported_grants_agreement',
  onUpdate: 'CASCADE',
})
@ForeignKey(() => IdentifierRow, ['funderScheme', 'funderValue'], ['scheme', 'value'], {
  name: 'imported_grants_funder_identifier',
})
@ForeignKey(() => IdentifierRow, ['granteeScheme', 'granteeValue'], ['scheme', 'value'], {
  name: 'imported_grants_grantee_identifier',
})
@Unique('imported_grants_source_id', ['sourceId'])
@Check('imported_grants_digest', 'length(digest) = 32')
@Check('imported_grants_funder_whole', 'num_nulls(funder_scheme, funder_value) <> 1')
@Check('imported_grants_duration', 'duration_months BETWEEN 1 AND 1200')
@Check('imported_grants_grantee_whole', 'num_nulls(grantee_scheme, grantee_value) <> 1')
export class ImportedGrantRow {
  @PrimaryColumn({ type: 'uuid', name: 'agreement_id' })
  agreementId: string;

  @Column({ type: 'uuid', name: 'funder_id' })
  funderId: string;

  @Column({ type: 'uuid', name: 'grantee_id' })
  granteeId: string;

  /** The CONFIRMED number by which the file's funder is this organization; null when its name is. */
  @Column({ type: 'text', name: 'funder_scheme', nullable: true })
  funderScheme: string | null;

  @Column({ type: 'text', name: 'funder_value', nullable: true })
  funderValue: string | null;

  @Column({ type: 'text', name: 'grantee_scheme', nullable: true })
  granteeScheme: string | null;

  @Column({ type: 'text', name: 'grantee_value', nullable: true })
  granteeValue: string | null;

  /** The 360Giving id. */
  @Column({ type: 'text', name: 'source_id' })
  sourceId: string;

  /** Of what the grant says, without where and when it was published. */
  @Column({ type: 'bytea' })
  digest: Buffer;

  /** When the row was last changed, or its file issued, as the file says. */
  @Column({ type: 'timestamptz', precision: 3, name: 'date_modified', nullable: true })
  dateModified: Date | null;

  @Column({ type: 'text', nullable: true })
  title: string | null;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @Column({ type: 'text', name: 'program_title', nullable: true })
  programTitle: string | null;

  @Column({ type: 'text', name: 'data_source', nullable: true })
  dataSource: string | null;

  /** As the file has it, whatever the organization is called here. */
  @Column({ type: 'text', name: 'funder_name', nullable: true })
  funderName: string | null;

  @Column({ type: 'text', name: 'recipient_name', nullable: true })
  recipientName: string | null;

  @Column({ type: 'integer', name: 'duration_months', nullable: true })
  durationMonths: number | null;

  /** The row of the file. Numbers are the text they have there, so that none is rounded. */
  @Column({ type: 'jsonb' })
  source: unknown;

  @Column({ type: 'text', name: 'file_name', nullable: true })
  fileName: string | null;

  @Column({ type: 'timestamptz', precision: 3, name: 'imported_at' })
  importedAt: Date;
}

/** An organization without an identifier: its name means it in one funder's grants, and nowhere else. */
@Entity('imported_names')
@ForeignKey(() => OrganizationRow, ['organizationId'], ['id'], { name: 'imported_names_organization' })
@Check('imported_names_digest', 'length(name_digest) = 32')
export class ImportedNameRow {
  @PrimaryColumn({ type: 'uuid', name: 'scope_id' })
  scopeId: string;

  @PrimaryColumn({ type: 'bytea', name: 'name_digest' })
  nameDigest: Buffer;

  @Column({ type: 'uuid', name: 'organization_id' })
  organizationId: string;
}
