import { Field, InputType, Int } from '@nestjs/graphql';
import { IdField, IdListField, IntField, NestedField, NestedListField, TextField } from '../../platform/api/fields.js';
import { MoneyInput } from '../../platform/api/money.type.js';
import { MutationInput } from '../../platform/api/mutation-input.js';
import { DateScalar } from '../../platform/api/scalars/scalars.js';
import type { AmendmentKind } from './amendment.rules.js';
import { AmendmentKinds } from './amendment.type.js';

@InputType()
export class AmendedInstallmentInput {
  @IdField('installment', { nullable: true, description: 'Left out for a new one, which only `ADD_FUNDS` has.' })
  installmentId?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Its new day; needed for a new one and for moving one.' })
  dueOn?: string | null;

  @NestedField(() => MoneyInput, {
    nullable: true,
    description: 'What it shall be in all, for `ADD_FUNDS` and `REDUCE_FUNDS`; a reduced one without it is given up.',
  })
  amount?: MoneyInput | null;
}

@InputType()
export class ProposeAmendmentInput extends MutationInput {
  @IdField('agreement')
  agreementId: string;

  @Field(() => AmendmentKinds)
  kind: AmendmentKind;

  @IntField({ min: 1, max: 1_000_000, description: 'The revision it starts from; refused when another is in force.' })
  baseRevision: number;

  @NestedListField(() => AmendedInstallmentInput, {
    most: 120,
    nullable: true,
    description: 'For the kinds about funds and payments.',
  })
  installments?: AmendedInstallmentInput[] | null;

  @Field(() => DateScalar, { nullable: true, description: 'The new last day, for the kinds about the term.' })
  endsOn?: string | null;

  @IdListField('expectation', { most: 20, nullable: true, description: 'The reports given up, for `DROP_REPORT`.' })
  expectationIds?: string[] | null;

  @IdField('grantee', {
    nullable: true,
    description: 'The new fiscal sponsor, for `CHANGE_SPONSOR`: a registered grantee apart from both parties.',
  })
  fiscalSponsorId?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The day an adverse one takes effect: at least `noticeDays` after today where the agreement lives, unless the grantee waives the notice.',
  })
  effectiveOn?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'From the grantee: it waives the notice. From the funder: it asks the grantee to.',
  })
  waiveNotice?: boolean | null;

  @TextField({ max: 2000, nullable: true, description: 'Why, in plain language.' })
  message?: string | null;
}

@InputType({ isAbstract: true })
export abstract class AmendmentChangeInput extends MutationInput {
  @IdField('amendment')
  id: string;

  @Field(() => Int)
  expectedVersion: number;
}

@InputType()
export class AcceptAmendmentInput extends AmendmentChangeInput {
  @Field(() => Boolean, {
    nullable: true,
    description: 'By the grantee: it waives the notice. Needed when `effectiveOn` is before `noticeUntil`.',
  })
  waiveNotice?: boolean | null;
}

@InputType()
export class DeclineAmendmentInput extends AmendmentChangeInput {}

@InputType()
export class WithdrawAmendmentInput extends AmendmentChangeInput {}
