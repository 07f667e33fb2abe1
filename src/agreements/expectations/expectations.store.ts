import type { Actor } from '../../platform/access/actor.js';
import type { ListRequest } from '../../platform/api/page.js';
import { columnsOf } from '../../platform/db/columns.js';
import type { Condition } from '../../platform/db/keyset.js';
import type { Tx } from '../../platform/db/transaction.js';
import type { ExpectationState } from './expectation.rules.js';
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
  'expectedOn',
  'waivedAt',
  'metByShareId',
  'overdueAt',
  'version',
]);

export const EXPECTATIONS_BY_ID = `SELECT ${COLUMNS} FROM reporting_expectations e WHERE e.id = ANY ($1)`;
export const EXPECTATIONS_OF_AGREEMENTS = `SELECT ${COLUMNS} FROM reporting_expectations e
  WHERE e.agreement_id = ANY ($1) ORDER BY e.due_on, e.id`;

export interface ExpectationFilter {
  readonly states: readonly ExpectationState[] | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** As `expectationState` has it; a test holds the two against each other. */
const stateAt = (
  now: string,
): string => `CASE WHEN e.met_by_share_id IS NOT NULL THEN 'MET' WHEN e.waived_at IS NOT NULL THEN 'WAIVED'
  WHEN e.overdue_at <= ${now}::timestamptz THEN 'OVERDUE' ELSE 'UPCOMING' END`;
const OPEN: readonly ExpectationState[] = ['UPCOMING', 'OVERDUE'];

/** What a grantee agreed to tell, by the day it is hoped for; a funder sees its own part of it. */
export function expectationList(
  actor: Actor,
  { states, from, to }: ExpectationFilter,
  now: Date,
): Omit<ListRequest, 'arguments'> {
  const where: Condition[] = [{ sql: () => 'e.overdue_at IS NOT NULL' }];
  if (actor.role === 'FUNDER') {
    where.push({ sql: (ids) => `e.funder_id = ANY (${ids}::uuid[])`, value: actor.organizationIds });
  }
  if (states) {
    const wanted = states.map((state) => `'${state}'`).join(', ');
    const sql = (place: string): string => `${stateAt(place)} = ANY (ARRAY[${wanted}]::text[])`;
    where.push({ sql, value: now, isOfTheMoment: true });
    // What is open has an index of its own.
    if (states.every((state) => OPEN.includes(state))) {
      where.push({ sql: () => 'e.met_by_share_id IS NULL AND e.waived_at IS NULL' });
    }
  }
  if (from !== null) where.push({ sql: (place) => `e.expected_on >= ${place}::date`, value: from });
  if (to !== null) where.push({ sql: (place) => `e.expected_on <= ${place}::date`, value: to });
  return {
    name: 'expectations',
    select: COLUMNS,
    from: 'reporting_expectations e',
    key: [
      { sql: 'e.expected_on', alias: 'expectedOn', type: 'date' },
      { sql: 'e.id', alias: 'id', type: 'uuid' },
    ],
    descending: false,
    where,
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
     ORDER BY e.expected_on, e.id LIMIT 1 FOR NO KEY UPDATE`,
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
