import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Derived, PublicId } from '../../platform/api/derived.js';
import { Money } from '../../platform/api/money.type.js';
import { Node, NodeType } from '../../platform/api/node.js';
import { Payload, PayloadEntity } from '../../platform/api/payload.js';
import { DateScalar, DateTimeScalar } from '../../platform/api/scalars/scalars.js';
import { repaymentById } from './payments.loaders.js';
import type { Repayment } from './payments.store.js';

@NodeType('repayment', 'Repayment', repaymentById)
@ObjectType('Repayment', {
  implements: () => [Node],
  description: 'Received money that the grantee sent back. Never altered. Seen by both parties and the steward.',
})
export class RepaymentType extends Node {
  @PublicId('repayment')
  @Field(() => ID)
  declare id: string;

  @Derived<Repayment>((row) => ({ minor: row.amountMinor, currency: row.currency }))
  @Field(() => Money, { description: 'In the currency it had been sent in. The funder may send as much again.' })
  amount: Money;

  @Field(() => DateScalar)
  repaidOn: string;

  @Field(() => String)
  reason: string;

  @Field(() => DateTimeScalar)
  createdAt: Date;
}

@ObjectType()
export class RecordRepaymentPayload extends Payload {
  @PayloadEntity(() => RepaymentType, repaymentById)
  repayment: RepaymentType | null;
}
