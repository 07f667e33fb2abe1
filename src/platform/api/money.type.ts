import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { Derived } from './derived.js';
import type { Amount } from './money.rules.js';
import { toDecimal } from './money.rules.js';
import { CurrencyCodeScalar, DecimalScalar } from './scalars/scalars.js';

let decimalsOf: ReadonlyMap<string, number> = new Map();
/** The decimals by which amounts are written, from the database's ISO 4217 table. */
export function rememberDecimals(table: ReadonlyMap<string, number>): void {
  decimalsOf = table;
}

/** How many decimals amounts of a currency have. */
export function decimalsIn(currency: string): number {
  return decimalsOf.get(currency)!;
}

/** "1250.50": as amounts are written everywhere, also in texts and messages. */
export function decimalText({ minor, currency }: Amount): string {
  return toDecimal(minor, decimalsIn(currency));
}

@ObjectType({ description: 'An amount in one currency. Amounts in different currencies are never added.' })
export class Money {
  @Derived<Amount>(decimalText)
  @Field(() => DecimalScalar, { description: 'Exactly as many decimals as the currency has: VND 0, USD 2, KWD 3.' })
  amount: string;

  @Field(() => CurrencyCodeScalar)
  currency: string;
}

@InputType({ description: 'An amount above zero, with at most the decimals its currency has.' })
export class MoneyInput {
  @Field(() => DecimalScalar, { description: 'As a string, "1250.00".' })
  amount: string;

  @Field(() => CurrencyCodeScalar)
  currency: string;
}
