import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT, allow, secure } from './row-security.js';

/** What either party proposes to change in an active agreement, and what it takes for the change to take effect. */
export class Amendments1790000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(RULES);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE amendments;
      DROP FUNCTION amendments_legal_transition();
      ${['agreements', 'installments', 'reporting_expectations']
        .map((table) => `DROP POLICY worker_amends ON ${table}; REVOKE UPDATE ON ${table} FROM goodfaith_worker;`)
        .join('\n')}
      GRANT UPDATE (state, ended_at, version, updated_at) ON agreements TO goodfaith_worker;
      DROP POLICY worker_amends ON agreement_revisions;
      REVOKE INSERT ON agreement_revisions FROM goodfaith_worker;
      DROP POLICY grantee_insert ON agreement_revisions;
      REVOKE INSERT ON agreement_revisions FROM goodfaith_grantee;
      ALTER TABLE agreements DROP COLUMN amends_at;
    `);
  }
}

/**
 * `change` says what to do with which rows, and is done again when it takes effect; `shown` is how the terms differed
 * when it was proposed. `revision` is the one it made, null until it took effect. `agreements.amends_at` is when an
 * accepted amendment takes effect that has not yet: reading it tells whether the rows still show the terms in force.
 */
const TABLES = `
  CREATE TABLE amendments (
    id uuid PRIMARY KEY,
    agreement_id uuid NOT NULL, funder_id uuid NOT NULL, grantee_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT amendments_kind CHECK (kind IN ('ADD_FUNDS', 'MOVE_PAYMENT_EARLIER', 'EXTEND_TERM',
      'DROP_REPORT', 'REDUCE_FUNDS', 'MOVE_PAYMENT_LATER', 'SHORTEN_TERM', 'RELEASE')),
    state text NOT NULL CONSTRAINT amendments_state CHECK (state IN ('PROPOSED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN')),
    proposed_by text NOT NULL CONSTRAINT amendments_proposed_by CHECK (proposed_by IN ('FUNDER', 'GRANTEE')),
    base_revision integer NOT NULL,
    change jsonb NOT NULL,
    shown jsonb NOT NULL,
    message text,
    effective_on date,
    notice_until date,
    notice_waived boolean NOT NULL DEFAULT false,
    takes_effect_at timestamptz(3),
    revision integer,
    stale_at timestamptz(3),
    proposed_at timestamptz(3) NOT NULL,
    decided_at timestamptz(3),
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT amendments_agreement FOREIGN KEY (agreement_id, funder_id, grantee_id) REFERENCES agreements (id, funder_id, grantee_id),
    CONSTRAINT amendments_decided CHECK ((state = 'PROPOSED') = (decided_at IS NULL)),
    CONSTRAINT amendments_effect CHECK ((state = 'ACCEPTED') = (takes_effect_at IS NOT NULL) AND (revision IS NULL OR state = 'ACCEPTED')),
    CONSTRAINT amendments_notice CHECK ((effective_on IS NULL) = (notice_until IS NULL)
      AND (effective_on IS NULL) = (kind IN ('ADD_FUNDS', 'MOVE_PAYMENT_EARLIER', 'EXTEND_TERM', 'DROP_REPORT'))),
    CONSTRAINT amendments_consent_to_short_notice CHECK (state <> 'ACCEPTED' OR notice_waived OR effective_on >= notice_until)
  );
  CREATE UNIQUE INDEX amendments_one_open ON amendments (agreement_id)
    WHERE (state = 'PROPOSED' AND stale_at IS NULL) OR (state = 'ACCEPTED' AND revision IS NULL);
  CREATE UNIQUE INDEX amendments_one_for_each_revision ON amendments (agreement_id, revision) WHERE revision IS NOT NULL;
  CREATE INDEX amendments_by_agreement ON amendments (agreement_id, proposed_at, id);

  ALTER TABLE agreements ADD COLUMN amends_at timestamptz(3);
`;

const RULES = `
  CREATE FUNCTION amendments_legal_transition() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN (
        'PROPOSED>ACCEPTED', 'PROPOSED>DECLINED', 'PROPOSED>WITHDRAWN')
      THEN RAISE EXCEPTION 'amendment % cannot go from % to %', OLD.id, OLD.state, NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'amendments_legal_transition'; END IF;
      IF OLD.state = 'PROPOSED' AND NEW.state = 'ACCEPTED' AND OLD.stale_at IS NOT NULL
      THEN RAISE EXCEPTION 'amendment % is stale', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'amendments_not_stale'; END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER legal_transition BEFORE UPDATE OF state ON amendments FOR EACH ROW EXECUTE FUNCTION amendments_legal_transition();
`;

const ACCESS = `
  ${secure('amendments')}
  ${(['SELECT', 'INSERT', 'UPDATE'] as const)
    .map(
      (command) => `
      ${allow('funder', command, 'amendments', `funder_id = ANY (${TENANT})`)}
      ${allow('grantee', command, 'amendments', `grantee_id = ANY (${TENANT})`)}`,
    )
    .join('\n')}
  ${allow('steward', 'SELECT', 'amendments', 'true')}
  ${allow('analyst', 'SELECT', 'amendments', 'false')}
  ${allow('public', 'SELECT', 'amendments', 'false')}
  ${allow('worker', 'SELECT', 'amendments', 'true')}
  ${allow('worker', 'UPDATE', 'amendments', 'true')}
  ${allow('grantee', 'INSERT', 'agreement_revisions', `offered_to = ANY (${TENANT})`)}
  GRANT INSERT ON agreement_revisions TO goodfaith_worker;
  CREATE POLICY worker_amends ON agreement_revisions FOR INSERT TO goodfaith_worker WITH CHECK (offered_to IS NOT NULL);
  ${['agreements', 'installments', 'reporting_expectations']
    .map(
      (table) => `GRANT UPDATE ON ${table} TO goodfaith_worker;
      CREATE POLICY worker_amends ON ${table} FOR UPDATE TO goodfaith_worker
        USING (offered_to IS NOT NULL) WITH CHECK (offered_to IS NOT NULL);`,
    )
    .join('\n')}
`;
