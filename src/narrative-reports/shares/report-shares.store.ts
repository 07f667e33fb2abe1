import type { Actor } from '../../platform/access/actor.js';
import { columnsOf } from '../../platform/db/columns.js';
import type { Condition } from '../../platform/db/keyset.js';
import type { ListRequest } from '../../platform/api/page.js';
import type { Tx } from '../../platform/db/transaction.js';
import type { ReportShare, ShareState } from './report-share.entity.js';
import { ReportResponseRow, ReportShareRow } from './report-share.entity.js';

/** The database refuses the others to a funder. */
const FUNDERS_COLUMNS = columnsOf(ReportShareRow, 's', [
  'id',
  'granteeId',
  'funderId',
  'agreementId',
  'fiscalSponsorId',
  'expectationId',
  'content',
  'sharedAt',
  'respondBy',
  'respondByAt',
  'state',
  'version',
]);
const COLUMNS = { FUNDER: FUNDERS_COLUMNS, GRANTEE: columnsOf(ReportShareRow, 's') };
const TENANT = { FUNDER: 's.funder_id', GRANTEE: 's.grantee_id' };

export type Party = 'FUNDER' | 'GRANTEE';

/** Reports are between a grantee and its funders; a fiscal sponsor reads, with a key of the role GRANTEE, what is shared. */
export function partyOf({ role }: Actor): Party | null {
  return role === 'FUNDER' || role === 'GRANTEE' ? role : null;
}

export const sharesById = (party: Party): string =>
  `SELECT ${COLUMNS[party]} FROM report_shares s WHERE s.id = ANY ($1)`;

/** What a fiscal sponsor may know of a share is what the funder may: nothing of the report it was taken from. */
export function asSeenBy(share: ReportShare, { role, organizationIds }: Actor): ReportShare {
  if (role === 'FUNDER' || organizationIds.includes(share.granteeId)) return share;
  const { reportId: _reportId, reportVersion: _reportVersion, unsharedAt: _unsharedAt, ...seen } = share;
  return seen;
}

export const RESPONSES_BY_SHARE = `SELECT ${columnsOf(ReportResponseRow, 'p')} FROM report_responses p WHERE p.share_id = ANY ($1)`;
export const RESPONSES_BY_ID = `SELECT ${columnsOf(ReportResponseRow, 'p')} FROM report_responses p WHERE p.id = ANY ($1)`;

/** What a list of shares can hang below. */
export const SHARE_PARENTS = {
  report: 's.report_id',
  agreement: 's.agreement_id',
  /** Of an agreement whose fiscal sponsor the caller is. */
  sponsored: 's.agreement_id',
  funder: 's.funder_id',
  grantee: 's.grantee_id',
} as const;
export type ShareParent = keyof typeof SHARE_PARENTS;

/** Live shares, newest first: what was unshared is gone from lists for both, and cannot be reached by the funder. */
export function shareList(
  party: Party,
  organizationIds: readonly string[],
  states: readonly ShareState[] | null,
  parent: { readonly kind: ShareParent; readonly ids: readonly string[] } | null,
): Omit<ListRequest, 'arguments'> {
  // Row security leaves the funder only live shares, and no right to ask which are.
  const where: Condition[] = party === 'GRANTEE' ? [{ sql: () => 's.unshared_at IS NULL' }] : [];
  if (states) where.push({ sql: (placeholder) => `s.state = ANY (${placeholder}::text[])`, value: states });
  return {
    name: `reportShares.${parent?.kind ?? 'own'}`,
    select: COLUMNS[party],
    from: 'report_shares s',
    key: [
      { sql: 's.shared_at', alias: 'sharedAt', type: 'timestamptz' },
      { sql: 's.id', alias: 'id', type: 'uuid' },
    ],
    descending: true,
    where,
    tenant: { column: parent?.kind === 'sponsored' ? 's.fiscal_sponsor_id' : TENANT[party], ids: organizationIds },
    ...(parent && { parent: { column: SHARE_PARENTS[parent.kind], ids: parent.ids } }),
  };
}

/** With what only its grantee may read. */
export type GranteesShare = ReportShare & Pick<ReportShareRow, 'reportVersion'>;

/** The live shares of a report with these agreements, so that nobody answers one while it is replaced. */
export function lockSharesOfReport(
  tx: Tx,
  reportId: string,
  agreementIds: readonly string[],
): Promise<GranteesShare[]> {
  return tx.rows<GranteesShare>(
    `SELECT ${COLUMNS.GRANTEE} FROM report_shares s WHERE s.report_id = $1 AND s.agreement_id = ANY ($2)
       AND s.grantee_id = ANY ($3) AND s.unshared_at IS NULL ORDER BY s.id FOR NO KEY UPDATE`,
    [reportId, agreementIds, tx.actor.organizationIds],
  );
}

export async function lockShare(tx: Tx, party: Party, id: string): Promise<ReportShare | null> {
  const [row] = await tx.rows<ReportShare>(
    `SELECT ${COLUMNS[party]} FROM report_shares s WHERE s.id = $1 AND ${TENANT[party]} = ANY ($2) FOR NO KEY UPDATE`,
    [id, tx.actor.organizationIds],
  );
  return row ?? null;
}

/** As the service itself: the parties of a share that still waits for its answer. */
export async function awaitedShare(
  tx: Tx,
  id: string,
): Promise<Pick<ReportShareRow, 'id' | 'funderId' | 'granteeId'> | null> {
  const [row] = await tx.rows<Pick<ReportShareRow, 'id' | 'funderId' | 'granteeId'>>(
    `SELECT ${columnsOf(ReportShareRow, 's', ['id', 'funderId', 'granteeId'])} FROM report_shares s WHERE s.id = $1`,
    [id],
  );
  return row ?? null;
}
