import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

export const CODE_KINDS = ['FUNDER', 'EXTERNAL', 'ORGANIZATION'] as const;
export type CodeKind = (typeof CODE_KINDS)[number];

/** What quarterly statistics count by: about ten, each within one kind. */
@Entity({ schema: 'obstacles', name: 'categories' })
export class ObstacleCategoryRow {
  @PrimaryColumn('text')
  category: string;

  @Column('integer')
  place: number;

  @Column({ type: 'text', name: 'label_en' })
  labelEn: string;

  @Column({ type: 'text', name: 'label_vi' })
  labelVi: string;
}

/** A reference table: a new version of a code is a new row, so that an old entry keeps its meaning. */
@Entity({ schema: 'obstacles', name: 'codes' })
@ForeignKey(() => ObstacleCategoryRow, ['category'], ['category'], { name: 'codes_category' })
@Check('codes_kind', "kind IN ('FUNDER', 'EXTERNAL', 'ORGANIZATION')")
@Check('codes_category_within_kind', 'starts_with(category, kind)')
export class ObstacleCodeRow {
  @PrimaryColumn('text')
  code: string;

  @PrimaryColumn('integer')
  version: number;

  @Column('integer')
  place: number;

  @Column('text')
  kind: CodeKind;

  @Column('text')
  category: string;

  @Column({ type: 'boolean', name: 'can_suggest' })
  canSuggest: boolean;

  @Column({ type: 'text', name: 'label_en' })
  labelEn: string;

  @Column({ type: 'text', name: 'label_vi' })
  labelVi: string;

  @Column({ type: 'text', name: 'description_en' })
  descriptionEn: string;

  @Column({ type: 'text', name: 'description_vi' })
  descriptionVi: string;
}
