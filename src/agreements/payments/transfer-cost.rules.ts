import type { Amount } from '../../platform/api/money.rules.js';

interface Transfer {
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly receivedMinor: bigint | null;
  readonly receivedCurrency: string | null;
}

/** Sent less received, in one currency; across currencies there is a rate and no cost. Null until received. */
export function transferCost({ amountMinor, currency, receivedMinor, receivedCurrency }: Transfer): Amount | null {
  if (receivedMinor === null || receivedCurrency !== currency) return null;
  return { minor: amountMinor - receivedMinor, currency };
}
