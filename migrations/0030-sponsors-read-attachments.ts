import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TENANT } from './row-security.js';

/** A fiscal sponsor reads what its group shares, and so the copies of files that a share has. */
export class SponsorsReadAttachments1790000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE POLICY sponsor_select ON report_share_attachments FOR SELECT TO goodfaith_grantee USING (EXISTS (
        SELECT 1 FROM report_shares s WHERE s.id = share_id AND s.fiscal_sponsor_id = ANY (${TENANT}) AND s.unshared_at IS NULL));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP POLICY sponsor_select ON report_share_attachments');
  }
}
