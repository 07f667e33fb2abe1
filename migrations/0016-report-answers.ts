import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT, allow, ownedBy, secure } from './row-security.js';

/** What follows a report that was shared: reminders of its answer, the talk about it, and whether it helped. */
export class ReportAnswers1790000000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TALK);
    await runner.query(REMINDERS);
    await runner.query(LISTS);
    await runner.query(DUTIES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION report_response_duties(uuid[], date);
      DROP POLICY worker_select ON report_responses;
      REVOKE SELECT (share_id, responded_at) ON report_responses FROM goodfaith_worker;
      DROP POLICY worker_select ON report_shares;
      REVOKE SELECT (${DUTY_COLUMNS}) ON report_shares FROM goodfaith_worker;
      ${allow('worker', 'SELECT', 'report_shares', AWAITED, 'id, funder_id, grantee_id')}
      DROP INDEX report_shares_by_due_day, report_shares_by_granted_due_day, report_shares_awaited, report_shares_awaited_from_grantee;
      CREATE INDEX report_shares_awaited ON report_shares (funder_id, shared_at, id) WHERE ${AWAITED};
      DROP INDEX narrative_reports_by_period;
      DROP TABLE report_response_reminders, report_ratings, report_replies;
    `);
  }
}

const AWAITED = `unshared_at IS NULL AND state = 'AWAITING_RESPONSE'`;
const own = (column: string): string => `${column} = ANY (${TENANT})`;
const PARTIES = (table: string): string => `
  share_id uuid NOT NULL, number integer NOT NULL, funder_id uuid NOT NULL, grantee_id uuid NOT NULL,
  CONSTRAINT ${table}_share FOREIGN KEY (share_id, funder_id, grantee_id) REFERENCES report_shares (id, funder_id, grantee_id),
  CONSTRAINT ${table}_answered FOREIGN KEY (share_id) REFERENCES report_responses (share_id),
  PRIMARY KEY (share_id, number)`;

/** Nobody replies to, or rates, what was not answered. What was said stays; whoever thinks again says so in a new row. */
const TALK = `
  CREATE TABLE report_replies (
    ${PARTIES('report_replies')},
    author text NOT NULL CONSTRAINT report_replies_author CHECK (author IN ('FUNDER', 'GRANTEE')),
    text text NOT NULL,
    written_at timestamptz(3) NOT NULL,
    CONSTRAINT report_replies_number CHECK (number BETWEEN 1 AND 200)
  );
  CREATE TABLE report_ratings (
    ${PARTIES('report_ratings')},
    helped boolean NOT NULL,
    rated_at timestamptz(3) NOT NULL,
    CONSTRAINT report_ratings_number CHECK (number BETWEEN 1 AND 100)
  );
  CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON report_replies EXECUTE FUNCTION refuse_rewrite();
  CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON report_ratings EXECUTE FUNCTION refuse_rewrite();

  ${['report_replies', 'report_ratings'].map(secure).join('\n')}
  ${allow('funder', 'SELECT', 'report_replies', own('funder_id'))}
  ${allow('funder', 'INSERT', 'report_replies', `${own('funder_id')} AND author = 'FUNDER'`)}
  ${allow('grantee', 'SELECT', 'report_replies', own('grantee_id'))}
  ${allow('grantee', 'INSERT', 'report_replies', `${own('grantee_id')} AND author = 'GRANTEE'`)}
  ${allow('funder', 'SELECT', 'report_ratings', own('funder_id'))}
  ${allow('grantee', 'SELECT', 'report_ratings', own('grantee_id'))}
  ${allow('grantee', 'INSERT', 'report_ratings', own('grantee_id'))}
  ${allow('worker', 'SELECT', 'report_ratings', 'true', 'share_id, number, helped, rated_at')}
`;

/** Each kind of reminder has its one day: so a share is reminded of once a day, however often a job runs. */
const REMINDERS = `
  CREATE TABLE report_response_reminders (
    share_id uuid NOT NULL CONSTRAINT report_response_reminders_share REFERENCES report_shares,
    kind text NOT NULL CONSTRAINT report_response_reminders_kind CHECK (kind IN ('DUE_SOON', 'DUE')),
    reminded_at timestamptz(3) NOT NULL,
    PRIMARY KEY (share_id, kind)
  );
  CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON report_response_reminders EXECUTE FUNCTION refuse_rewrite();
  ${secure('report_response_reminders')}
  ${allow('worker', 'INSERT', 'report_response_reminders', 'true')}
  ${allow('worker', 'SELECT', 'report_response_reminders', 'true')}
`;

/** Lists of shares by the day their answer is due, and of what awaits one; and the reports of a grantee by what they are about. */
const LISTS = `
  CREATE INDEX report_shares_by_due_day ON report_shares (funder_id, respond_by, id) WHERE unshared_at IS NULL;
  CREATE INDEX report_shares_by_granted_due_day ON report_shares (grantee_id, respond_by, id) WHERE unshared_at IS NULL;
  DROP INDEX report_shares_awaited;
  CREATE INDEX report_shares_awaited ON report_shares (funder_id, respond_by, id) WHERE ${AWAITED};
  CREATE INDEX report_shares_awaited_from_grantee ON report_shares (grantee_id, respond_by, id) WHERE ${AWAITED};
  CREATE INDEX narrative_reports_by_period ON narrative_reports (organization_id, period_end, id) WHERE state = 'SUBMITTED';
`;

/**
 * Of shares the service itself may read whose they are and when they were answered, and nothing of what they say. The
 * steward reaches no share: through a function it gets the dates of a funder's duties, without names and ids.
 */
const DUTY_COLUMNS = 'id, funder_id, grantee_id, shared_at, respond_by, respond_by_at, state, unshared_at';
const DUTIES = `
  DROP POLICY worker_select ON report_shares;
  ${allow('worker', 'SELECT', 'report_shares', 'true', DUTY_COLUMNS)}
  ${allow('worker', 'SELECT', 'report_responses', 'true', 'share_id, responded_at')}

  CREATE FUNCTION report_response_duties(funders uuid[], since date)
    RETURNS TABLE (funder_id uuid, counterparty bigint, began_at timestamptz, due_at timestamptz, answered_at timestamptz, helped boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT f.id, dense_rank() OVER (ORDER BY d.grantee_id), d.shared_at, d.respond_by_at, d.responded_at, d.helped
    FROM unnest(funders) AS f (id) CROSS JOIN LATERAL (
      SELECT s.grantee_id, s.shared_at, s.respond_by_at, p.responded_at,
        coalesce((SELECT r.helped FROM report_ratings r WHERE r.share_id = s.id ORDER BY r.number DESC LIMIT 1), false) AS helped
      FROM report_shares s LEFT JOIN report_responses p ON p.share_id = s.id
      WHERE s.funder_id = ANY (f.id || ARRAY(SELECT o.id FROM organizations o WHERE o.merged_into = f.id))
        AND s.respond_by >= since AND s.unshared_at IS NULL OFFSET 0) AS d $$;
  ${ownedBy('worker', 'report_response_duties(uuid[], date)', 'goodfaith_steward')}
`;
