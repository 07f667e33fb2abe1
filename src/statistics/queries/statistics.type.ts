import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import { funderById } from '../../funders/funders.loaders.js';
import { FunderType } from '../../funders/funder.type.js';
import type { CodeKind } from '../../obstacles/codes/obstacle-code.entity.js';
import { CodeKinds } from '../../obstacles/codes/obstacle-code.type.js';
import { Derived, Edge } from '../../platform/api/derived.js';

import type { Share } from '../funder-share.rules.js';
import { kindLabel } from '../labels/kind-label.rules.js';
import type { Figure } from '../published/figure.rules.js';
import { isTellable, valueText } from '../published/figure.rules.js';
import type { CellFigure, PartFigure, PeriodFigures } from '../published/period-figures.rules.js';
import { StatisticsViews } from './statistics.inputs.js';
import type { View } from '../views.rules.js';
import { OPEN_ROAD_FUNDER_SHARE } from '../views.rules.js';

interface Interval {
  readonly lower: number;
  readonly upper: number;
}

@ObjectType('ObstacleInterval', { description: 'From the least to the most, both included.' })
export class IntervalType {
  @Field(() => Float)
  lower: number;

  @Field(() => Float)
  upper: number;
}

@ObjectType('ObstacleFigure', {
  description:
    'How many organizations, with noise in it: each counts once in a view of a period, where it reported most.',
})
export class FigureType {
  @Field(() => Int, {
    description:
      'Signed, as it was sealed: it can be below zero. Sums are made of it; show `display` to people instead.',
  })
  value: number;

  @Derived<Figure>((figure, { locale }) => valueText(figure, locale))
  @Field(() => String, { description: 'For people: the number, or "fewer than" the threshold.' })
  display: string;

  @Field(() => Int, {
    description: 'Below it, noise alone could well have made the figure (once in a thousand times).',
  })
  threshold: number;

  @Derived<Figure>((figure) => (isTellable(figure) ? { lower: Math.max(0, figure.lower), upper: figure.upper } : null))
  @Field(() => IntervalType, {
    nullable: true,
    description: 'Holds the true number with 95 % probability. Null below the threshold.',
  })
  interval: Interval | null;
}

@ObjectType({ isAbstract: true })
abstract class PartFigureType extends FigureType {
  @Derived<PartFigure>(({ share }) => share?.value ?? null)
  @Field(() => Float, {
    nullable: true,
    description:
      'Of all that this view counted in this period, between 0 and 1. Null where that total is below its threshold.',
  })
  share: number | null;

  @Derived<PartFigure>((figure) => (isTellable(figure) ? figure.share : null))
  @Field(() => IntervalType, {
    nullable: true,
    description: 'Holds the true share with 95 % probability. Null below the threshold.',
  })
  shareInterval: Share | null;
}

@ObjectType('ObstacleKindFigure', { description: 'All cells of one kind.' })
export class KindFigureType extends PartFigureType {
  @Field(() => CodeKinds)
  kind: CodeKind;

  @Derived<{ kind: CodeKind }>(({ kind }, { locale }) => kindLabel(kind, locale))
  @Field(() => String, { description: 'In the language of `Accept-Language`.' })
  label: string;
}

@ObjectType('ObstacleCellFigure', { description: 'One published cell.' })
export class CellFigureType extends KindFigureType {
  @Derived<CellFigure>((cell, { locale }) => (locale === 'vi' ? cell.labelVi : cell.labelEn))
  @Field(() => String, {
    description: 'Of the category, the region or the funder when it was sealed, in the language of `Accept-Language`.',
  })
  declare label: string;

  @Field(() => String, { nullable: true })
  category: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The UN M49 code of a sub-region; null stands for the other regions together.',
  })
  region: string | null;

  @Edge<CellFigure, object>(funderById, (cell) => cell.funderId)
  @Field(() => FunderType, {
    nullable: true,
    description: 'Null stands for the other funders together, and for one that is no longer listed.',
  })
  funder: FunderType | null;
}

@ObjectType('ObstacleStatistics', { description: 'One view in one period.' })
export class ObstacleStatisticsType {
  @Field(() => String)
  period: string;

  @Field(() => StatisticsViews)
  view: View;

  @Field(() => [String], {
    nullable: true,
    description:
      'For a year by category: the sealed quarters it is the sum of. It then counts organization-quarters: one that reported in three quarters counts three times.',
  })
  quarters: readonly string[] | null;

  @Field(() => FigureType)
  total: Figure;

  @Field(() => [KindFigureType], { description: 'By kind, whatever the filter: what share is funder-created, say.' })
  kinds: KindFigureType[];

  @Field(() => [CellFigureType], { description: 'In an order that the figures have no part in.' })
  cells: CellFigureType[];

  @Derived<PeriodFigures>(() => OPEN_ROAD_FUNDER_SHARE)
  @Field(() => Float, {
    description:
      "The funder-created share of roadblocks in Open Road Alliance's study of 102 projects, to hold the share of the kind FUNDER beside. It counted roadblocks and not organizations.",
  })
  openRoadFunderShare: number;
}
