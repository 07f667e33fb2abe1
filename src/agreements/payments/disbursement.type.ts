import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Derived, PublicId } from '../../platform/api/derived.js';
import { Money, decimalsIn } from '../../platform/api/money.type.js';
import { Node, NodeType } from '../../platform/api/node.js';
import { DateScalar, DateTimeScalar, DecimalScalar } from '../../platform/api/scalars/scalars.js';
import type { DisbursementState } from './disbursement.lifecycle.js';
import { impliedRate } from './exchange-rate.rules.js';
import { disbursementById, receiptsByAgreement } from './payments.loaders.js';
import type { Disbursement } from './payments.store.js';
import { ReceiptType } from './receipt.type.js';
import { transferCost } from './transfer-cost.rules.js';

export const DisbursementStates = {
  SENT: 'SENT',
  RECEIVED: 'RECEIVED',
  MISSING: 'MISSING',
  RETURNED: 'RETURNED',
  VOIDED: 'VOIDED',
} as const;
registerEnumType(DisbursementStates, {
  name: 'DisbursementState',
  valuesMap: {
    SENT: { description: 'The funder says so.' },
    RECEIVED: { description: 'The grantee, or its fiscal sponsor, says so: only then has money arrived.' },
    MISSING: { description: 'The grantee says that it has not arrived.' },
    RETURNED: { description: 'A missing payment came back to the funder.' },
    VOIDED: { description: 'Recorded in error.' },
  },
});

@NodeType('disbursement', 'Disbursement', disbursementById)
@ObjectType('Disbursement', {
  implements: () => [Node],
  description: 'Money that was sent. Seen by both parties, the fiscal sponsor and the steward.',
})
export class DisbursementType extends Node {
  @PublicId('disbursement')
  @Field(() => ID)
  declare id: string;

  @Field(() => DisbursementStates)
  state: DisbursementState;

  @Field(() => DateScalar)
  sentOn: string;

  @Derived<Disbursement>((row) => ({ minor: row.amountMinor, currency: row.currency }))
  @Field(() => Money, { description: "What the funder sent, in the agreement's currency." })
  amount: Money;

  @Field(() => String, { nullable: true, description: "The bank's or the funder's own reference." })
  reference: string | null;

  @Field(() => DateScalar, { nullable: true })
  receivedOn: string | null;

  @Derived<Disbursement>((row) =>
    row.receivedMinor === null ? null : { minor: row.receivedMinor, currency: row.receivedCurrency },
  )
  @Field(() => Money, { nullable: true, description: 'What arrived, perhaps in another currency.' })
  received: Money | null;

  @Derived<Disbursement>((row) => transferCost(row))
  @Field(() => Money, {
    nullable: true,
    description: 'Sent less received; null until received, and when it was received in another currency.',
  })
  transferCost: Money | null;

  @Derived<Disbursement>((row) => rateOf(row))
  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'What was received for one unit of what was sent, to six significant digits. Null until received, and when it was received in the currency it was sent in.',
  })
  impliedRate: string | null;

  @Derived<Disbursement>(async (row, context) =>
    ((await context.load(receiptsByAgreement, row.agreementId)) ?? []).filter(
      ({ disbursementId }) => disbursementId === row.id,
    ),
  )
  @Field(() => [ReceiptType], { description: 'What the grantee told, first to last. The last one counts.' })
  receipts: ReceiptType[];

  @Derived<Disbursement>((row) => ({ minor: row.repaidMinor, currency: row.currency }))
  @Field(() => Money, { description: 'What of it went back.' })
  repaid: Money;

  @Field(() => Boolean, { description: 'It had been missing and arrived after its replacement: outside the sum.' })
  isSurplus: boolean;

  @Field(() => Int)
  version: number;

  @Field(() => DateTimeScalar)
  createdAt: Date;

  @Field(() => DateTimeScalar)
  updatedAt: Date;
}

function rateOf({ amountMinor, currency, receivedMinor, receivedCurrency }: Disbursement): string | null {
  if (receivedMinor === null || receivedCurrency === null) return null;
  const received = { minor: receivedMinor, currency: receivedCurrency };
  return impliedRate({ minor: amountMinor, currency }, received, decimalsIn);
}
