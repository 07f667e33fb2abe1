import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** A sub-region of the United Nations' M49. */
@Entity({ schema: 'statistics', name: 'regions' })
export class RegionRow {
  @PrimaryColumn('text')
  code: string;

  @Column({ type: 'text', name: 'label_en' })
  labelEn: string;

  @Column({ type: 'text', name: 'label_vi' })
  labelVi: string;
}

@Entity({ schema: 'statistics', name: 'region_countries' })
@ForeignKey(() => RegionRow, ['region'], ['code'], { name: 'region_countries_region' })
export class RegionCountryRow {
  @PrimaryColumn('text')
  country: string;

  @Column('text')
  region: string;
}

/** Where an organization was, and what it was merged into, since when: written by the database on each change. */
@Entity({ schema: 'statistics', name: 'organization_attributes' })
export class OrganizationAttributesRow {
  @PrimaryColumn({ type: 'uuid', name: 'organization_id' })
  organizationId: string;

  @PrimaryColumn({ type: 'timestamptz', precision: 3 })
  since: Date;

  @Column({ type: 'text', nullable: true })
  country: string | null;

  @Column({ type: 'uuid', name: 'merged_into', nullable: true })
  mergedInto: string | null;
}
