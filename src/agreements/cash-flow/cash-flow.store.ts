import type { Actor } from '../../platform/access/actor.js';
import type { Reader } from '../../platform/db/reader.js';
import type { Months } from './cash-flow.rules.js';

export interface CashFlowRow {
  readonly parentId: string;
  readonly month: string;
  readonly currency: string;
  readonly expectedMinor: bigint;
  readonly receivedMinor: bigint;
  /** What arrived over and above what was promised. */
  readonly surplusMinor: bigint;
  readonly repaidMinor: bigint;
}

/**
 * What is expected, received and repaid, for all parents in one statement. Each part is of agreements that bind; an
 * amount stands in the month of its day and under the currency it was in, so that no two currencies are added.
 */
export function cashFlowStatement(role: Actor['role'], side: 'FUNDER' | 'GRANTEE'): string {
  const parent = side === 'FUNDER' ? 'funder_id' : 'grantee_id';
  const tenant = role === 'FUNDER' ? 'funder_id' : 'offered_to';
  const own = (t: string, day: string): string =>
    `${t}.agreement_id = a.id AND ${t}.${day} >= $3::date AND ${t}.${day} < $4::date`;
  return `SELECT a.${parent} AS "parentId", date_trunc('month', m.day)::date AS "month", m.currency,
       sum(m.expected)::text AS "expectedMinor", sum(m.received)::text AS "receivedMinor",
       sum(m.surplus)::text AS "surplusMinor", sum(m.repaid)::text AS "repaidMinor"
     FROM agreements a CROSS JOIN LATERAL (
       SELECT i.due_on AS day, i.currency, i.amount_minor AS expected, 0::bigint AS received, 0::bigint AS surplus, 0::bigint AS repaid
         FROM installments i WHERE ${own('i', 'due_on')} AND i.state <> 'RELEASED'
       UNION ALL SELECT d.received_on, d.received_currency, 0, CASE WHEN d.is_surplus THEN 0 ELSE d.received_minor END,
           CASE WHEN d.is_surplus THEN d.received_minor ELSE 0 END, 0
         FROM disbursements d WHERE ${own('d', 'received_on')}
       UNION ALL SELECT r.repaid_on, r.currency, 0, 0, 0, r.amount_minor
         FROM repayments r WHERE ${own('r', 'repaid_on')}) AS m
     WHERE a.${tenant} = ANY ($1::uuid[]) AND a.${parent} = ANY ($2::uuid[]) AND a.state IN ('ACTIVE', 'COMPLETED', 'RELEASED')
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
}

export async function readCashFlow(
  reader: Reader,
  { role, organizationIds }: Actor,
  side: 'FUNDER' | 'GRANTEE',
  parentIds: readonly string[],
  { since, before }: Months,
): Promise<CashFlowRow[]> {
  const values = [organizationIds, parentIds, since, before];
  const rows = await reader.rows<Record<keyof CashFlowRow, string>>(cashFlowStatement(role, side), values);
  return rows.map((row) => ({
    ...row,
    expectedMinor: BigInt(row.expectedMinor),
    receivedMinor: BigInt(row.receivedMinor),
    surplusMinor: BigInt(row.surplusMinor),
    repaidMinor: BigInt(row.repaidMinor),
  }));
}
