import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Kind, View } from './views.rules.js';

/** Closed for good either way: with figures, or without any because too few could have reported. */
export type ReleaseState = 'SEALED' | 'REFUSED_FOR_SIZE';

/** One period that was closed. Never changed. */
@Entity({ schema: 'statistics', name: 'releases' })
@Unique('releases_period', ['period'])
@Unique('releases_period_and_state', ['id', 'period', 'state'])
@Check('releases_period_form', "period ~ '^[0-9]{4}(-Q[1-4])?$'")
@Check('releases_state', "state IN ('SEALED', 'REFUSED_FOR_SIZE')")
@Check('releases_epsilons', 'epsilon_category BETWEEN 1 AND 350 AND (...)')
export class ReleaseRow {
  @PrimaryColumn('uuid')
  id: string;

  /** `2026-Q3` or `2026`. */
  @Column('text')
  period: string;

  @Column('text')
  state: ReleaseState;

  /** The network's epsilon of each view when this was sealed, in thousandths: what the guarantee is computed from. */
  @Column({ type: 'integer', name: 'epsilon_category' })
  epsilonCategory: number;

  @Column({ type: 'integer', name: 'epsilon_region' })
  epsilonRegion: number;

  @Column({ type: 'integer', name: 'epsilon_funder' })
  epsilonFunder: number;

  @Column({ type: 'timestamptz', precision: 3, name: 'sealed_at' })
  sealedAt: Date;
}

/** What a view of a period has spent. It names no organization, and outlives the release it paid for. */
@Entity({ schema: 'statistics', name: 'ledger' })
@Check('ledger_year', 'left(period, 4)::integer = year')
@Check('ledger_view_of_period', "view = 'CATEGORY' AND (...)")
@Check('ledger_epsilon', 'epsilon >= 1 AND (...)')
@Index('ledger_by_year', ['year'])
export class LedgerRow {
  @PrimaryColumn('text')
  period: string;

  @PrimaryColumn('text')
  view: View;

  @Column('integer')
  year: number;

  /** In thousandths. */
  @Column('integer')
  epsilon: number;

  @Column({ type: 'timestamptz', precision: 3, name: 'spent_at' })
  spentAt: Date;
}

/** One published figure, with the noise already in it. */
@Entity({ schema: 'statistics', name: 'cells' })
@ForeignKey(() => ReleaseRow, ['releaseId', 'period', 'state'], ['id', 'period', 'state'], { name: 'cells_release' })
@ForeignKey(() => LedgerRow, ['period', 'view'], ['period', 'view'], { name: 'cells_paid_for' })
@Check('cells_of_a_sealed_release', "state = 'SEALED'")
@Check('cells_kind', "kind IN ('FUNDER', 'EXTERNAL', 'ORGANIZATION')")
@Check('cells_category', "(view = 'CATEGORY') = (category IS NOT NULL)")
@Check('cells_region', "region IS NULL OR view = 'KIND_BY_REGION'")
@Check('cells_funder', "funder_id IS NULL OR view = 'FUNDER'")
@Check('cells_about_funders', "view <> 'FUNDER' OR kind = 'FUNDER'")
export class CellRow {
  @PrimaryColumn('text')
  period: string;

  @PrimaryColumn('text')
  view: View;

  /** Where it stands in its view; an order that the figures have no part in. */
  @PrimaryColumn('integer')
  place: number;

  @Column({ type: 'uuid', name: 'release_id' })
  releaseId: string;

  @Column('text')
  state: 'SEALED';

  @Column('text')
  kind: Kind;

  @Column({ type: 'text', nullable: true })
  category: string | null;

  /** The UN M49 code; null in a view by region means the other regions together. */
  @Column({ type: 'text', nullable: true })
  region: string | null;

  /** Null in a view by funder means the other funders together. */
  @Column({ type: 'uuid', name: 'funder_id', nullable: true })
  funderId: string | null;

  /** Of the category, the region or the funder, as it was called when this was sealed. */
  @Column({ type: 'text', name: 'label_en' })
  labelEn: string;

  @Column({ type: 'text', name: 'label_vi' })
  labelVi: string;

  /** Organizations, signed: noise can take it below zero. */
  @Column('integer')
  value: number;
}
