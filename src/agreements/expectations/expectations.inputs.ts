import { Field, InputType, Int } from '@nestjs/graphql';
import { IdField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import { DateScalar } from '../../platform/api/scalars/scalars.js';

@InputType()
export class MoveExpectationInput extends MutationInput {
  @IdField('expectation')
  id: string;

  @Field(() => Int)
  expectedVersion: number;

  @Field(() => DateScalar, { description: 'Later than `dueOn`, by at most 90 days in all.' })
  movedTo: string;
}

@InputType()
export class WaiveExpectationInput extends MutationInput {
  @IdField('expectation')
  id: string;

  @Field(() => Int)
  expectedVersion: number;
}
