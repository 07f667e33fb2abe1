import { Field, InputType, Int } from '@nestjs/graphql';
import { IdField, TextField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import type { CeasedParty } from './dissolution.entity.js';
import { CeasedParties } from './dissolution.type.js';

@InputType()
export class AnnounceDissolutionInput extends MutationInput {
  @IdField('agreement')
  agreementId: string;

  @Field(() => CeasedParties)
  ceased: CeasedParty;

  @TextField({
    min: 10,
    max: 2_000,
    description: 'Why the law ends it, in words that both parties read: at least a sentence, 10 characters.',
  })
  legalBasis: string;
}

@InputType({ isAbstract: true })
abstract class DissolutionChangeInput extends MutationInput {
  @IdField('dissolution')
  id: string;

  @Field(() => Int)
  expectedVersion: number;
}

@InputType()
export class RecordDissolutionInput extends DissolutionChangeInput {}

@InputType()
export class WithdrawDissolutionInput extends DissolutionChangeInput {}
