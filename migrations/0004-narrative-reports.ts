import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT, allow, secure } from './row-security.js';

/** Reports with their versions, which are the grantee's alone; shares, which are copies for one funder; and answers. */
export class NarrativeReports1790000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REPORTS);
    await runner.query(SHARES);
    await runner.query(RULES);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE report_responses, report_shares, narrative_report_versions, narrative_reports;
      DROP FUNCTION narrative_reports_legal_transition(), report_shares_keep_copy();
    `);
  }
}

const REPORTS = `
  CREATE TABLE narrative_reports (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL CONSTRAINT narrative_reports_organization REFERENCES grantees,
    state text NOT NULL CONSTRAINT narrative_reports_state CHECK (state IN ('DRAFT', 'SUBMITTED')),
    format text NOT NULL CONSTRAINT narrative_reports_format CHECK (format IN ('WRITTEN', 'CONVERSATION', 'RECORDING', 'REUSED_DOCUMENT')),
    language text NOT NULL,
    period_start date,
    period_end date,
    sections jsonb NOT NULL CONSTRAINT narrative_reports_sections CHECK (jsonb_array_length(sections) <= 12),
    minutes_spent integer CONSTRAINT narrative_reports_minutes CHECK (minutes_spent BETWEEN 0 AND 100000),
    people_involved integer CONSTRAINT narrative_reports_people CHECK (people_involved BETWEEN 0 AND 10000),
    content_version integer,
    client_submission_id text,
    submission_hash bytea,
    submitted_at timestamptz(3),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    CONSTRAINT narrative_reports_owned UNIQUE (id, organization_id),
    CONSTRAINT narrative_reports_submitted_once UNIQUE (organization_id, client_submission_id),
    CONSTRAINT narrative_reports_submitted CHECK ((state = 'SUBMITTED') = (submitted_at IS NOT NULL)
      AND (submitted_at IS NULL) = (content_version IS NULL)),
    CONSTRAINT narrative_reports_hashed CHECK ((client_submission_id IS NULL) = (submission_hash IS NULL)),
    CONSTRAINT narrative_reports_period CHECK ((period_start IS NULL) = (period_end IS NULL) AND period_start <= period_end)
  );
  CREATE INDEX narrative_reports_by_creation ON narrative_reports (organization_id, created_at, id);
  CREATE INDEX narrative_reports_by_update ON narrative_reports (organization_id, updated_at, id);

  CREATE TABLE narrative_report_versions (
    report_id uuid NOT NULL,
    number integer NOT NULL CONSTRAINT narrative_report_versions_number CHECK (number >= 1),
    organization_id uuid NOT NULL,
    content jsonb NOT NULL,
    submitted_at timestamptz(3) NOT NULL,
    PRIMARY KEY (report_id, number),
    CONSTRAINT narrative_report_versions_report FOREIGN KEY (report_id, organization_id) REFERENCES narrative_reports (id, organization_id)
  );
`;

/** `respond_by` and its instant are fixed at sharing, from the agreement as it was then. */
const SHARES = `
  CREATE TABLE report_shares (
    id uuid PRIMARY KEY,
    grantee_id uuid NOT NULL,
    funder_id uuid NOT NULL,
    agreement_id uuid NOT NULL,
    report_id uuid NOT NULL,
    report_version integer NOT NULL,
    expectation_id uuid CONSTRAINT report_shares_expectation REFERENCES reporting_expectations,
    content jsonb NOT NULL,
    shared_at timestamptz(3) NOT NULL,
    respond_by date NOT NULL,
    respond_by_at timestamptz(3) NOT NULL,
    state text NOT NULL CONSTRAINT report_shares_state CHECK (state IN ('AWAITING_RESPONSE', 'ANSWERED')),
    unshared_at timestamptz(3),
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT report_shares_parties UNIQUE (id, funder_id, grantee_id),
    CONSTRAINT report_shares_agreement FOREIGN KEY (agreement_id, funder_id, grantee_id) REFERENCES agreements (id, funder_id, grantee_id),
    CONSTRAINT report_shares_version FOREIGN KEY (report_id, report_version) REFERENCES narrative_report_versions (report_id, number),
    CONSTRAINT report_shares_answered_stays CHECK (unshared_at IS NULL OR state = 'AWAITING_RESPONSE')
  );
  CREATE UNIQUE INDEX report_shares_one_live ON report_shares (report_id, agreement_id) WHERE unshared_at IS NULL;
  CREATE INDEX report_shares_by_funder ON report_shares (funder_id, shared_at, id) WHERE unshared_at IS NULL;
  CREATE INDEX report_shares_by_grantee ON report_shares (grantee_id, shared_at, id) WHERE unshared_at IS NULL;
  CREATE INDEX report_shares_by_agreement ON report_shares (agreement_id, shared_at, id) WHERE unshared_at IS NULL;
  CREATE INDEX report_shares_awaited ON report_shares (funder_id, shared_at, id) WHERE unshared_at IS NULL AND state = 'AWAITING_RESPONSE';

  CREATE TABLE report_responses (
    id uuid PRIMARY KEY,
    share_id uuid NOT NULL CONSTRAINT report_responses_once UNIQUE,
    funder_id uuid NOT NULL,
    grantee_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT report_responses_kind CHECK (kind IN ('LEARNED', 'QUESTION', 'HELP_OFFERED')),
    text text NOT NULL CONSTRAINT report_responses_text CHECK (length(text) >= 10),
    responded_at timestamptz(3) NOT NULL,
    CONSTRAINT report_responses_share FOREIGN KEY (share_id, funder_id, grantee_id) REFERENCES report_shares (id, funder_id, grantee_id)
  );
