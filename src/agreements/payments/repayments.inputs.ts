import { Field, InputType } from '@nestjs/graphql';
import { IdField, NestedField, TextField } from '../../platform/api/fields.js';
import { MoneyInput } from '../../platform/api/money.type.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import { DateScalar } from '../../platform/api/scalars/scalars.js';

@InputType()
export class RecordRepaymentInput extends MutationInput {
  @IdField('disbursement', { description: 'The payment it goes back from.' })
  disbursementId: string;

  @NestedField(() => MoneyInput, {
    description: 'How much of what was sent goes back, in the currency it was sent in. Parts are fine.',
  })
  amount: MoneyInput;

  @Field(() => DateScalar, { description: 'The day it left. Not in the future, not before the payment was received.' })
  repaidOn: string;

  @TextField({ max: 500, description: 'Why it goes back. Seen by both parties.' })
  reason: string;
}
