import { ArgsType, Field, ID, InputType, registerEnumType } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/api/connection.js';
import type { Order, OrderDirection } from '../../platform/api/order.js';
import { OrderDirections } from '../../platform/api/order.js';
import { DateRange } from '../../platform/api/ranges.inputs.js';
import { InstallmentStates } from '../payments/installment.type.js';
import type { InstallmentState } from '../payments/payment.rules.js';

export const InstallmentOrderFields = { DUE_ON: 'DUE_ON' } as const;
export type InstallmentOrderField = keyof typeof InstallmentOrderFields;
registerEnumType(InstallmentOrderFields, { name: 'InstallmentOrderField' });

@InputType()
export class InstallmentStateFilter {
  @Field(() => [InstallmentStates])
  in: InstallmentState[];
}

@InputType({
  description:
    'All given conditions must hold. A payment run asks for `{state: {in: [SCHEDULED]}, dueOn: {lte: ...}}` and looks at `legalHolds`.',
})
export class InstallmentFilter {
  @Field(() => InstallmentStateFilter, { nullable: true })
  state?: InstallmentStateFilter | null;

  @Field(() => ID, { nullable: true, description: 'Owed by this funder.' })
  funder?: string | null;

  @Field(() => ID, { nullable: true, description: 'Owed to this grantee.' })
  grantee?: string | null;

  @Field(() => DateRange, { nullable: true })
  dueOn?: DateRange | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is late now, as its field `isLate` says.' })
  isLate?: boolean | null;
}

@InputType()
export class InstallmentOrder implements Order<InstallmentOrderField> {
  @Field(() => InstallmentOrderFields)
  field: InstallmentOrderField;

  @Field(() => OrderDirections)
  direction: OrderDirection;
}

@ArgsType()
export class InstallmentListArgs extends ConnectionArgs {
  @Field(() => InstallmentFilter, { nullable: true })
  filter?: InstallmentFilter | null;

  @Field(() => InstallmentOrder, { nullable: true, description: 'From the earliest day when left out.' })
  orderBy?: InstallmentOrder | null;
}
