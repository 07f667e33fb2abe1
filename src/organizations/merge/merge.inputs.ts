import { Field, InputType } from '@nestjs/graphql';
import { IdField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';

@InputType({ description: 'Two records of one organization become one.' })
export class MergeOrganizationsInput extends MutationInput {
  @IdField('organization', { description: 'The record that goes. Its keys are revoked; its id still resolves.' })
  from: string;

  @IdField('organization', { description: 'The record that stays, and reaches what the other had.' })
  into: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Only tells what would happen.' })
  dryRun: boolean;
}
