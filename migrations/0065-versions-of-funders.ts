import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A funder edits what nobody else sees. `version` and `updated_at` are what the grantee, its sponsor and the steward see;
 * the funder's own go on with each of its hidden edits too, and with everything that the others see.
 */
export class VersionsOfFunders1790000000065 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE agreements ADD COLUMN funder_version integer, ADD COLUMN funder_updated_at timestamptz(3);
      ALTER TABLE agreements NO FORCE ROW LEVEL SECURITY;
      UPDATE agreements SET funder_version = version, funder_updated_at = updated_at;
      ALTER TABLE agreements FORCE ROW LEVEL SECURITY;
      ALTER TABLE agreements ALTER COLUMN funder_version SET NOT NULL, ALTER COLUMN funder_updated_at SET NOT NULL,
        ADD CONSTRAINT agreements_funder_version CHECK (funder_version >= version);
      CREATE FUNCTION agreements_seen_by_funder() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'INSERT' THEN
            NEW.funder_version := NEW.version;
            NEW.funder_updated_at := NEW.updated_at;
          ELSE
            NEW.funder_version := NEW.funder_version + NEW.version - OLD.version;
            IF NEW.updated_at <> OLD.updated_at THEN NEW.funder_updated_at := NEW.updated_at; END IF;
          END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER seen_by_funder BEFORE INSERT OR UPDATE OF version, updated_at ON agreements
        FOR EACH ROW EXECUTE FUNCTION agreements_seen_by_funder();
      ALTER TABLE agreements ENABLE ALWAYS TRIGGER seen_by_funder;
      DROP INDEX agreements_by_funder_update;
      CREATE INDEX agreements_by_funder_update ON agreements (funder_id, funder_updated_at, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX agreements_by_funder_update;
      CREATE INDEX agreements_by_funder_update ON agreements (funder_id, updated_at, id);
      DROP TRIGGER seen_by_funder ON agreements;
      DROP FUNCTION agreements_seen_by_funder();
      ALTER TABLE agreements DROP COLUMN funder_version, DROP COLUMN funder_updated_at;
    `);
  }
}
