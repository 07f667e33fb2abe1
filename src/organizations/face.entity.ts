import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { OrganizationRow } from './organization.entity.js';

/** An organization is a funder, a grantee, or both: these are its faces, under its own id. */
export interface ReportPrompt {
  readonly en: string;
  readonly vi: string | null;
}

@Entity('funders')
@ForeignKey(() => OrganizationRow, ['organizationId'], ['id'], { name: 'funders_organization' })
@Check('funders_response_days', 'response_days BETWEEN 1 AND 365')
@Check('funders_notice_days', 'notice_days BETWEEN 0 AND 1095')
@Check('funders_report_prompts', 'jsonb_array_length(report_prompts) <= 3')
@Index('funders_listed', { synchronize: false })
@Index('funders_by_name', ['name', 'organizationId'])
export class FunderRow {
  @PrimaryColumn({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'text', nullable: true })
  mission: string | null;

  @Column({ type: 'integer', name: 'response_days', default: 30 })
  responseDays: number;

  @Column({ type: 'integer', name: 'notice_days', default: 365 })
  noticeDays: number;

  @Column({ type: 'jsonb', name: 'report_prompts', default: () => "'[]'" })
  reportPrompts: ReportPrompt[];

  @Column({ type: 'integer', default: 1 })
  version: number;

  /** The organization's, repeated so that the directory is one index. */
  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'boolean', name: 'is_listed' })
  isListed: boolean;

  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at' })
  updatedAt: Date;
}

export const LEGAL_FORMS = ['REGISTERED', 'INFORMAL_GROUP', 'FISCALLY_SPONSORED'] as const;
export type LegalForm = (typeof LEGAL_FORMS)[number];

@Entity('grantees')
@ForeignKey(() => OrganizationRow, ['organizationId'], ['id'], { name: 'grantees_organization' })
@ForeignKey(() => GranteeRow, ['fiscalSponsorId'], ['organizationId'], { name: 'grantees_fiscal_sponsor' })
@Check('grantees_legal_form', "legal_form IN ('REGISTERED', 'INFORMAL_GROUP', 'FISCALLY_SPONSORED')")
@Check('grantees_sponsor_iff_sponsored', "(legal_form = 'FISCALLY_SPONSORED') = (fiscal_sponsor_id IS NOT NULL)")
@Check('grantees_not_own_sponsor', 'fiscal_sponsor_id <> organization_id')
@Index('grantees_listed', { synchronize: false })
@Index('grantees_by_name', ['name', 'organizationId'])
export class GranteeRow {
  @PrimaryColumn({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @Column({ type: 'text', name: 'legal_form' })
  legalForm: LegalForm;

  @Column({ type: 'uuid', name: 'fiscal_sponsor_id', nullable: true })
  fiscalSponsorId: string | null;

  @Column({ type: 'text', nullable: true })
  place: string | null;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'boolean', name: 'is_listed' })
  isListed: boolean;

  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at' })
  updatedAt: Date;
}
