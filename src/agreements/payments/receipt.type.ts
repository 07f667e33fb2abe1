import { Field, ObjectType } from '@nestjs/graphql';
import { Derived } from '../../platform/api/derived.js';
import { Money } from '../../platform/api/money.type.js';
import { DateScalar, DateTimeScalar } from '../../platform/api/scalars/scalars.js';
import type { Receipt } from './payments.store.js';

@ObjectType('DisbursementReceipt', { description: 'What the grantee told of a receipt at one time. Never altered.' })
export class ReceiptType {
  @Field(() => DateScalar)
  receivedOn: string;

  @Derived<Receipt>((row) => ({ minor: row.receivedMinor, currency: row.receivedCurrency }))
  @Field(() => Money)
  received: Money;

  @Field(() => String, { nullable: true, description: 'Why it was corrected; null for the first, or when not said.' })
  reason: string | null;

  @Field(() => DateTimeScalar, { description: 'When the grantee said so.' })
  toldAt: Date;
}
