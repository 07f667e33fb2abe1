import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A corrected report can be shared again: one copy of a version for each agreement, of which one waits for an answer. */
export class SharesOfVersions1790000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNIQUE INDEX report_shares_one_of_version ON report_shares (report_id, agreement_id, report_version) WHERE unshared_at IS NULL;
      CREATE UNIQUE INDEX report_shares_one_awaited ON report_shares (report_id, agreement_id)
        WHERE unshared_at IS NULL AND state = 'AWAITING_RESPONSE';
      DROP INDEX report_shares_one_live;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNIQUE INDEX report_shares_one_live ON report_shares (report_id, agreement_id) WHERE unshared_at IS NULL;
      DROP INDEX report_shares_one_of_version, report_shares_one_awaited;
    `);
  }
}
