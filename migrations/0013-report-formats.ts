import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT, allow, secure } from './row-security.js';

/** Reports that are no text: what they link to, the conversation they tell of, and the notes both sides write of one. */
export class ReportFormats1790000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE narrative_reports
        ADD COLUMN links jsonb NOT NULL DEFAULT '[]' CONSTRAINT narrative_reports_links CHECK (jsonb_array_length(links) <= 5),
        ADD COLUMN conversation jsonb,
        ADD CONSTRAINT narrative_reports_conversation CHECK (state = 'DRAFT' OR (format = 'CONVERSATION') = (conversation IS NOT NULL));
    `);
    await runner.query(NOTES);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE conversation_note_versions, conversation_notes;
      DROP FUNCTION conversation_notes_confirm_once();
      ALTER TABLE narrative_reports DROP COLUMN links, DROP COLUMN conversation;
    `);
  }
}

/** Which report was made of the notes is the grantee's alone: a funder learns of a report by its share. */
const NOTES = `
  CREATE TABLE conversation_notes (
    id uuid PRIMARY KEY,
    agreement_id uuid NOT NULL,
    funder_id uuid NOT NULL,
    grantee_id uuid NOT NULL,
    drafted_at timestamptz(3) NOT NULL,
    version integer NOT NULL DEFAULT 1,
    report_id uuid CONSTRAINT conversation_notes_report REFERENCES narrative_reports,
    confirmed_at timestamptz(3),
    CONSTRAINT conversation_notes_parties UNIQUE (id, funder_id, grantee_id),
    CONSTRAINT conversation_notes_one_report UNIQUE (report_id),
    CONSTRAINT conversation_notes_agreement FOREIGN KEY (agreement_id, funder_id, grantee_id) REFERENCES agreements (id, funder_id, grantee_id),
    CONSTRAINT conversation_notes_confirmed CHECK ((report_id IS NULL) = (confirmed_at IS NULL))
  );
  CREATE INDEX conversation_notes_by_agreement ON conversation_notes (agreement_id, drafted_at, id);
  CREATE INDEX conversation_notes_by_funder ON conversation_notes (funder_id, drafted_at, id);
  CREATE INDEX conversation_notes_by_grantee ON conversation_notes (grantee_id, drafted_at, id);

  CREATE TABLE conversation_note_versions (
    notes_id uuid NOT NULL,
    number integer NOT NULL CONSTRAINT conversation_note_versions_number CHECK (number >= 1),
    funder_id uuid NOT NULL,
    grantee_id uuid NOT NULL,
    written_by text NOT NULL CONSTRAINT conversation_note_versions_side CHECK (written_by IN ('FUNDER', 'GRANTEE')),
    content jsonb NOT NULL,
    written_at timestamptz(3) NOT NULL,
    PRIMARY KEY (notes_id, number),
    CONSTRAINT conversation_note_versions_notes FOREIGN KEY (notes_id, funder_id, grantee_id)
      REFERENCES conversation_notes (id, funder_id, grantee_id)
  );
  CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON conversation_note_versions EXECUTE FUNCTION refuse_rewrite();

  CREATE FUNCTION conversation_notes_confirm_once() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.report_id IS NOT NULL AND NEW.report_id IS DISTINCT FROM OLD.report_id
      THEN RAISE EXCEPTION 'conversation notes % are confirmed', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'conversation_notes_confirm_once'; END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER confirm_once BEFORE UPDATE OF report_id ON conversation_notes FOR EACH ROW EXECUTE FUNCTION conversation_notes_confirm_once();
`;

const FUNDERS_COLUMNS = 'id, agreement_id, funder_id, grantee_id, drafted_at, version';
const own = (column: string): string => `${column} = ANY (${TENANT})`;

/** Each side writes in its own name. The steward has no right here at all. */
const ACCESS = `
  ${['conversation_notes', 'conversation_note_versions'].map(secure).join('\n')}
  ${allow('grantee', 'SELECT', 'conversation_notes', own('grantee_id'))}
  ${allow('grantee', 'INSERT', 'conversation_notes', own('grantee_id'), FUNDERS_COLUMNS)}
  ${allow('grantee', 'UPDATE', 'conversation_notes', own('grantee_id'), 'version, report_id, confirmed_at')}
  ${allow('funder', 'SELECT', 'conversation_notes', own('funder_id'), FUNDERS_COLUMNS)}
  ${allow('funder', 'INSERT', 'conversation_notes', own('funder_id'), FUNDERS_COLUMNS)}
  ${allow('funder', 'UPDATE', 'conversation_notes', own('funder_id'), 'version')}
  ${allow('grantee', 'SELECT', 'conversation_note_versions', own('grantee_id'))}
  ${allow('grantee', 'INSERT', 'conversation_note_versions', `${own('grantee_id')} AND written_by = 'GRANTEE'`)}
  ${allow('funder', 'SELECT', 'conversation_note_versions', own('funder_id'))}
  ${allow('funder', 'INSERT', 'conversation_note_versions', `${own('funder_id')} AND written_by = 'FUNDER'`)}
`;
