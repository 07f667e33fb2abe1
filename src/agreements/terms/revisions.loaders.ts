import { organizationById } from '../../organizations/organizations.loaders.js';
import { publicId } from '../../platform/api/ids.js';
import { loadManyByKey } from '../../platform/api/loader.js';
import { decimalText } from '../../platform/api/money.type.js';
import type { RequestContext } from '../../platform/api/request-context.js';
import { notFound } from '../../platform/errors/refusal.js';
import type { AgreedNames } from './agreement-revision.entity.js';
import type { AgreementRevision } from './revisions.store.js';
import { REVISIONS_OF_AGREEMENTS } from './revisions.store.js';
import type { TermsChange } from './terms-comparison.rules.js';
import { compareTerms } from './terms-comparison.rules.js';
import type { TermsDocument } from './terms-text.rules.js';
import { renderTerms } from './terms-text.rules.js';
import type { Terms } from './terms.rules.js';
import { termsOf } from './terms.rules.js';

/** Those the caller may see, in order; for the funder also one it has not offered yet. */
export const revisionsByAgreement = loadManyByKey<AgreementRevision>(
  'revisionsByAgreement',
  REVISIONS_OF_AGREEMENTS,
  'agreementId',
);

/** In what two revisions differ that the caller may see. */
export async function compareRevisions(
  agreementId: string,
  from: number,
  to: number,
  context: RequestContext,
): Promise<TermsChange[]> {
  const revisions = (await context.load(revisionsByAgreement, agreementId)) ?? [];
  const [before, after] = [from, to].map((number, i) => {
    const found = revisions.find((one) => one.number === number);
    if (!found) throw notFound(i === 0 ? 'from' : 'to');
    return termsOf(found.terms);
  });
  return compareTerms(before, after, (minor, currency) => `${decimalText({ minor, currency })} ${currency}`);
}

export function termsDocument(
  { agreementId, number }: Pick<AgreementRevision, 'agreementId' | 'number'>,
  terms: Terms,
  { funderName, granteeName, timeZone }: AgreedNames,
): TermsDocument {
  return {
    agreementId: publicId('agreement', agreementId),
    revision: number,
    funderName,
    granteeName,
    timeZone,
    terms,
    decimal: (minor) => decimalText({ minor, currency: terms.currency }),
  };
}

/** The words that were agreed to; before that, the words they would be if it were accepted now. */
export async function revisionText(row: AgreementRevision, context: RequestContext): Promise<string> {
  if (row.acceptedText !== null) return row.acceptedText;
  const [funder, grantee] = await Promise.all([
    context.load(organizationById, row.funderId),
    context.load(organizationById, row.granteeId),
  ]);
  const names = {
    funderName: funder?.name ?? '',
    granteeName: grantee?.name ?? '',
    timeZone: grantee?.timeZone ?? 'UTC',
  };
  return renderTerms(termsDocument(row, termsOf(row.terms), names), context.locale);
}
