import { expect, it } from '@jest/globals';
import type { TermsDocument } from './terms-text.rules.js';
import { agreedIn, renderAgreed, renderTerms } from './terms-text.rules.js';

const DOCUMENT: TermsDocument = {
  agreementId: 'agr_1',
  revision: 2,
  funderName: 'Riverstone Fund',
  granteeName: 'Hội Phụ nữ Sông Hậu',
  timeZone: 'Asia/Ho_Chi_Minh',
  terms: {
    restriction: 'UNRESTRICTED',
    fiscalSponsor: null,
    committedMinor: 50_000_000n,
    currency: 'VND',
    awardedOn: '2026-11-01',
    startsOn: '2027-01-01',
    endsOn: '2027-12-31',
    installments: [{ dueOn: '2027-01-05', amountMinor: 50_000_000n }],
    expectations: ['2027-12-31'],
    noticeDays: 365,
    responseDays: 30,
    lobbyingClause: 'PROHIBITED',
    lobbyingReason: 'Charity law',
    note: 'Thank you.',
  },
  decimal: String,
};

it('says in English what is promised', () => {
  expect(renderTerms(DOCUMENT, 'en')).toBe(`Grant agreement
===============

Agreement: agr_1
Revision: 2

Parties
-------

Funder: Riverstone Fund
Grantee: Hội Phụ nữ Sông Hậu

The grant
---------

The funder promises: 50,000,000 VND
Term: 1 January 2027 to 31 December 2027
Awarded on: 1 November 2026
Days end in the time zone: Asia/Ho_Chi_Minh

Installments
------------

| No. | Due on         | Amount         |
| 1   | 5 January 2027 | 50,000,000 VND |

What the funder owes
--------------------

- Each installment arrives by the end of its day. It has arrived when the grantee says so.
- Payment does not depend on a report. Only the law may keep a payment back, and its basis is told in words.
- Each report that is shared is answered within 30 days.
- A change to the grantee's disadvantage needs the grantee's consent and 365 days of notice. Silence is not consent.

What the grantee owes
---------------------

- To say which payments have arrived, and which are missing.
- To tell what happened, in the form it chooses, by: 31 December 2027.

What the grantee is free to do
------------------------------

- To use the money as it finds right: it is unrestricted.
- To choose the form and the language of a report, to reuse one written for somebody else, and to move its day by up to 90 days without asking.
- To propose changes, and to decline any that is to its disadvantage.
- To say what makes its work harder, also when that is the funder.

Lobbying
--------

- The money is not used for lobbying.

> Reason: Charity law

Note
----

> Thank you.
`);
});

it('says the same in Vietnamese, line for line', () => {
  const [english, vietnamese] = (['en', 'vi'] as const).map((locale) => renderTerms(DOCUMENT, locale).split('\n'));
  expect(vietnamese).toHaveLength(english.length);
  expect(vietnamese[0]).toBe('Thỏa thuận tài trợ');
  expect(vietnamese).toContain('Bên tài trợ cam kết: 50.000.000 VND');
  expect(vietnamese).toContain('Thời hạn: từ ngày 1 tháng 1 năm 2027 đến ngày 31 tháng 12 năm 2027');
});

it('is one text of both languages, of which each can be read alone', () => {
  const agreed = renderAgreed(DOCUMENT);
  for (const locale of ['en', 'vi'] as const) expect(agreedIn(agreed, locale)).toBe(renderTerms(DOCUMENT, locale));
  expect(agreedIn('words of another time', 'vi')).toBe('words of another time');
});

it('keeps decimals apart from thousands', () => {
  const terms = { ...DOCUMENT.terms, currency: 'USD' };
  const dollars = { ...DOCUMENT, terms, decimal: (minor: bigint) => `${minor / 100n}.00` };
  expect(renderTerms(dollars, 'en')).toContain('The funder promises: 500,000.00 USD');
  expect(renderTerms(dollars, 'vi')).toContain('Bên tài trợ cam kết: 500.000,00 USD');
});

it('changes with every term', () => {
  const { terms } = DOCUMENT;
  const texts = [
    terms,
    { ...terms, committedMinor: 50_000_001n },
    { ...terms, restriction: 'SPONSORED_PROJECT' as const },
    { ...terms, endsOn: '2028-01-01' },
    { ...terms, awardedOn: null },
    { ...terms, installments: [] },
    { ...terms, expectations: [] },
    { ...terms, noticeDays: 364 },
    { ...terms, responseDays: 31 },
    { ...terms, lobbyingClause: 'NOT_EARMARKED' as const },
    { ...terms, lobbyingReason: null },
    { ...terms, note: null },
  ].map((changed) => renderAgreed({ ...DOCUMENT, terms: changed }));
  expect(new Set(texts).size).toBe(texts.length);
});
