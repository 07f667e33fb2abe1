import { Field, InputType, Int } from '@nestjs/graphql';
import { IdField, NestedField, TextField } from '../../platform/api/fields.js';
import { MoneyInput } from '../../platform/api/money.type.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import { DateScalar } from '../../platform/api/scalars/scalars.js';

@InputType()
export class RecordDisbursementInput extends MutationInput {
  @IdField('installment')
  installmentId: string;

  @Field(() => DateScalar, { description: 'The day the money left. Not in the future.' })
  sentOn: string;

  @NestedField(() => MoneyInput, {
    description: "In the agreement's currency; at most what is left to send on the installment. Parts are fine.",
  })
  amount: MoneyInput;

  @TextField({ max: 200, nullable: true, description: 'By which the grantee finds it at its bank.' })
  reference?: string | null;
}

@InputType({ isAbstract: true })
export abstract class DisbursementChangeInput extends MutationInput {
  @IdField('disbursement')
  id: string;

  @Field(() => Int)
  expectedVersion: number;
}

@InputType()
export class ConfirmDisbursementInput extends DisbursementChangeInput {
  @Field(() => DateScalar, { description: 'The day the money was there. Not in the future, not before it was sent.' })
  receivedOn: string;

  @NestedField(() => MoneyInput, { description: 'What arrived, in the currency it arrived in.' })
  received: MoneyInput;
}

@InputType({ description: 'Replaces what was told before, which stays readable.' })
export class CorrectReceiptInput extends ConfirmDisbursementInput {
  @TextField({ max: 500, nullable: true, description: 'What was wrong.' })
  reason?: string | null;
}

@InputType()
export class ReportDisbursementMissingInput extends DisbursementChangeInput {}

@InputType()
export class ReturnDisbursementInput extends DisbursementChangeInput {}

@InputType()
export class VoidDisbursementInput extends DisbursementChangeInput {}
