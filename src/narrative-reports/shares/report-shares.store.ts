import type { Actor } from '../../platform/access/actor.js';
import { columnsOf } from '../../platform/db/columns.js';
import type { Condition } from '../../platform/db/keyset.js';
import type { ListRequest } from '../../platform/api/page.js';
import type { Tx } from '../../platform/db/transaction.js';
import type { Order } from '../../platform/api/order.js';
import type { ReportShare, ShownShareState } from './report-share.entity.js';
import type { ShareOrderField } from './report-shares.inputs.js';
import { ReportResponseRow, ReportShareRow } from './report-share.entity.js';

/** The database refuses the others to a funder. */
const FUNDERS_COLUMNS = [
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
] as const;
const COLUMNS = {
  FUNDER: columnsOf(ReportShareRow, 's', FUNDERS_COLUMNS),
  GRANTEE: columnsOf(ReportShareRow, 's', [
    ...FUNDERS_COLUMNS,
    'reportId',
    'reportVersion',
    'unsharedAt',
    'replacedBy',
  ]),
};
const TENANT = { FUNDER: 's.funder_id', GRANTEE: 's.grantee_id' };

export type Party = 'FUNDER' | 'GRANTEE';

/** Reports are between a grantee and its funders; a fiscal sponsor reads, with a key of the role GRANTEE, what is shared. */
export function partyOf({ role }: Actor): Party | null {
  return role === 'FUNDER' || role === 'GRANTEE' ? role : null;
}

export const sharesById = (party: Party): string =>
  `SELECT ${COLUMNS[party]} FROM report_shares s WHERE s.id = ANY ($1)`;

/** What is left of a copy that was replaced, to those to whom it does not exist any more: its days, and what took its place. */
export type ReplacedShare = Omit<ReportShare, 'content' | 'state' | 'expectationId' | 'replacedBy'> & {
  readonly replacedBy: string;
};
export const replacedShares = (party: Party): string =>
  `SELECT s.id, s.grantee_id AS "granteeId", s.funder_id AS "funderId", s.agreement_id AS "agreementId",
     s.fiscal_sponsor_id AS "fiscalSponsorId", s.shared_at AS "sharedAt", s.respond_by AS "respondBy",
     s.respond_by_at AS "respondByAt", s.version, s.replaced_by AS "replacedBy"
   FROM ${party === 'FUNDER' ? 'replaced_shares_of_funder' : 'replaced_shares_of_sponsor'}($1) s`;

/** What a fiscal sponsor may know of a share is what the funder may: nothing of the report it was taken from. */
export function asSeenBy(share: ReportShare, { role, organizationIds }: Actor): ReportShare {
  if (role === 'FUNDER' || organizationIds.includes(share.granteeId)) return share;
  const {
    reportId: _reportId,
    reportVersion: _reportVersion,
    unsharedAt: _unsharedAt,
    replacedBy: _next,
    ...seen
  } = share;
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

export interface WantedShares {
  readonly states: readonly ShownShareState[] | null;
  readonly isOverdue: boolean | null;
  readonly order: Order<ShareOrderField>;
}
const ORDERS = {
  SHARED_AT: { sql: 's.shared_at', alias: 'sharedAt', type: 'timestamptz' },
  RESPOND_BY: { sql: 's.respond_by', alias: 'respondBy', type: 'date' },
} as const;
const AWAITED = "s.state = 'AWAITING_RESPONSE'";

/** Live shares: what was unshared is gone from lists for both, and cannot be reached by the funder. */
export function shareList(
  actor: Actor,
  { states, isOverdue, order }: WantedShares,
  now: Date,
  parent: { readonly kind: ShareParent; readonly ids: readonly string[] } | null,
): Omit<ListRequest, 'arguments'> {
  const party = partyOf(actor)!;
  // Row security leaves the funder only live shares, and no right to ask which are.
  const where: Condition[] = party === 'GRANTEE' ? [{ sql: () => 's.unshared_at IS NULL' }] : [];
  // What awaits an answer has an index of its own, which only these very words lead to.
  if (states?.length === 1 && states[0] === 'AWAITING_RESPONSE') where.push({ sql: () => AWAITED });
  else if (states) where.push({ sql: (place) => `s.state = ANY (${place}::text[])`, value: states });
  if (isOverdue !== null) where.push(...overdue(isOverdue, now));
  return {
    name: `reportShares.${parent?.kind ?? 'own'}`,
    select: COLUMNS[party],
    from: 'report_shares s',
    key: [ORDERS[order.field], { sql: 's.id', alias: 'id', type: 'uuid' }],
    descending: order.direction === 'DESC',
    where,
    tenant: {
      column: parent?.kind === 'sponsored' ? 's.fiscal_sponsor_id' : TENANT[party],
      ids: actor.organizationIds,
    },
    ...(parent && { parent: { column: SHARE_PARENTS[parent.kind], ids: parent.ids } }),
  };
}

/** As `isOverdue` has it. */
function overdue(wanted: boolean, now: Date): Condition[] {
  const hasPassed = (place: string): string => `s.respond_by_at <= ${place}::timestamptz`;
  if (wanted) return [{ sql: () => AWAITED }, { sql: hasPassed, value: now, isOfTheMoment: true }];
  return [{ sql: (place) => `NOT (${AWAITED} AND ${hasPassed(place)})`, value: now, isOfTheMoment: true }];
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