`;

/** What no code path may break: nothing goes back to draft, no version is rewritten, no copy changes under its reader. */
const RULES = `
  CREATE FUNCTION narrative_reports_legal_transition() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.state = 'SUBMITTED' AND NEW.state <> 'SUBMITTED' THEN
        RAISE EXCEPTION 'report % is submitted', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'narrative_reports_legal_transition'; END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER legal_transition BEFORE UPDATE OF state ON narrative_reports FOR EACH ROW EXECUTE FUNCTION narrative_reports_legal_transition();

  CREATE FUNCTION report_shares_keep_copy() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (OLD.state = 'ANSWERED' AND NEW.state <> 'ANSWERED') OR (OLD.unshared_at IS NOT NULL AND NEW.unshared_at IS DISTINCT FROM OLD.unshared_at)
      THEN RAISE EXCEPTION 'share % cannot go back', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'report_shares_keep_copy'; END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER keep_copy BEFORE UPDATE ON report_shares FOR EACH ROW EXECUTE FUNCTION report_shares_keep_copy();

  CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON narrative_report_versions EXECUTE FUNCTION refuse_rewrite();
  CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON report_responses EXECUTE FUNCTION refuse_rewrite();
`;

/**
 * What a funder may read of a share. Not which report and which version it was taken from: two funders could compare.
 * Not `unshared_at`: an unshared share does not exist for the funder.
 */
const FUNDERS_COLUMNS =
  'id, grantee_id, funder_id, agreement_id, expectation_id, content, shared_at, respond_by, respond_by_at, state, version';
const own = (column: string): string => `${column} = ANY (${TENANT})`;

/** The steward has no right here at all. */
const ACCESS = `
  ${['narrative_reports', 'narrative_report_versions', 'report_shares', 'report_responses'].map(secure).join('\n')}
  ${allow('grantee', 'SELECT', 'narrative_reports', own('organization_id'))}
  ${allow('grantee', 'INSERT', 'narrative_reports', own('organization_id'))}
  ${allow('grantee', 'UPDATE', 'narrative_reports', own('organization_id'))}
  ${allow('grantee', 'DELETE', 'narrative_reports', `${own('organization_id')} AND state = 'DRAFT'`)}
  ${allow('grantee', 'SELECT', 'narrative_report_versions', own('organization_id'))}
  ${allow('grantee', 'INSERT', 'narrative_report_versions', own('organization_id'))}
  ${allow('grantee', 'SELECT', 'report_shares', own('grantee_id'))}
  ${allow('grantee', 'INSERT', 'report_shares', own('grantee_id'))}
  ${allow('grantee', 'UPDATE', 'report_shares', own('grantee_id'), 'unshared_at, expectation_id, version')}
  ${allow('grantee', 'SELECT', 'report_responses', own('grantee_id'))}
  ${allow('funder', 'SELECT', 'report_shares', `${own('funder_id')} AND unshared_at IS NULL`, FUNDERS_COLUMNS)}
  ${allow('funder', 'UPDATE', 'report_shares', `${own('funder_id')} AND unshared_at IS NULL`, 'state, version')}
  ${allow('funder', 'SELECT', 'report_responses', own('funder_id'))}
  ${allow('funder', 'INSERT', 'report_responses', own('funder_id'))}
  ${allow('worker', 'SELECT', 'report_shares', `unshared_at IS NULL AND state = 'AWAITING_RESPONSE'`, 'id, funder_id, grantee_id')}
`;
