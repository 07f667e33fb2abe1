import { Field, InputType } from '@nestjs/graphql';
import { IdField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';

@InputType()
export class RemoveAttachmentInput extends MutationInput {
  @IdField('attachment')
  id: string;
}

@InputType()
export class SetAttachmentVisibilityInput extends MutationInput {
  @IdField('attachment')
  id: string;

  @Field(() => Boolean, { description: 'Whether shares made from now on include it.' })
  isVisible: boolean;
}
