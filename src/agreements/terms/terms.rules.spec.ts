import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Terms } from './terms.rules.js';
import {
  checkDraft,
  checkOffer,
  recordedTerms,
  renewedTerms,
  startedYears,
  storedTerms,
  termsOf,
} from './terms.rules.js';

const GOOD: Terms = {
  restriction: 'UNRESTRICTED',
  fiscalSponsor: null,
  committedMinor: 100_000n,
  currency: 'USD',
  awardedOn: null,
  startsOn: '2027-01-01',
  endsOn: '2027-12-31',
  installments: [
    { dueOn: '2026-12-02', amountMinor: 40_000n },
    { dueOn: '2027-12-31', amountMinor: 60_000n },
  ],
  expectations: ['2027-12-31'],
  noticeDays: 365,
  responseDays: 30,
  lobbyingClause: 'NONE',
  lobbyingReason: null,
  note: null,
};
const installment = (dueOn: string): Partial<Terms> => ({ installments: [{ dueOn, amountMinor: 100_000n }] });
const codes = (terms: Terms): string[] =>
  checkOffer(terms, String).map(({ code, path }) => `${code} ${path.join('.')}`);

describe('terms that are offered', () => {
  it('are accepted when all is well', () => expect(codes(GOOD)).toEqual([]));

  it.each<[string, Partial<Terms>, string[]]>([
    ['a sum that falls short', { committedMinor: 100_001n }, ['INSTALLMENTS_DO_NOT_SUM terms.installments']],
    ['no installments', { installments: [] }, ['INSTALLMENTS_DO_NOT_SUM terms.installments']],
    ['31 days early', installment('2026-12-01'), ['INSTALLMENT_OUTSIDE_TERM terms.installments.0.dueOn']],
    ['30 days early', installment('2026-12-02'), []],
    ['after the term', installment('2028-01-01'), ['INSTALLMENT_OUTSIDE_TERM terms.installments.0.dueOn']],
    [
      'an end before the start',
      { ...installment('2027-01-01'), startsOn: '2027-01-02', endsOn: '2027-01-01' },
      ['TERM_INVALID terms.endsOn'],
    ],
    ['a term of 20 years', { endsOn: '2046-12-31' }, []],
    ['a longer one', { endsOn: '2047-01-01' }, ['TERM_INVALID terms.endsOn']],
    [
      'a second report in one year',
      { expectations: ['2027-06-30', '2027-12-31'] },
      ['TOO_MANY_EXPECTATIONS terms.expectations'],
    ],
    ['a second report with a second year', { endsOn: '2028-01-01', expectations: ['2027-06-30', '2027-12-31'] }, []],
    ['a report before the start', { expectations: ['2026-12-31'] }, ['DATE_OUT_OF_RANGE terms.expectations.0.dueOn']],
    ['a report long after the end', { expectations: ['2029-01-02'] }, ['DATE_OUT_OF_RANGE terms.expectations.0.dueOn']],
    [
      'a lobbying clause without its reason',
      { lobbyingClause: 'PROHIBITED' },
      ['LOBBYING_REASON_NEEDED terms.lobbyingReason'],
    ],
    ['one with it', { lobbyingClause: 'NOT_EARMARKED', lobbyingReason: 'Section 501(h)' }, []],
  ])('with %s', (_, change, expected) => {
    expect(codes({ ...GOOD, ...change })).toEqual(expected);
  });

  it('may be incomplete while they are a draft', () => {
    expect(checkDraft({ ...GOOD, installments: [], expectations: ['2040-01-01'] })).toEqual([]);
  });

  it('sum exactly, or not at all', () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 15n }), { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: -3n, max: 3n }), (parts, difference) => {
        const committedMinor = parts.reduce((sum, part) => sum + part, 0n) + difference;
        const installments = parts.map((amountMinor) => ({ dueOn: '2027-05-05', amountMinor }));
        expect(codes({ ...GOOD, committedMinor, installments }).length).toBe(difference === 0n ? 0 : 1);
      }),
    );
  });
});

describe('started years', () => {
  it.each([
    ['2027-01-01', '2027-01-01', 1],
    ['2027-01-01', '2027-12-31', 1],
    ['2027-01-01', '2028-01-01', 2],
    ['2024-02-29', '2025-02-28', 1],
    ['2024-02-29', '2025-03-01', 2],
    ['2026-06-15', '2029-06-14', 3],
  ])('from %s to %s: %i', (from, to, years) => expect(startedYears(from, to)).toBe(years));
});

it('stored terms come back as they were, to the last digit', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 9_223_372_036_854_775_807n }), (committedMinor) => {
      const terms = { ...GOOD, committedMinor, installments: [{ dueOn: '2027-02-01', amountMinor: committedMinor }] };
      expect(termsOf(JSON.parse(JSON.stringify(storedTerms(terms))) as ReturnType<typeof storedTerms>)).toEqual(terms);
    }),
  );
});

describe('renewal', () => {
  it('moves every day with the term', () => {
    const { startsOn, endsOn, installments, expectations } = renewedTerms(GOOD, '2028-01-01');
    expect([startsOn, endsOn, expectations]).toEqual(['2028-01-01', '2028-12-31', ['2028-12-31']]);
    expect(installments.map(({ dueOn }) => dueOn)).toEqual(['2027-12-02', '2028-12-31']);
  });

  it('makes terms that can be offered of a record that says little', () => {
    const grant = { committedMinor: 5_000n, currency: 'GBP', startsOn: null, endsOn: null };
    const terms = recordedTerms(grant, { noticeDays: 365, responseDays: 30 }, '2026-11-23');
    expect([terms.startsOn, terms.endsOn]).toEqual(['2026-11-23', '2027-11-22']);
    expect(codes(renewedTerms(terms, '2027-03-01'))).toEqual([]);
  });
});
