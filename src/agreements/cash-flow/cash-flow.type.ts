import { ArgsType, Field, ObjectType } from '@nestjs/graphql';
import { Derived } from '../../platform/api/derived.js';
import { Money } from '../../platform/api/money.type.js';
import { CurrencyCodeScalar, DateScalar } from '../../platform/api/scalars/scalars.js';
import type { CashFlowRow } from './cash-flow.store.js';

@ArgsType()
export class CashFlowArgs {
  @Field(() => DateScalar, { description: 'Any day of the first month.' })
  from: string;

  @Field(() => DateScalar, { description: 'Any day of the last month; at most 60 months in all.' })
  to: string;
}

const amount = (name: 'expectedMinor' | 'receivedMinor' | 'surplusMinor' | 'repaidMinor'): PropertyDecorator =>
  Derived<CashFlowRow>((row) => ({ minor: row[name], currency: row.currency }));

@ObjectType({
  description:
    'A month in one currency, of agreements that were accepted. Months in which nothing happens are left out.',
})
export class CashFlowMonth {
  @Field(() => DateScalar, { description: 'Its first day.' })
  month: string;

  @Field(() => CurrencyCodeScalar)
  currency: string;

  @amount('expectedMinor')
  @Field(() => Money, { description: 'The installments due in it, received or not; what was released is left out.' })
  expected: Money;

  @amount('receivedMinor')
  @Field(() => Money, {
    description: 'What the grantee says arrived in it, in the currency it arrived in; surplus is left out.',
  })
  received: Money;

  @amount('surplusMinor')
  @Field(() => Money, { description: 'What arrived in it over and above what was promised, after its replacement.' })
  surplus: Money;

  @amount('repaidMinor')
  @Field(() => Money, { description: 'What went back in it, in the currency it had been sent in.' })
  repaid: Money;
}
