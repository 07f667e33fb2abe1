import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT, allow, secure } from './row-security.js';

/** What funders say they changed. Public: it lies outside the obstacles' schema and names no obstacle. */
export class PracticeChanges1790000000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE practice_changes;
      DROP FUNCTION practice_change_only_ends();
    `);
  }
}

/** Once published it is never rewritten, only taken back; the codes are those of the reference table, checked by the service. */
const TABLE = `
  CREATE TABLE practice_changes (
    id uuid PRIMARY KEY,
    funder_id uuid NOT NULL CONSTRAINT practice_changes_funder REFERENCES funders,
    codes text[] NOT NULL CONSTRAINT practice_changes_codes CHECK (cardinality(codes) BETWEEN 1 AND 5),
    you_said text NOT NULL,
    we_did text NOT NULL,
    effective_month date NOT NULL CONSTRAINT practice_changes_month CHECK (extract(day FROM effective_month) = 1),
    published_at timestamptz(3) NOT NULL,
    retracted_at timestamptz(3) CONSTRAINT practice_changes_retracted CHECK (retracted_at >= published_at),
    version integer NOT NULL DEFAULT 1
  );
  CREATE INDEX practice_changes_published ON practice_changes (published_at, id) WHERE retracted_at IS NULL;
  CREATE INDEX practice_changes_published_by_funder ON practice_changes (funder_id, published_at, id) WHERE retracted_at IS NULL;
  CREATE INDEX practice_changes_by_funder ON practice_changes (funder_id, published_at, id);

  CREATE FUNCTION practice_change_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.retracted_at IS NOT NULL OR NEW.retracted_at IS NULL
        OR (OLD.id, OLD.funder_id, OLD.codes, OLD.you_said, OLD.we_did, OLD.effective_month, OLD.published_at)
          IS DISTINCT FROM (NEW.id, NEW.funder_id, NEW.codes, NEW.you_said, NEW.we_did, NEW.effective_month, NEW.published_at)
      THEN RAISE EXCEPTION 'a practice change is only ever retracted'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'practice_changes_only_end'; END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER only_ends BEFORE UPDATE ON practice_changes FOR EACH ROW EXECUTE FUNCTION practice_change_only_ends();
`;

const PUBLISHED = 'retracted_at IS NULL';
const OWN = `funder_id = ANY (${TENANT})`;

/** Everybody reads what is published; its funder also what it took back, by a policy of its own. */
const ACCESS = `
  ${secure('practice_changes')}
  ${(['funder', 'grantee', 'steward', 'analyst', 'public'] as const)
    .map((role) => allow(role, 'SELECT', 'practice_changes', PUBLISHED))
    .join('\n')}
  CREATE POLICY funder_select_own ON practice_changes FOR SELECT TO goodfaith_funder USING (${OWN});
  ${allow('funder', 'INSERT', 'practice_changes', OWN)}
  ${allow('funder', 'UPDATE', 'practice_changes', OWN, 'retracted_at, version')}
`;
