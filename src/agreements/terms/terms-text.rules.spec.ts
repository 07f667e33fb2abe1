import { expect, it } from '@jest/globals';
import type { TermsDocument } from './terms-text.rules.js';
import { renderAgreed, renderTerms } from './terms-text.rules.js';

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
  expect(renderTerms(DOCUMENT, 'en')).toBe(`GRANT AGREEMENT
agr_1
Revision 2

Funder: Riverstone Fund
Grantee: Hội Phụ nữ Sông Hậu

The funder promises: 50000000 VND
The money is unrestricted: the grantee uses it as it finds right.
Term: 2027-01-01 to 2027-12-31
Awarded on: 2026-11-01

Installments:
1. 50000000 VND, due on 2027-01-05

The funder hopes for a report, in the form the grantee chooses, by:
- 2027-12-31
Payment does not depend on a report.
The funder answers each report within 30 days.
A change to the grantee's disadvantage needs the grantee's consent and 365 days of notice. Silence is not consent.
The money is not used for lobbying.
Reason: Charity law

Note: Thank you.

Days end in the time zone Asia/Ho_Chi_Minh.
`);
});

it('says the same in Vietnamese, line for line', () => {
  const [english, vietnamese] = (['en', 'vi'] as const).map((locale) => renderTerms(DOCUMENT, locale).split('\n'));
  expect(vietnamese).toHaveLength(english.length);
  expect(vietnamese[0]).toBe('THỎA THUẬN TÀI TRỢ');
  expect(vietnamese).toContain('Việc chi trả không phụ thuộc vào báo cáo.');
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
