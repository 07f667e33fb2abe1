import type { MigrationInterface, QueryRunner } from 'typeorm';
import { allow, secure } from './row-security.js';

/** What is hoped for, in the order in which it is due; and yearly records of how funders keep their duties to answer. */
export class DutyRecords1790000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(EXPECTED_DAY);
    await runner.query(RECORDS);
    await runner.query(OBSTACLE_DUTIES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX obstacles.shared_by_due_day, obstacles.shared_by_pair;
      DROP POLICY worker_counts ON obstacles.shared;
      REVOKE SELECT (${DUTY_COLUMNS}) ON obstacles.shared FROM goodfaith_worker;
      DROP POLICY worker_select ON organizations;
      REVOKE SELECT (id, merged_into) ON organizations FROM goodfaith_worker;
      DROP TABLE duty_records, duty_record_years;
      DROP INDEX reporting_expectations_met_once, reporting_expectations_due, reporting_expectations_open;
      DROP TRIGGER expected_day ON reporting_expectations;
      DROP FUNCTION reporting_expectations_expected_day();
      ALTER TABLE reporting_expectations DROP COLUMN expected_on;
      CREATE INDEX reporting_expectations_by_grantee ON reporting_expectations (offered_to, due_on, id);
    `);
  }
}

/**
 * The day counts from where it was moved to. A column and not an expression, since under row security only a plain
 * column can be compared inside an index. An expectation counts from acceptance on, when `overdue_at` is set.
 */
const EXPECTED_DAY = `
  ALTER TABLE reporting_expectations ADD COLUMN expected_on date;
  ALTER TABLE reporting_expectations NO FORCE ROW LEVEL SECURITY;
  UPDATE reporting_expectations SET expected_on = coalesce(moved_to, due_on);
  ALTER TABLE reporting_expectations FORCE ROW LEVEL SECURITY;
  ALTER TABLE reporting_expectations ALTER COLUMN expected_on SET NOT NULL,
    ADD CONSTRAINT reporting_expectations_expected_on CHECK (expected_on = coalesce(moved_to, due_on));
  CREATE FUNCTION reporting_expectations_expected_day() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.expected_on := coalesce(NEW.moved_to, NEW.due_on); RETURN NEW; END $$;
  CREATE TRIGGER expected_day BEFORE INSERT OR UPDATE OF due_on, moved_to ON reporting_expectations
    FOR EACH ROW EXECUTE FUNCTION reporting_expectations_expected_day();

  DROP INDEX reporting_expectations_by_grantee;
  CREATE INDEX reporting_expectations_due ON reporting_expectations (offered_to, expected_on, id) WHERE overdue_at IS NOT NULL;
  CREATE INDEX reporting_expectations_open ON reporting_expectations (offered_to, expected_on, id)
    WHERE overdue_at IS NOT NULL AND met_by_share_id IS NULL AND waived_at IS NULL;
  CREATE UNIQUE INDEX reporting_expectations_met_once ON reporting_expectations (met_by_share_id) WHERE met_by_share_id IS NOT NULL;
`;

/**
 * A frozen record holds bands and no figure, so that nothing finer can be read from the table either. A year is frozen
 * once: its mark and its records are written in one transaction.
 */
const BAND = (column: string): string =>
  `${column} smallint CONSTRAINT duty_records_${column} CHECK (${column} BETWEEN 0 AND 4)`;
const RECORDS = `
  CREATE TABLE duty_record_years (
    duty text NOT NULL CONSTRAINT duty_record_years_duty CHECK (duty IN ('REPORT_RESPONSE', 'OBSTACLE_RESPONSE')),
    year integer NOT NULL CONSTRAINT duty_record_years_year CHECK (year BETWEEN 2000 AND 9999),
    frozen_at timestamptz(3) NOT NULL,
    PRIMARY KEY (duty, year)
  );
  CREATE TABLE duty_records (
    funder_id uuid NOT NULL CONSTRAINT duty_records_funder REFERENCES funders,
    duty text NOT NULL,
    year integer NOT NULL,
    ${BAND('answered')} NOT NULL,
    ${BAND('in_time')} NOT NULL,
    ${BAND('resolved')} NOT NULL,
    ${BAND('days')},
    PRIMARY KEY (funder_id, duty, year),
    CONSTRAINT duty_records_year FOREIGN KEY (duty, year) REFERENCES duty_record_years
  );
  CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON duty_record_years EXECUTE FUNCTION refuse_rewrite();
  CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON duty_records EXECUTE FUNCTION refuse_rewrite();

  ${['duty_record_years', 'duty_records'].map(secure).join('\n')}
  ${(['funder', 'grantee', 'steward', 'analyst', 'public'] as const).map((role) => allow(role, 'SELECT', 'duty_records', 'true')).join('\n')}
  ${allow('worker', 'SELECT', 'duty_record_years', 'true')}
  ${allow('worker', 'INSERT', 'duty_record_years', 'true')}
  ${allow('worker', 'INSERT', 'duty_records', 'true')}
  ${allow('worker', 'SELECT', 'organizations', 'true', 'id, merged_into')}
`;

/** Of shared obstacles the service may read when they were shared and answered, and nothing of what they say. */
const DUTY_COLUMNS =
  'id, funder_id, organization_id, state, shared_at, response_days, respond_by, respond_by_at, answered_at, resolved_at, withdrawn_at';
const OBSTACLE_DUTIES = `
  CREATE INDEX shared_by_due_day ON obstacles.shared (funder_id, respond_by, id);
  CREATE INDEX shared_by_pair ON obstacles.shared (organization_id, funder_id, respond_by);
  GRANT SELECT (${DUTY_COLUMNS}) ON obstacles.shared TO goodfaith_worker;
  CREATE POLICY worker_counts ON obstacles.shared FOR SELECT TO goodfaith_worker USING (true);
`;
