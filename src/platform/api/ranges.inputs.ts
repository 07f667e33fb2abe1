import { Field, InputType } from '@nestjs/graphql';
import { CurrencyCodeScalar, DateScalar, DateTimeScalar, DecimalScalar } from './scalars/scalars.js';

@InputType({ description: 'Days, both ends within. An end that is left out is open.' })
export class DateRange {
  @Field(() => DateScalar, { nullable: true, description: 'On this day or later.' })
  gte?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'On this day or earlier.' })
  lte?: string | null;
}

@InputType({ description: 'Instants, both ends within. An end that is left out is open.' })
export class DateTimeRange {
  @Field(() => DateTimeScalar, { nullable: true, description: 'At this instant or later.' })
  gte?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'At this instant or earlier.' })
  lte?: Date | null;
}

@InputType({ description: 'Amounts in one currency: those in others are not compared with them and left out.' })
export class MoneyRange {
  @Field(() => CurrencyCodeScalar)
  currency: string;

  @Field(() => DecimalScalar, { nullable: true, description: 'As a string, "1000.00": this much or more.' })
  gte?: string | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'As a string: this much or less.' })
  lte?: string | null;
}
