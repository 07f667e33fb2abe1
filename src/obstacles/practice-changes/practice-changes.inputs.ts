import { ArgsType, Field, ID, InputType } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/api/connection.js';
import { IdField, IntField, NestedField, TextField, TextListField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import { DateScalar } from '../../platform/api/scalars/scalars.js';
import { ObstacleCodeFilter } from '../obstacles.inputs.js';
import type { PracticeChangeState } from './practice-change.type.js';
import { PracticeChangeStates } from './practice-change.type.js';

@InputType()
export class PublishPracticeChangeInput extends MutationInput {
  @TextListField({ max: 60, least: 1, most: 5, description: 'Codes of `obstacleCodes`: at least one.' })
  codes: string[];

  @TextField({
    min: 10,
    max: 2_000,
    description: 'What you heard. At least a sentence: 10 characters. Name no grantee.',
  })
  youSaid: string;

  @TextField({ min: 10, max: 2_000, description: 'What you changed. At least a sentence: 10 characters.' })
  weDid: string;

  @Field(() => DateScalar, {
    description: 'Any day of the month the change took effect in: of this month or earlier, at most 20 years ago.',
  })
  effectiveMonth: string;
}

@InputType()
export class RetractPracticeChangeInput extends MutationInput {
  @IdField('practiceChange')
  id: string;

  @IntField({ min: 1, max: 2_147_483_647, description: 'The version you read.' })
  expectedVersion: number;
}

@InputType()
export class PracticeChangeStateFilter {
  @Field(() => [PracticeChangeStates])
  in: PracticeChangeState[];
}

@InputType()
export class PracticeChangesOfFunderFilter {
  @NestedField(() => ObstacleCodeFilter, { nullable: true, description: 'Naming at least one of these codes.' })
  code?: ObstacleCodeFilter | null;

  @NestedField(() => PracticeChangeStateFilter, {
    nullable: true,
    description: 'PUBLISHED when left out. With RETRACTED only the own ones of a funder are listed.',
  })
  state?: PracticeChangeStateFilter | null;
}

@InputType()
export class PracticeChangeFilter extends PracticeChangesOfFunderFilter {
  @Field(() => ID, { nullable: true, description: 'Those of this funder.' })
  funder?: string | null;
}

@ArgsType()
export class PracticeChangesOfFunderArgs extends ConnectionArgs {
  @Field(() => PracticeChangesOfFunderFilter, { nullable: true })
  filter?: PracticeChangesOfFunderFilter | null;
}

@ArgsType()
export class PracticeChangesArgs extends ConnectionArgs {
  @Field(() => PracticeChangeFilter, { nullable: true })
  filter?: PracticeChangeFilter | null;
}
