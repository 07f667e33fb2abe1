import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT, allow, secure } from './row-security.js';

/** What is attached to reports, and the copies of it that shares have. The files themselves lie outside the database. */
export class Attachments1790000000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(RULES);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE report_share_attachments, report_attachments;
      DROP FUNCTION report_attachments_keep_versions();
    `);
  }
}

const ABOUT_FILE = (table: string): string => `
    file_id uuid NOT NULL,
    name text NOT NULL CONSTRAINT ${table}_name CHECK (length(name) BETWEEN 3 AND 100 AND name !~ '[[:cntrl:]/\\\\]'),
    media_type text NOT NULL,
    size integer NOT NULL CONSTRAINT ${table}_size CHECK (size BETWEEN 1 AND 262144000),
    sha256 bytea NOT NULL CONSTRAINT ${table}_sha256 CHECK (length(sha256) = 32)`;

/**
 * An attachment belongs to the versions of the text from \`added_in\` on and before \`removed_in\`. Whatever is attached to a
 * draft will be in version 1, so that submitting has nothing to do.
 */
const TABLES = `
  CREATE TABLE report_attachments (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    report_id uuid NOT NULL,
    ${ABOUT_FILE('report_attachments')},
    is_visible boolean NOT NULL,
    added_in integer NOT NULL CONSTRAINT report_attachments_added CHECK (added_in >= 1),
    removed_in integer CONSTRAINT report_attachments_removed CHECK (removed_in > added_in),
    created_at timestamptz(3) NOT NULL,
    CONSTRAINT report_attachments_report FOREIGN KEY (report_id, organization_id) REFERENCES narrative_reports (id, organization_id) ON DELETE CASCADE
  );
  CREATE INDEX report_attachments_by_report ON report_attachments (report_id, id);
  CREATE INDEX report_attachments_by_file ON report_attachments (file_id);

  CREATE TABLE report_share_attachments (
    id uuid PRIMARY KEY,
    share_id uuid NOT NULL,
    funder_id uuid NOT NULL,
    grantee_id uuid NOT NULL,
    position integer NOT NULL CONSTRAINT report_share_attachments_position CHECK (position >= 1),
    ${ABOUT_FILE('report_share_attachments')},
    CONSTRAINT report_share_attachments_in_order UNIQUE (share_id, position),
    CONSTRAINT report_share_attachments_share FOREIGN KEY (share_id, funder_id, grantee_id) REFERENCES report_shares (id, funder_id, grantee_id)
  );
  CREATE INDEX report_share_attachments_by_file ON report_share_attachments (file_id);
`;

/** What no code path may break: a version has the attachments it had, and a share the copies it was made with. */
const RULES = `
  CREATE FUNCTION report_attachments_keep_versions() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      kept integer := (SELECT coalesce(r.content_version, 0) FROM narrative_reports r WHERE r.id = coalesce(NEW.report_id, OLD.report_id));
      is_legal boolean := CASE TG_OP
        WHEN 'INSERT' THEN NEW.added_in = kept + 1 AND NEW.removed_in IS NULL
        WHEN 'DELETE' THEN coalesce(kept, 0) = 0
        ELSE (NEW.removed_in IS NOT DISTINCT FROM OLD.removed_in OR (OLD.removed_in IS NULL AND NEW.removed_in = kept + 1))
          AND (NEW.is_visible = OLD.is_visible OR kept = 0)
      END;
    BEGIN
      IF NOT is_legal THEN
        RAISE EXCEPTION 'a version of report % would change', OLD.report_id USING ERRCODE = 'check_violation', CONSTRAINT = 'report_attachments_keep_versions'; END IF;
      RETURN coalesce(NEW, OLD);
    END $$;
  CREATE TRIGGER keep_versions BEFORE INSERT OR UPDATE OR DELETE ON report_attachments FOR EACH ROW EXECUTE FUNCTION report_attachments_keep_versions();
  CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON report_share_attachments EXECUTE FUNCTION refuse_rewrite();
`;

const own = (column: string): string => `${column} = ANY (${TENANT})`;
/** To the funder an unshared share does not exist; its own policy on shares says which are left. */
const LIVE = 'EXISTS (SELECT 1 FROM report_shares s WHERE s.id = share_id)';

const ACCESS = `
  ${['report_attachments', 'report_share_attachments'].map(secure).join('\n')}
  ${allow('grantee', 'SELECT', 'report_attachments', own('organization_id'))}
  ${allow('grantee', 'INSERT', 'report_attachments', own('organization_id'))}
  ${allow('grantee', 'UPDATE', 'report_attachments', own('organization_id'), 'is_visible, removed_in')}
  ${allow('grantee', 'DELETE', 'report_attachments', own('organization_id'))}
  ${allow('grantee', 'SELECT', 'report_share_attachments', own('grantee_id'))}
  ${allow('grantee', 'INSERT', 'report_share_attachments', own('grantee_id'))}
  ${allow('funder', 'SELECT', 'report_share_attachments', `${own('funder_id')} AND ${LIVE}`)}
  ${allow('worker', 'SELECT', 'report_attachments', 'true', 'file_id')}
  ${allow('worker', 'SELECT', 'report_share_attachments', 'true', 'file_id')}
`;
