import { ArgsType, Field, ID, InputType, registerEnumType } from '@nestjs/graphql';
import { CodeKinds } from '../../obstacles/codes/obstacle-code.type.js';
import type { CodeKind } from '../../obstacles/codes/obstacle-code.entity.js';
import type { View } from '../views.rules.js';

export const StatisticsViews = { CATEGORY: 'CATEGORY', KIND_BY_REGION: 'KIND_BY_REGION', FUNDER: 'FUNDER' } as const;
registerEnumType(StatisticsViews, {
  name: 'ObstacleStatisticsView',
  description: 'What is counted by. There are no other views, so that no question can be cut to fit one grantee.',
  valuesMap: {
    CATEGORY: { description: 'Each quarter, by category. For a year: the sum of its quarters.' },
    KIND_BY_REGION: { description: 'Each year, by kind and by the region (UN M49) in which grantees are.' },
    FUNDER: {
      description: 'Each year, obstacles of the kind FUNDER by the funder concerned. Never ranked; by name.',
    },
  },
});

@InputType({ description: 'Which kinds are wanted.' })
export class ObstacleKindFilter {
  @Field(() => [CodeKinds])
  in: CodeKind[];
}

@InputType({ description: 'Which categories are wanted.' })
export class ObstacleCategoryFilter {
  @Field(() => [String])
  in: string[];
}

@InputType({ description: 'Which regions are wanted, by their UN M49 codes.' })
export class ObstacleRegionFilter {
  @Field(() => [String])
  in: string[];
}

@InputType({ description: 'Which funders are wanted.' })
export class ObstacleFunderFilter {
  @Field(() => [ID])
  in: string[];
}

@InputType({ description: 'Which cells are answered. Totals and shares are always of the whole view.' })
export class ObstacleStatisticsFilter {
  @Field(() => ObstacleKindFilter, { nullable: true })
  kind?: ObstacleKindFilter | null;

  @Field(() => ObstacleCategoryFilter, { nullable: true })
  category?: ObstacleCategoryFilter | null;

  @Field(() => ObstacleRegionFilter, { nullable: true, description: 'The others together have no code.' })
  region?: ObstacleRegionFilter | null;

  @Field(() => ObstacleFunderFilter, { nullable: true, description: 'The others together have no id.' })
  funderId?: ObstacleFunderFilter | null;
}

@ArgsType()
export class ObstacleStatisticsArgs {
  @Field(() => StatisticsViews, { defaultValue: StatisticsViews.CATEGORY })
  view: View;

  @Field(() => [String], {
    nullable: true,
    description:
      'Quarters like `2026-Q3` or years like `2026`, at most 40; the latest four with figures when left out.',
  })
  periods?: string[] | null;

  @Field(() => ObstacleStatisticsFilter, { nullable: true })
  filter?: ObstacleStatisticsFilter | null;
}
