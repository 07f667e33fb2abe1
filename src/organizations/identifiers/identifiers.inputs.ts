import { InputType } from '@nestjs/graphql';
import { IdField, IntField, NestedField, TextField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';

@InputType()
export class IdentifierInput {
  @TextField({ max: 40, description: 'A code of org-id.guide, such as "GB-CHC"; case and space do not matter.' })
  scheme: string;

  @TextField({ max: 100 })
  value: string;
}

@InputType({ isAbstract: true })
abstract class DecideIdentifierInput extends MutationInput {
  @IdField('organization')
  organizationId: string;

  @NestedField(() => IdentifierInput)
  identifier: IdentifierInput;

  @IntField({
    min: 1,
    max: 2_147_483_647,
    description: 'The version of the organization that you read. Error: STALE_VERSION.',
  })
  expectedVersion: number;
}

@InputType({ description: 'The steward has looked the number up, and stands for it.' })
export class ConfirmIdentifierInput extends DecideIdentifierInput {}

@InputType({ description: 'The number does not belong to the organization.' })
export class RemoveIdentifierInput extends DecideIdentifierInput {}
