import type { Actor } from '../../platform/access/actor.js';
import type { ListRequest } from '../../platform/api/page.js';
import { columnsOf } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { ReportingExpectationRow } from './reporting-expectation.entity.js';

export type Expectation = Omit<ReportingExpectationRow, 'offeredTo'>;
const COLUMNS = columnsOf(ReportingExpectationRow, 'e', [
  'id',
  'agreementId',
  'funderId',
  'granteeId',
  'fiscalSponsorId',
  'dueOn',
  'movedTo',
  'waivedAt',
  'metByShareId',
  'overdueAt',
  'version',
]);

export const EXPECTATIONS_BY_ID = `SELECT ${COLUMNS} FROM reporting_expectations e WHERE e.id = ANY ($1)`;
export const EXPECTATIONS_OF_AGREEMENTS = `SELECT ${COLUMNS} FROM reporting_expectations e
  WHERE e.agreement_id = ANY ($1) ORDER BY e.due_on, e.id`;

/** What a grantee is asked to tell, by day; a funder sees its own part of it, and drafts stay out of it. */
export function expectationList(actor: Actor): Omit<ListRequest, 'arguments'> {
  return {
    name: 'expectations',
    select: COLUMNS,
    from: 'reporting_expectations e',
    key: [
      { sql: 'e.due_on', alias: 'dueOn', type: 'date' },
      { sql: 'e.id', alias: 'id', type: 'uuid' },
    ],
    descending: false,
    where:
      actor.role === 'FUNDER'
        ? [{ sql: (ids) => `e.funder_id = ANY (${ids}::uuid[])`, value: actor.organizationIds }]
        : [],
    ...(actor.role === 'GRANTEE' && { tenant: { column: 'e.offered_to', ids: actor.organizationIds } }),
  };
}

export async function lockExpectation(tx: Tx, id: string): Promise<Expectation | null> {
  const [row] = await tx.rows<Expectation>(
    `SELECT ${COLUMNS} FROM reporting_expectations e WHERE e.id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  return row ?? null;
}

/** The earliest that is neither met nor waived. */
export async function lockEarliestUnmet(tx: Tx, agreementId: string): Promise<Expectation | null> {
  const [row] = await tx.rows<Expectation>(
    `SELECT ${COLUMNS} FROM reporting_expectations e
     WHERE e.agreement_id = $1 AND e.met_by_share_id IS NULL AND e.waived_at IS NULL
     ORDER BY coalesce(e.moved_to, e.due_on), e.id LIMIT 1 FOR NO KEY UPDATE`,
    [agreementId],
  );
  return row ?? null;
}

export async function lockMetBy(tx: Tx, agreementId: string, shareId: string): Promise<Expectation | null> {
  const [row] = await tx.rows<Expectation>(
    `SELECT ${COLUMNS} FROM reporting_expectations e WHERE e.agreement_id = $1 AND e.met_by_share_id = $2 FOR NO KEY UPDATE`,
    [agreementId, shareId],
  );
  return row ?? null;
}

export function setMetBy(tx: Tx, expectation: Expectation, shareId: string | null): void {
  tx.later('UPDATE reporting_expectations SET met_by_share_id = $2, version = $3 WHERE id = $1', [
    expectation.id,
    shareId,
    expectation.version + 1,
  ]);
}

export async function agreementOfExpectation(tx: Tx, id: string): Promise<string | null> {
  const [row] = await tx.rows<{ agreementId: string }>(
    'SELECT e.agreement_id AS "agreementId" FROM reporting_expectations e WHERE e.id = $1',
    [id],
  );
  return row?.agreementId ?? null;
}
