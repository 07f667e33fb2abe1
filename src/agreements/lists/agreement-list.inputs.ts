import { ArgsType, Field, ID, InputType, registerEnumType } from '@nestjs/graphql';
import { ConnectionArgs } from '../../platform/api/connection.js';
import type { Order, OrderDirection } from '../../platform/api/order.js';
import { OrderDirections } from '../../platform/api/order.js';
import { DateRange, DateTimeRange, MoneyRange } from '../../platform/api/ranges.inputs.js';
import { CountryCodeScalar } from '../../platform/api/scalars/scalars.js';
import type { AgreementState } from '../agreement.lifecycle.js';
import { AgreementStates } from '../agreement-state.type.js';
import type { AgreementOrderField } from './agreement-order.rules.js';

export const AgreementOrderFields = {
  CREATED_AT: 'CREATED_AT',
  UPDATED_AT: 'UPDATED_AT',
  NEXT_DUE_ON: 'NEXT_DUE_ON',
  ENDS_ON: 'ENDS_ON',
  COMMITTED: 'COMMITTED',
} as const satisfies { [F in AgreementOrderField]: F };
registerEnumType(AgreementOrderFields, {
  name: 'AgreementOrderField',
  valuesMap: {
    UPDATED_AT: { description: 'For browsing; to synchronize use `events`, which skips no late commit.' },
    NEXT_DUE_ON: { description: 'Lists only agreements under which money is still awaited.' },
    ENDS_ON: { description: 'Lists only agreements whose end is known: some of imported history is not.' },
    COMMITTED: { description: 'By amount, within the currency that `filter.committed` must name.' },
  },
});

@InputType()
export class AgreementStateFilter {
  @Field(() => [AgreementStates])
  in: AgreementState[];
}

@InputType()
export class CountryFilter {
  @Field(() => [CountryCodeScalar])
  in: string[];
}

@InputType({
  description:
    'All given conditions must hold. A range (`nextDueOn`, `endsOn`, `updatedAt`, the ends of `committed`) and `isLate: true` are read from an index in their own order, which the list then has: two of them do not go together, nor with another order. `state` is what the agreement shows at this moment: what is over is `COMPLETED`, and an early end counts from its day. What else an amendment changes by the clock shows here once the service has written it, which a job does at that instant.',
})
export class AgreementFilter {
  @Field(() => AgreementStateFilter, { nullable: true })
  state?: AgreementStateFilter | null;

  @Field(() => ID, { nullable: true, description: 'Agreements of this funder.' })
  funder?: string | null;

  @Field(() => ID, { nullable: true, description: 'Agreements with this grantee.' })
  grantee?: string | null;

  @Field(() => CountryFilter, { nullable: true, description: 'The country the grantee has now.' })
  granteeCountry?: CountryFilter | null;

  @Field(() => DateRange, { nullable: true, description: 'The day of the earliest installment still awaited.' })
  nextDueOn?: DateRange | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether an installment is late now, by the rule of `Installment.isLate`.',
  })
  isLate?: boolean | null;

  @Field(() => DateRange, { nullable: true })
  endsOn?: DateRange | null;

  @Field(() => DateTimeRange, { nullable: true, description: 'When anything of it last changed.' })
  updatedAt?: DateTimeRange | null;

  @Field(() => MoneyRange, { nullable: true, description: 'What was promised, in one currency.' })
  committed?: MoneyRange | null;
}

@InputType()
export class AgreementOrder implements Order<AgreementOrderField> {
  @Field(() => AgreementOrderFields)
  field: AgreementOrderField;

  @Field(() => OrderDirections)
  direction: OrderDirection;
}

@ArgsType()
export class AgreementListArgs extends ConnectionArgs {
  @Field(() => AgreementFilter, { nullable: true })
  filter?: AgreementFilter | null;

  @Field(() => AgreementOrder, {
    nullable: true,
    description:
      'When left out: that of the range in `filter`, days from the earliest, amounts and changes from the latest or largest; else newest first.',
  })
  orderBy?: AgreementOrder | null;
}
