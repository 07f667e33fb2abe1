import { Field, InputType } from '@nestjs/graphql';
import { IdField, IntField, TextField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import { DateScalar } from '../../platform/api/scalars/scalars.js';

const VERSION = { min: 1, max: 2_147_483_647, description: 'The version you read.' };

@InputType()
export class AcknowledgeObstacleInput extends MutationInput {
  @IdField('obstacle')
  id: string;

  @IntField(VERSION)
  expectedVersion: number;
}

@InputType()
export class RespondToObstacleInput extends MutationInput {
  @IdField('obstacle')
  id: string;

  @TextField({ min: 10, max: 5_000, description: 'What will change. At least a sentence: 10 characters.' })
  text: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'By when it will have changed: from the day it was shared, at most five years ahead.',
  })
  changeBy?: string | null;

  @IntField(VERSION)
  expectedVersion: number;
}
