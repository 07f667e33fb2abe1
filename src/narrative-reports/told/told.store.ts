import { REPORT_COLUMNS } from '../reports/narrative-reports.store.js';

const MOST_CANDIDATES = 20;

/**
 * For each expectation `$1` of the agreement `$2`: the submitted reports of the organizations `$5` whose period meets
 * the days from `$3` to `$4`, and that are not shared with that agreement now.
 */
export const CANDIDATES = `SELECT e.id AS "expectationId", r.*
  FROM unnest($1::uuid[], $2::uuid[], $3::date[], $4::date[]) AS e (id, agreement_id, since, until)
  CROSS JOIN LATERAL (
    SELECT ${REPORT_COLUMNS} FROM narrative_reports r
    WHERE r.organization_id = ANY ($5::uuid[]) AND r.state = 'SUBMITTED' AND r.period_end >= e.since AND r.period_start <= e.until
      AND NOT EXISTS (SELECT 1 FROM report_shares s
        WHERE s.report_id = r.id AND s.agreement_id = e.agreement_id AND s.unshared_at IS NULL)
    ORDER BY r.period_end DESC, r.id DESC LIMIT ${MOST_CANDIDATES}) AS r`;
