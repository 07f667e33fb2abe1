import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT, ownedBy } from './row-security.js';

/** A copy of a report that a corrected one has replaced says which: the id that a funder has kept leads to the copy that counts. */
export class ReplacedCopies1790000000066 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE report_shares ADD COLUMN replaced_by uuid;
      ALTER TABLE report_shares NO FORCE ROW LEVEL SECURITY;
      UPDATE report_shares o SET replaced_by = n.id FROM report_shares n
        WHERE n.report_id = o.report_id AND n.agreement_id = o.agreement_id AND n.shared_at = o.unshared_at AND n.id <> o.id;
      ALTER TABLE report_shares FORCE ROW LEVEL SECURITY;
      ALTER TABLE report_shares
        ADD CONSTRAINT report_shares_replaced_by FOREIGN KEY (replaced_by, funder_id, grantee_id)
          REFERENCES report_shares (id, funder_id, grantee_id) DEFERRABLE INITIALLY DEFERRED,
        ADD CONSTRAINT report_shares_replaced CHECK (replaced_by IS NULL OR (unshared_at IS NOT NULL AND replaced_by <> id));
      GRANT UPDATE (replaced_by) ON report_shares TO goodfaith_grantee;
      GRANT SELECT (${READ}) ON report_shares TO goodfaith_keeper;
      ${replaced('replaced_shares_of_funder', 'funder_id', 'goodfaith_funder')}
      ${replaced('replaced_shares_of_sponsor', 'fiscal_sponsor_id', 'goodfaith_grantee')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION replaced_shares_of_funder(uuid[]), replaced_shares_of_sponsor(uuid[]);
      REVOKE SELECT (${READ}) ON report_shares FROM goodfaith_keeper;
      ALTER TABLE report_shares DROP COLUMN replaced_by;
    `);
  }
}

const READ = 'grantee_id, agreement_id, fiscal_sponsor_id, shared_at, respond_by, respond_by_at, version, replaced_by';

/**
 * To a funder, and to a fiscal sponsor, a copy that was replaced does not exist. So a function tells which copy took its place, as
 * long as that one is shared, and of the old copy what the caller had of it: the days, and nothing that the grantee wrote.
 */
const replaced = (name: string, reader: string, caller: string): string => `
  CREATE FUNCTION ${name}(ids uuid[]) RETURNS TABLE (id uuid, grantee_id uuid, funder_id uuid, agreement_id uuid, fiscal_sponsor_id uuid,
      shared_at timestamptz, respond_by date, respond_by_at timestamptz, version integer, replaced_by uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH RECURSIVE course AS (
      SELECT s.id AS old, s.replaced_by AS next FROM report_shares s
        WHERE s.id = ANY (ids) AND s.replaced_by IS NOT NULL AND s.${reader} = ANY (${TENANT})
      UNION ALL SELECT c.old, s.replaced_by FROM course c JOIN report_shares s ON s.id = c.next WHERE s.replaced_by IS NOT NULL)
    SELECT o.id, o.grantee_id, o.funder_id, o.agreement_id, o.fiscal_sponsor_id, o.shared_at, o.respond_by, o.respond_by_at, o.version, n.id
    FROM course c JOIN report_shares n ON n.id = c.next AND n.unshared_at IS NULL JOIN report_shares o ON o.id = c.old $$;
  ${ownedBy('keeper', `${name}(uuid[])`, caller)}`;
