import { InputType } from '@nestjs/graphql';
import { IdField, IntField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';

const VERSION = { min: 1, max: 2_147_483_647, description: 'The version of the network you read.' };

@InputType()
export class NameStewardOrganizationInput extends MutationInput {
  @IdField('organization', { description: 'The organization of those who hold steward keys.' })
  organizationId: string;

  @IntField(VERSION)
  expectedVersion: number;
}

@InputType()
export class DeclareNoStewardOrganizationInput extends MutationInput {
  @IntField(VERSION)
  expectedVersion: number;
}
