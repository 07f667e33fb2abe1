import { expect, it } from '@jest/globals';
import { compareTerms } from './terms-comparison.rules.js';
import type { Terms } from './terms.rules.js';

const terms: Terms = {
  restriction: 'UNRESTRICTED',
  fiscalSponsor: null,
  committedMinor: 1000n,
  currency: 'USD',
  awardedOn: null,
  startsOn: '2027-01-01',
  endsOn: '2027-12-31',
  installments: [{ dueOn: '2027-01-31', amountMinor: 1000n }],
  expectations: ['2027-12-31'],
  noticeDays: 365,
  responseDays: 30,
  lobbyingClause: 'NONE',
  lobbyingReason: null,
  note: 'old',
};
const write = (minor: bigint, currency: string): string => `${minor} ${currency}`;

it.each<[string, Partial<Terms>, [string, string | null, string | null][]]>([
  ['nothing', {}, []],
  ['the note', { note: 'new' }, [['note', 'old', 'new']]],
  ['no note', { note: null }, [['note', 'old', null]]],
  ['the notice', { noticeDays: 0 }, [['noticeDays', '365', '0']]],
  [
    'more money in another part',
    {
      committedMinor: 1500n,
      installments: [...terms.installments, { dueOn: '2027-06-30', amountMinor: 500n }],
    },
    [
      ['committed', '1000 USD', '1500 USD'],
      ['installments.2.dueOn', null, '2027-06-30'],
      ['installments.2.amount', null, '500 USD'],
    ],
  ],
  ['no report', { expectations: [] }, [['expectations.1.dueOn', '2027-12-31', null]]],
])('revisions that differ in %s', (_, change, expected) => {
  const changes = compareTerms(terms, { ...terms, ...change }, write);
  expect(changes.map(({ field, before, after }) => [field, before, after])).toEqual(expected);
  const back = compareTerms({ ...terms, ...change }, terms, write);
  expect(back.map(({ field, before, after }) => [field, after, before]).sort()).toEqual([...expected].sort());
});
