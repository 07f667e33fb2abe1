import { ArgsType, Field, InputType, Int } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/api/connection.js';
import { IdField, NestedField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import { DateRange } from '../../platform/api/ranges.inputs.js';
import { DateScalar } from '../../platform/api/scalars/scalars.js';
import type { ExpectationState } from './expectation.rules.js';
import { ExpectationStates } from './expectation-states.type.js';

@InputType()
export class ExpectationStateFilter {
  @Field(() => [ExpectationStates])
  in: ExpectationState[];
}

@InputType()
export class ExpectationFilter {
  @NestedField(() => ExpectationStateFilter, { nullable: true })
  state?: ExpectationStateFilter | null;

  @NestedField(() => DateRange, { nullable: true, description: 'By the day it is expected: moved to, else due.' })
  expectedOn?: DateRange | null;
}

@ArgsType()
export class ExpectationsArgs extends ConnectionArgs {
  @Field(() => ExpectationFilter, { nullable: true })
  filter?: ExpectationFilter | null;
}

@InputType()
export class MoveExpectationInput extends MutationInput {
  @IdField('expectation')
  id: string;

  @Field(() => Int)
  expectedVersion: number;

  @Field(() => DateScalar, { description: 'At most 90 days before or after `dueOn`, however often it is moved.' })
  movedTo: string;
}

@InputType()
export class WaiveExpectationInput extends MutationInput {
  @IdField('expectation')
  id: string;

  @Field(() => Int)
  expectedVersion: number;
}
