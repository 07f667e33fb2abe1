import { Field, InputType, Int } from '@nestjs/graphql';
import { IdField, TextField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import type { HoldGround } from './legal-hold.entity.js';
import { HoldGrounds } from './legal-hold.type.js';

@InputType({ description: 'It begins now; there is no day to give, because a hold is never backdated.' })
export class PlaceLegalHoldInput extends MutationInput {
  @IdField('installment')
  installmentId: string;

  @Field(() => HoldGrounds)
  ground: HoldGround;

  @TextField({ max: 2000, description: 'The law, order or rule, in words. The grantee reads it.' })
  legalBasis: string;
}

@InputType()
export class LiftLegalHoldInput extends MutationInput {
  @IdField('legalHold')
  id: string;

  @Field(() => Int)
  expectedVersion: number;
}
