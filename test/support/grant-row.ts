import { countryOf } from '../../src/imports/country-names.js';
import type { Codelists } from '../../src/imports/grant-row.rules.js';

const DECIMALS: Readonly<Record<string, number>> = { GBP: 2, USD: 2, VND: 0 };
export const codelists: Codelists = { decimalsOf: (currency) => DECIMALS[currency] ?? null, countryOf };

/** A row of a file that is read without a reason against it. */
export const ROW = {
  id: '360G-example-COVID 07 04 20-1',
  title: 'Core costs',
  description: 'Unrestricted funding for three years',
  currency: 'GBP',
  amountAwarded: '15000.0',
  awardDate: '2020-04-07T00:00:00+00:00',
  fundingOrganization: [{ id: 'GB-CHC-1153055', name: 'Example Trust' }],
  recipientOrganization: [{ id: 'GB-CHC-1164883', name: 'Green Mill', addressCountry: 'Wales' }],
};
