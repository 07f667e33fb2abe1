import type { FundersDuty, RecordYear } from '../../funders/records/duty-record.rules.js';
import type { Actor } from '../../platform/access/actor.js';
import type { Tx } from '../../platform/db/transaction.js';

/**
 * The duty to answer begins with sharing, or with the last reopening. What was resolved needs no answer any more; what
 * was withdrawn counts nowhere.
 */
const DUTY = `greatest(s.shared_at, s.respond_by_at - (s.response_days + 1) * interval '1 day') AS "beganAt",
  s.respond_by_at AS "dueAt", s.answered_at AS "answeredAt", s.resolved_at AS "endedAt"`;

/** Of the funders `$1` and those merged into them, with a last day from `$2` on; for a grantee those of its own. */
export function liveObstacleDuties({ role }: Actor): string {
  const own = role === 'GRANTEE' ? 'AND s.organization_id = ANY ((SELECT tenant())::uuid[])' : '';
  // One funder after the other, each by the index: OFFSET keeps the planner from reading all for a page of funders.
  return `SELECT f.id AS "funderId", d.*
    FROM unnest($1::uuid[]) AS f (id) CROSS JOIN LATERAL (
      SELECT s.organization_id AS "counterpartyId", ${DUTY}, s.resolved_at IS NOT NULL AS "isResolved" FROM obstacles.shared s
      WHERE s.funder_id = ANY (f.id || ARRAY(SELECT o.id FROM organizations o WHERE o.merged_into = f.id))
        AND s.respond_by >= $2::date AND s.state <> 'WITHDRAWN' ${own} OFFSET 0) AS d`;
}

/** As the service itself. A merged organization's count as those of the one that it became. */
export function obstacleDutiesOfYear(tx: Tx, { firstDay, lastDay, asOf }: RecordYear): Promise<FundersDuty[]> {
  return tx.rows<FundersDuty>(
    `SELECT coalesce(f.merged_into, f.id) AS "funderId", coalesce(g.merged_into, g.id) AS "counterpartyId", ${DUTY},
       coalesce(s.resolved_at <= $3, false) AS "isResolved"
     FROM obstacles.shared s JOIN organizations f ON f.id = s.funder_id JOIN organizations g ON g.id = s.organization_id
     WHERE s.respond_by BETWEEN $1 AND $2 AND coalesce(s.withdrawn_at > $3, true)`,
    [firstDay, lastDay, asOf],
  );
}
