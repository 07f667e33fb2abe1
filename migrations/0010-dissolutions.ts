import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT, allow, secure } from './row-security.js';

/** A party no longer exists: the notice of it, and the end of the agreement at least 60 days later. */
export class Dissolutions1790000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(RULES);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY steward_dissolves ON agreements;
      DROP POLICY steward_dissolves ON amendments;
      REVOKE UPDATE (stale_at) ON amendments FROM goodfaith_steward;
      ${PARTS.map(
        (table) => `DROP POLICY steward_dissolves ON ${table}; REVOKE UPDATE ON ${table} FROM goodfaith_steward;`,
      ).join('\n')}
      DROP TABLE dissolutions;
      DROP FUNCTION dissolutions_legal_transition();
    `);
  }
}

/** `earliest_on` is fixed with the notice, as a day where the agreement lives. */
const TABLE = `
  CREATE TABLE dissolutions (
    id uuid PRIMARY KEY,
    agreement_id uuid NOT NULL, funder_id uuid NOT NULL, grantee_id uuid NOT NULL, fiscal_sponsor_id uuid,
    ceased text NOT NULL CONSTRAINT dissolutions_ceased CHECK (ceased IN ('FUNDER', 'GRANTEE')),
    legal_basis text NOT NULL,
    state text NOT NULL CONSTRAINT dissolutions_state CHECK (state IN ('ANNOUNCED', 'RECORDED', 'WITHDRAWN')),
    announced_at timestamptz(3) NOT NULL,
    announced_on date NOT NULL,
    earliest_on date NOT NULL,
    decided_at timestamptz(3),
    recorded_on date,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT dissolutions_agreement FOREIGN KEY (agreement_id, funder_id, grantee_id) REFERENCES agreements (id, funder_id, grantee_id),
    CONSTRAINT dissolutions_sponsor FOREIGN KEY (agreement_id, fiscal_sponsor_id)
      REFERENCES agreements (id, fiscal_sponsor_id) ON UPDATE CASCADE,
    CONSTRAINT dissolutions_notice CHECK (earliest_on >= announced_on + 60),
    CONSTRAINT dissolutions_decided CHECK ((state = 'ANNOUNCED') = (decided_at IS NULL)),
    CONSTRAINT dissolutions_recorded CHECK ((state = 'RECORDED') = (recorded_on IS NOT NULL) AND recorded_on >= earliest_on)
  );
  CREATE UNIQUE INDEX dissolutions_one_open ON dissolutions (agreement_id) WHERE state = 'ANNOUNCED';
  CREATE INDEX dissolutions_by_agreement ON dissolutions (agreement_id, announced_at, id);
  CREATE TRIGGER with_sponsor BEFORE INSERT ON dissolutions FOR EACH ROW EXECUTE FUNCTION with_sponsor();
`;

const RULES = `
  CREATE FUNCTION dissolutions_legal_transition() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN ('ANNOUNCED>RECORDED', 'ANNOUNCED>WITHDRAWN')
      THEN RAISE EXCEPTION 'dissolution % cannot go from % to %', OLD.id, OLD.state, NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'dissolutions_legal_transition'; END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER legal_transition BEFORE UPDATE OF state ON dissolutions FOR EACH ROW EXECUTE FUNCTION dissolutions_legal_transition();
`;

const PARTS = ['installments', 'reporting_expectations'];
/** With an agreement that lives the steward can do one thing: end it. */
const ACCESS = `
  ${secure('dissolutions')}
  ${(['SELECT', 'INSERT', 'UPDATE'] as const).map((command) => allow('steward', command, 'dissolutions', 'true')).join('\n')}
  ${allow('funder', 'SELECT', 'dissolutions', `funder_id = ANY (${TENANT})`)}
  ${allow('grantee', 'SELECT', 'dissolutions', `grantee_id = ANY (${TENANT})`)}
  CREATE POLICY sponsor_select ON dissolutions FOR SELECT TO goodfaith_grantee USING (fiscal_sponsor_id = ANY (${TENANT}));
  ${allow('analyst', 'SELECT', 'dissolutions', 'false')}
  ${allow('public', 'SELECT', 'dissolutions', 'false')}
  CREATE POLICY steward_dissolves ON agreements FOR UPDATE TO goodfaith_steward
    USING (origin = 'LIVE' AND offered_to IS NOT NULL) WITH CHECK (state = 'RELEASED');
  ${PARTS.map(
    (table) => `GRANT UPDATE ON ${table} TO goodfaith_steward;
      CREATE POLICY steward_dissolves ON ${table} FOR UPDATE TO goodfaith_steward
        USING (offered_to IS NOT NULL) WITH CHECK (offered_to IS NOT NULL);`,
  ).join('\n')}
  GRANT UPDATE (stale_at) ON amendments TO goodfaith_steward;
  CREATE POLICY steward_dissolves ON amendments FOR UPDATE TO goodfaith_steward
    USING (state = 'PROPOSED') WITH CHECK (stale_at IS NOT NULL);
`;
