import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Derived, PublicId } from '../../platform/api/derived.js';
import { Money } from '../../platform/api/money.type.js';
import { Node, NodeType } from '../../platform/api/node.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { DateScalar, DateTimeScalar } from '../../platform/api/scalars/scalars.js';
import { agreementById } from '../agreements.loaders.js';
import { DisbursementType } from './disbursement.type.js';
import type { InstallmentState } from './payment.rules.js';
import { daysLate, isLate } from './payment.rules.js';
import { disbursementsByAgreement, installmentById } from './payments.loaders.js';
import type { Disbursement, Installment } from './payments.store.js';

export const InstallmentStates = {
  SCHEDULED: 'SCHEDULED',
  SENT: 'SENT',
  RECEIVED: 'RECEIVED',
  RELEASED: 'RELEASED',
} as const;
registerEnumType(InstallmentStates, {
  name: 'InstallmentState',
  valuesMap: {
    SCHEDULED: { description: 'Not sent, or not all of it.' },
    SENT: { description: 'What was sent covers it.' },
    RECEIVED: {
      description: "What was sent with the payments the grantee confirmed covers it; a bank's fee keeps nothing open.",
    },
    RELEASED: { description: 'The grantee agreed that it will not come.' },
  },
});

@NodeType('installment', 'Installment', installmentById)
@ObjectType('Installment', {
  implements: () => [Node],
  description: 'A part of the commitment and its day. Seen by both parties and the steward.',
})
export class InstallmentType extends Node {
  @PublicId('installment')
  @Field(() => ID)
  declare id: string;

  @Field(() => Int, { description: 'Counts from 1, in the order they are due.' })
  number: number;

  @Field(() => DateScalar)
  dueOn: string;

  @Derived<Installment>((row) => ({ minor: row.amountMinor, currency: row.currency }))
  @Field(() => Money)
  amount: Money;

  @Field(() => InstallmentStates)
  state: InstallmentState;

  @Field(() => DateScalar, { nullable: true, description: 'The day the last of it arrived.' })
  receivedOn: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When its day ends in the agreement's time zone; null until the agreement is accepted.",
  })
  lateAt: Date | null;

  @Derived<Installment>((row, { now }) => isLate(row, now))
  @Field(() => Boolean, { description: 'Whether its day is over and it has not been received.' })
  isLate: boolean;

  @Derived<Installment>((row, context) => daysLateOf(row, context))
  @Field(() => Int, {
    description: 'Days from the due day to receipt, or to today while it is awaited; 0 when in time.',
  })
  daysLate: number;

  @Derived<Installment>((row, context) => disbursementsOf(row, context))
  @Field(() => [DisbursementType], { description: 'The payments toward it, in the order they were sent.' })
  disbursements: DisbursementType[];
}

/** Only what is awaited and late needs to know what day it is where the agreement lives. */
async function daysLateOf(row: Installment, context: RequestContext): Promise<number> {
  if (!isLate(row, context.now)) return daysLate(row, null, context.now);
  const agreement = await context.load(agreementById, row.agreementId);
  return daysLate(row, agreement?.timeZone ?? null, context.now);
}

async function disbursementsOf({ id, agreementId }: Installment, context: RequestContext): Promise<Disbursement[]> {
  const all = await context.load(disbursementsByAgreement, agreementId);
  return (all ?? []).filter(({ installmentId }) => installmentId === id);
}
