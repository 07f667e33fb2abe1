import type { Locale } from '../../platform/errors/codes.js';
import type { Block } from '../documents/plain-document.rules.js';
import { PAGE_BREAK, textOf } from '../documents/plain-document.rules.js';
import type { Terms } from './terms.rules.js';
import { TERMS_WORDS } from './terms-words.rules.js';

/** What a person would sign: the terms with everything they depend on. */
export interface TermsDocument {
  readonly agreementId: string;
  readonly revision: number;
  readonly funderName: string;
  readonly granteeName: string;
  /** Where its days end. */
  readonly timeZone: string;
  readonly terms: Terms;
  /** Writes an amount of the terms' currency as a decimal: rules know no table of currencies. */
  readonly decimal: (minor: bigint) => string;
}

/** The same document always gives the same text, so that its digest proves what was agreed to. */
export function renderTerms(document: TermsDocument, locale: Locale): string {
  return textOf(termsBlocks(document, locale));
}

/** What is kept and hashed at acceptance: both languages in one document. */
export function renderAgreed(document: TermsDocument): string {
  return renderTerms(document, 'en') + PAGE_BREAK + renderTerms(document, 'vi');
}

/** One language of what `renderAgreed` wrote. */
export function agreedIn(agreed: string, locale: Locale): string {
  const [english = agreed, vietnamese = english] = agreed.split(PAGE_BREAK);
  return locale === 'vi' ? vietnamese : english;
}

function termsBlocks(document: TermsDocument, locale: Locale): Block[] {
  const words = TERMS_WORDS[locale];
  const { terms, decimal } = document;
  const { headings, day } = words;
  const money = (minor: bigint): string => `${grouped(decimal(minor), words.marks)} ${terms.currency}`;
  const heading = (name: keyof typeof headings): Block => ({ kind: 'heading', text: headings[name] });
  const reports = terms.expectations.length === 0 ? words.noReports : words.reports(terms.expectations.map(day));
  const use = terms.restriction === 'SPONSORED_PROJECT' ? words.sponsoredUse : words.use;
  return [
    { kind: 'title', text: words.title },
    entries([
      [words.agreement, document.agreementId],
      [words.revision, String(document.revision)],
    ]),
    heading('parties'),
    entries([
      [words.funder, document.funderName],
      [words.grantee, document.granteeName],
      ...(terms.fiscalSponsor === null ? [] : [[words.sponsor, terms.fiscalSponsor.name] as const]),
    ]),
    ...(terms.fiscalSponsor === null ? [] : [{ kind: 'paragraph', text: words.sponsorsPart } as const]),
    heading('grant'),
    entries([
      [words.committed, money(terms.committedMinor)],
      [words.term, words.span(day(terms.startsOn), day(terms.endsOn))],
      ...(terms.awardedOn === null ? [] : [[words.awarded, day(terms.awardedOn)] as const]),
      [words.timeZone, document.timeZone],
    ]),
    heading('installments'),
    {
      kind: 'table',
      head: words.columns,
      rows: terms.installments.map(({ dueOn, amountMinor }, i) => [String(i + 1), day(dueOn), money(amountMinor)]),
    },
    heading('funderOwes'),
    { kind: 'list', items: words.funderOwes(terms.responseDays, terms.noticeDays) },
    heading('granteeOwes'),
    { kind: 'list', items: [...words.granteeOwes, reports] },
    heading('granteeFree'),
    { kind: 'list', items: [use, ...words.granteeFree] },
    heading('lobbying'),
    { kind: 'list', items: [words.lobbying[terms.lobbyingClause]] },
    ...(terms.lobbyingReason === null ? [] : [quoted(`${words.reason}: ${terms.lobbyingReason}`)]),
    ...(terms.note === null ? [] : [heading('note'), quoted(terms.note)]),
  ];
}

const entries = (pairs: readonly (readonly [string, string])[]): Block => ({ kind: 'terms', entries: pairs });

/** Words of a party's own: they stand apart from those of the agreement. */
const quoted = (text: string): Block => ({ kind: 'quote', lines: text.split(/\r\n|\r|\n/) });

/** "1250000.50" with its thousands apart. */
function grouped(decimal: string, [thousands, point]: readonly [string, string]): string {
  const [whole, fraction] = decimal.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  return fraction === undefined ? digits : digits + point + fraction;
}
