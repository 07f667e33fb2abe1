import type { FundersDuty, RecordYear } from '../../funders/records/duty-record.rules.js';
import type { Actor } from '../../platform/access/actor.js';
import type { ListRequest } from '../../platform/api/page.js';
import { columnsOf } from '../../platform/db/columns.js';
import type { Tx } from '../../platform/db/transaction.js';
import { ReportShareRow } from '../shares/report-share.entity.js';
import { ReportRatingRow, ReportReplyRow } from './report-talk.entity.js';
import type { Reminder } from './response-duty.rules.js';

/** The last word of the grantee on each answer. */
export const LATEST_RATINGS = `SELECT DISTINCT ON (r.share_id) ${columnsOf(ReportRatingRow, 'r')}
  FROM report_ratings r WHERE r.share_id = ANY ($1) ORDER BY r.share_id, r.number DESC`;

/** What was said after an answer, in its order. */
export function replyList({ role, organizationIds }: Actor): Omit<ListRequest, 'arguments'> {
  return {
    name: 'replies to a report response',
    select: columnsOf(ReportReplyRow, 'r'),
    from: 'report_replies r',
    key: [{ sql: 'r.number', alias: 'number', type: 'bigint' }],
    descending: false,
    where: [],
    tenant: { column: role === 'FUNDER' ? 'r.funder_id' : 'r.grantee_id', ids: organizationIds },
  };
}

/** The number of the last one, 0 before the first. Whoever writes the next has the share locked. */
export async function lastNumber(tx: Tx, table: 'report_replies' | 'report_ratings', shareId: string): Promise<number> {
  const [{ last }] = await tx.rows<{ last: number }>(
    `SELECT coalesce(max(t.number), 0) AS "last" FROM ${table} t WHERE t.share_id = $1`,
    [shareId],
  );
  return last;
}

export async function latestRating(tx: Tx, shareId: string): Promise<ReportRatingRow | null> {
  const [row] = await tx.rows<ReportRatingRow>(LATEST_RATINGS, [[shareId]]);
  return row ?? null;
}

/** As the service itself: a share that still waits for its answer. */
export async function awaitedShare(
  tx: Tx,
  id: string,
): Promise<Pick<ReportShareRow, 'id' | 'funderId' | 'granteeId' | 'respondByAt'> | null> {
  const [row] = await tx.rows<Pick<ReportShareRow, 'id' | 'funderId' | 'granteeId' | 'respondByAt'>>(
    `SELECT ${columnsOf(ReportShareRow, 's', ['id', 'funderId', 'granteeId', 'respondByAt'])} FROM report_shares s
     WHERE s.id = $1 AND s.unshared_at IS NULL AND s.state = 'AWAITING_RESPONSE'`,
    [id],
  );
  return row ?? null;
}

/** False when the funder was reminded before. */
export async function noteReminder(tx: Tx, shareId: string, kind: Reminder): Promise<boolean> {
  const rows = await tx.rows(
    `INSERT INTO report_response_reminders (share_id, kind, reminded_at) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING RETURNING kind`,
    [shareId, kind, tx.now],
  );
  return rows.length > 0;
}

const LATEST_HELPED = (asOf = 'true'): string =>
  `coalesce((SELECT r.helped FROM report_ratings r WHERE r.share_id = s.id AND ${asOf} ORDER BY r.number DESC LIMIT 1), false) AS "isResolved"`;
const DUTY = `s.shared_at AS "beganAt", s.respond_by_at AS "dueAt", p.responded_at AS "answeredAt", NULL AS "endedAt"`;

/**
 * Of the funders `$1` and those merged into them, with a last day from `$2` on; for a grantee those of its own. What is
 * no longer shared does not exist for the funder, so it counts nowhere.
 */
export function liveResponseDuties({ role }: Actor): string {
  if (role === 'STEWARD')
    return `SELECT d.funder_id AS "funderId", d.counterparty::text AS "counterpartyId", d.began_at AS "beganAt", d.due_at AS "dueAt",
      d.answered_at AS "answeredAt", NULL AS "endedAt", d.helped AS "isResolved" FROM report_response_duties($1::uuid[], $2::date) AS d`;
  const own = role === 'GRANTEE' ? 'AND s.grantee_id = ANY ((SELECT tenant())::uuid[]) AND s.unshared_at IS NULL' : '';
  // One funder after the other, each by the index: OFFSET keeps the planner from reading all for a page of funders.
  return `SELECT f.id AS "funderId", d.*
    FROM unnest($1::uuid[]) AS f (id) CROSS JOIN LATERAL (
      SELECT s.grantee_id AS "counterpartyId", ${DUTY}, ${LATEST_HELPED()}
      FROM report_shares s LEFT JOIN report_responses p ON p.share_id = s.id
      WHERE s.funder_id = ANY (f.id || ARRAY(SELECT o.id FROM organizations o WHERE o.merged_into = f.id))
        AND s.respond_by >= $2::date ${own} OFFSET 0) AS d`;
}

/** As the service itself. A merged organization's count as those of the one that it became. */
export function responseDutiesOfYear(tx: Tx, { firstDay, lastDay, asOf }: RecordYear): Promise<FundersDuty[]> {
  return tx.rows<FundersDuty>(
    `SELECT coalesce(f.merged_into, f.id) AS "funderId", coalesce(g.merged_into, g.id) AS "counterpartyId", ${DUTY},
       ${LATEST_HELPED('r.rated_at <= $3')}
     FROM report_shares s JOIN organizations f ON f.id = s.funder_id JOIN organizations g ON g.id = s.grantee_id
     LEFT JOIN report_responses p ON p.share_id = s.id
     WHERE s.respond_by BETWEEN $1 AND $2 AND coalesce(s.unshared_at > $3, true)`,
    [firstDay, lastDay, asOf],
  );
}
