import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf } from '../../platform/api/connection.js';
import { Derived, PublicId } from '../../platform/api/derived.js';
import { Money } from '../../platform/api/money.type.js';
import { Node, NodeType } from '../../platform/api/node.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { DateScalar, DateTimeScalar } from '../../platform/api/scalars/scalars.js';
import { agreementById } from '../agreements.loaders.js';
import { LegalHoldType } from '../holds/legal-hold.type.js';
import { holdsByAgreement } from '../holds/legal-holds.loaders.js';
import type { LegalHold } from '../holds/legal-holds.store.js';
import { DisbursementType } from './disbursement.type.js';
import type { PastDueDay, Pause } from './lateness.rules.js';
import { asOwed, daysLateBefore, daysLateInAll, isLate, mayBeLate, pausesOf } from './lateness.rules.js';
import type { InstallmentState } from './payment.rules.js';
import {
  disbursementsByAgreement,
  installmentById,
  pastDueDaysByAgreement,
  repaymentsByAgreement,
} from './payments.loaders.js';
import type { Disbursement, Installment } from './payments.store.js';

/** `missed` comes with terms that are in force and not written yet. */
type InstallmentShown = Installment & { readonly missed?: readonly PastDueDay[] };

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
    RELEASED: { description: 'It will not come: the grantee agreed to that, or a party no longer exists.' },
  },
});

type Missed = PastDueDay & { readonly currency: string; readonly daysLate: number };

@ObjectType({
  description: 'A due day that was missed, and that an amendment or the end of the agreement then moved or cancelled.',
})
export class MissedDueDay {
  @Field(() => DateScalar)
  dueOn: string;

  @Derived<Missed>((row) => ({ minor: row.amountMinor, currency: row.currency }))
  @Field(() => Money, { description: 'What was due by that day.' })
  amount: Money;

  @Field(() => DateScalar, { description: 'The day on which the other terms took effect.' })
  until: string;

  @Field(() => Int, {
    description: 'Days late by then, or by receipt if all of it came earlier, less days under a legal hold.',
  })
  daysLate: number;
}

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
    description:
      "When its day ends in the agreement's time zone, or the day of acceptance if that is later: nothing is owed before. Null until the agreement is accepted.",
  })
  lateAt: Date | null;

  @Derived<Installment>((row, context) => isLateOf(row, context))
  @Field(() => Boolean, {
    description: 'Whether its day is over and it has not been received. False while a legal hold keeps it.',
  })
  isLate: boolean;

  @Derived<InstallmentShown>((row, context) => daysLateOf(row, context))
  @Field(() => Int, {
    description:
      'Days from the due day, or from the day of acceptance if that is later, to receipt, or to today while it is awaited, less days under a legal hold; 0 when in time. After a repayment the days the money was there do not count. Days late by a due day that was missed and then moved or cancelled stay in it (`missedDueDays`).',
  })
  daysLate: number;

  @Derived<InstallmentShown>((row, context) => missedDueDaysOf(row, context))
  @Field(() => [MissedDueDay], {
    description:
      'Earlier due days that were missed before an amendment or the end of the agreement moved or cancelled them, in order. No consent erases one.',
  })
  missedDueDays: MissedDueDay[];

  @Derived<Installment>((row, context) => holdsOf(row, context))
  @Field(() => [LegalHoldType], { description: 'For which the law kept it back, in order; at most one is open.' })
  legalHolds: LegalHoldType[];

  @Derived<Installment>((row, context) => disbursementsOf(row, context))
  @Field(() => [DisbursementType], { description: 'The payments toward it, in the order they were sent.' })
  disbursements: DisbursementType[];
}

export const InstallmentConnection = connectionOf(() => InstallmentType, 'Installment');

export async function isLateOf(row: Installment, context: RequestContext): Promise<boolean> {
  if (row.receivedOn !== null || !mayBeLate(row, context.now)) return false;
  const { pauses, timeZone } = await courseOf(row, context);
  return isLate(asOwed(row, timeZone), pauses, timeZone, context.now);
}

async function daysLateOf(row: InstallmentShown, context: RequestContext): Promise<number> {
  const past = await pastDueDaysOf(row, context);
  if (past.length === 0 && !mayBeLate(row, context.now)) return 0;
  const { pauses, timeZone } = await courseOf(row, context);
  const owed = past.map((one) => asOwed(one, timeZone));
  return daysLateInAll(asOwed(row, timeZone), owed, pauses, timeZone, context.now);
}

async function missedDueDaysOf(row: InstallmentShown, context: RequestContext): Promise<Missed[]> {
  const past = await pastDueDaysOf(row, context);
  if (past.length === 0) return [];
  const { pauses, timeZone } = await courseOf(row, context);
  return past
    .map((one) => ({ ...one, currency: row.currency, daysLate: daysLateBefore(asOwed(one, timeZone), pauses, row) }))
    .filter((one) => one.daysLate > 0);
}

/** The kept ones, and those that other terms have made past while no row says so. */
async function pastDueDaysOf(
  { id, agreementId, missed }: InstallmentShown,
  context: RequestContext,
): Promise<PastDueDay[]> {
  const all = await context.load(pastDueDaysByAgreement, agreementId);
  const kept = (all ?? []).filter(({ installmentId }) => installmentId === id);
  return missed ? [...kept, ...missed] : kept;
}

/** Read only for what may be late: what day it is where the agreement lives, and the days that do not count. */
async function courseOf(
  row: Installment,
  context: RequestContext,
): Promise<{ pauses: Pause[]; timeZone: string | null }> {
  const [agreement, holds, repayments] = await Promise.all([
    context.load(agreementById, row.agreementId),
    holdsOf(row, context),
    context.load(repaymentsByAgreement, row.agreementId),
  ]);
  const pauses = pausesOf(
    holds,
    (repayments ?? []).filter(({ installmentId }) => installmentId === row.id),
  );
  return { pauses, timeZone: agreement?.timeZone ?? null };
}

async function holdsOf({ id, agreementId }: Installment, context: RequestContext): Promise<LegalHold[]> {
  const all = await context.load(holdsByAgreement, agreementId);
  return (all ?? []).filter(({ installmentId }) => installmentId === id);
}

async function disbursementsOf({ id, agreementId }: Installment, context: RequestContext): Promise<Disbursement[]> {
  const all = await context.load(disbursementsByAgreement, agreementId);
  return (all ?? []).filter(({ installmentId }) => installmentId === id);
}
