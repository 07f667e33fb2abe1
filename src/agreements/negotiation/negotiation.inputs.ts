import { Field, InputType, Int } from '@nestjs/graphql';
import { IdField, IntField, NestedField, TextField } from '../../platform/api/fields.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import { DateScalar } from '../../platform/api/scalars/scalars.js';
import { AgreementTermsInput } from '../terms/terms.inputs.js';

@InputType({ isAbstract: true })
export abstract class AgreementChangeInput extends MutationInput {
  @IdField('agreement')
  id: string;

  @Field(() => Int)
  expectedVersion: number;
}

@InputType()
export class DraftAgreementInput extends MutationInput {
  @IdField('grantee')
  granteeId: string;

  @NestedField(() => AgreementTermsInput)
  terms: AgreementTermsInput;
}

@InputType()
export class ReviseAgreementInput extends AgreementChangeInput {
  @NestedField(() => AgreementTermsInput, { description: 'Replaces the terms as a whole.' })
  terms: AgreementTermsInput;
}

@InputType()
export class DiscardAgreementInput extends AgreementChangeInput {}

@InputType()
export class OfferAgreementInput extends AgreementChangeInput {}

@InputType()
export class WithdrawAgreementInput extends AgreementChangeInput {}

@InputType()
export class DeclineAgreementInput extends AgreementChangeInput {}

@InputType()
export class AcceptAgreementInput extends MutationInput {
  @IdField('agreement')
  id: string;

  @IntField({ min: 1, max: 1_000_000, description: 'The revision that was read; refused when another is on offer.' })
  revision: number;

  @Field(() => Int, { nullable: true, description: 'Optional here: the revision says what was read.' })
  expectedVersion?: number | null;

  @TextField({ max: 200, description: 'The person who accepts for the grantee, or for its fiscal sponsor.' })
  acceptedByName: string;

  @TextField({ max: 200, description: "That person's title or role." })
  acceptedByTitle: string;
}

@InputType()
export class RequestAgreementChangesInput extends AgreementChangeInput {
  @TextField({ max: 2000, description: 'What the grantee would rather have. Kept with the revision it is about.' })
  message: string;
}

@InputType()
export class RenewAgreementInput extends MutationInput {
  @IdField('agreement')
  id: string;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The first day of the new term; the day after the old one when left out (today if that is not known). All days move with it.',
  })
  startsOn?: string | null;
}
