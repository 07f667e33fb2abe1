import { columnsOf } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { AgreementRevisionRow } from './agreement-revision.entity.js';
import type { Terms } from './terms.rules.js';
import { storedTerms } from './terms.rules.js';

export type AgreementRevision = Omit<AgreementRevisionRow, 'offeredTo' | 'fiscalSponsorId' | 'shownToSponsorId'>;
export const REVISION_COLUMNS = columnsOf(AgreementRevisionRow, 'r', [
  'agreementId',
  'funderId',
  'granteeId',
  'number',
  'terms',
  'createdAt',
  'offeredAt',
  'acceptedAt',
  'acceptedText',
  'agreedNames',
  'changesRequested',
]);

/** Row security keeps from the grantee what was not offered to it. */
export const REVISIONS_OF_AGREEMENTS = `SELECT ${REVISION_COLUMNS} FROM agreement_revisions r
  WHERE r.agreement_id = ANY ($1) ORDER BY r.agreement_id, r.number`;

export async function findRevision(tx: Tx, agreementId: string, number: number): Promise<AgreementRevision | null> {
  const [row] = await tx.rows<AgreementRevision>(
    `SELECT ${REVISION_COLUMNS} FROM agreement_revisions r WHERE r.agreement_id = $1 AND r.number = $2`,
    [agreementId, number],
  );
  return row ?? null;
}

/** The terms of the agreement, or what had been promised before it ended early: what is left then is no offer. */
export async function findRevisionToRenew(
  tx: Tx,
  agreementId: string,
  number: number,
): Promise<AgreementRevision | null> {
  const [row] = await tx.rows<AgreementRevision>(
    `SELECT ${REVISION_COLUMNS} FROM agreement_revisions r WHERE r.agreement_id = $1 AND r.number = $2::integer - (
       SELECT count(*)::integer FROM amendments m WHERE m.agreement_id = $1 AND m.revision = $2::integer AND m.kind = 'RELEASE')`,
    [agreementId, number],
  );
  return row ?? null;
}

/** Writes a revision that nobody but the funder has seen yet; writing it again replaces it. */
export function writeHiddenRevision(
  tx: Tx,
  parties: { id: string; funderId: string; granteeId: string },
  number: number,
  terms: Terms,
): void {
  tx.later(
    `INSERT INTO agreement_revisions (agreement_id, funder_id, grantee_id, number, terms, created_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (agreement_id, number) DO UPDATE SET terms = excluded.terms`,
    [parties.id, parties.funderId, parties.granteeId, number, JSON.stringify(storedTerms(terms)), tx.now],
  );
}
