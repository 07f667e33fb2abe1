import { Field, InputType } from '@nestjs/graphql';
import { IntField, NestedField, NestedListField, TextField } from '../../platform/api/fields.js';
import { MoneyInput } from '../../platform/api/money.type.js';
import { DateScalar } from '../../platform/api/scalars/scalars.js';
import { LobbyingClauses } from './terms.type.js';
import type { LobbyingClause } from './terms.rules.js';

const MOST_INSTALLMENTS = 120;

@InputType()
export class InstallmentInput {
  @Field(() => DateScalar, { description: 'A day within the term, or up to 30 days before it.' })
  dueOn: string;

  @NestedField(() => MoneyInput, { description: 'In the currency of the commitment.' })
  amount: MoneyInput;
}

@InputType({ description: 'Installments told by a rule: equal parts that sum exactly to the commitment.' })
export class InstallmentScheduleInput {
  @IntField({ min: 1, max: MOST_INSTALLMENTS, description: 'How many.' })
  parts: number;

  @IntField({
    min: 1,
    max: 60,
    description: 'Months from one to the next; the 31st is the last day of a shorter month.',
  })
  everyMonths: number;

  @Field(() => DateScalar, { description: 'A day within the term, or up to 30 days before it.' })
  firstDueOn: string;

  @NestedField(() => MoneyInput, {
    nullable: true,
    description: 'Another amount for the first. What does not divide goes to the first of the equal parts.',
  })
  firstAmount?: MoneyInput | null;
}

@InputType()
export class ReportingExpectationInput {
  @Field(() => DateScalar, { description: 'From the first day of the term to a year after its last.' })
  dueOn: string;
}

@InputType({ description: 'All that the parties agree on. Nothing in it restricts the use of the money.' })
export class AgreementTermsInput {
  @NestedField(() => MoneyInput, { description: 'What the funder promises in all.' })
  committed: MoneyInput;

  @Field(() => DateScalar, { description: 'The first day of the term.' })
  startsOn: string;

  @Field(() => DateScalar, { description: 'The last day of the term, at most 20 years after the first.' })
  endsOn: string;

  @Field(() => DateScalar, { nullable: true, description: 'The day the funder decided.' })
  awardedOn?: string | null;

  @NestedListField(() => InstallmentInput, {
    most: MOST_INSTALLMENTS,
    nullable: true,
    description: `Instead of a schedule: at most ${MOST_INSTALLMENTS}; when offered they sum exactly to the commitment. Numbered in the order they are due.`,
  })
  installments?: InstallmentInput[] | null;

  @NestedField(() => InstallmentScheduleInput, { nullable: true, description: 'Instead of installments.' })
  schedule?: InstallmentScheduleInput | null;

  @NestedListField(() => ReportingExpectationInput, {
    most: 20,
    nullable: true,
    description: 'When the funder hopes to hear; at most one for each started year of the term. None when left out.',
  })
  expectations?: ReportingExpectationInput[] | null;

  @IntField({
    min: 0,
    max: 1095,
    nullable: true,
    description: "Days between an adverse proposal and its effect; the funder's own default when left out.",
  })
  noticeDays?: number | null;

  @IntField({
    min: 1,
    max: 365,
    nullable: true,
    description: "Days within which the funder answers a report; the funder's own default when left out.",
  })
  responseDays?: number | null;

  @Field(() => LobbyingClauses, { nullable: true, description: 'NONE when left out.' })
  lobbyingClause?: LobbyingClause | null;

  @TextField({ max: 1000, nullable: true, description: 'Why there is a lobbying clause; needed unless it is NONE.' })
  lobbyingReason?: string | null;

  @TextField({ max: 2000, nullable: true, description: 'In plain language, for people.' })
  note?: string | null;
}
