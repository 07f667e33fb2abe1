import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports that are no text: what they link to, and the conversation they tell of. */
export class ReportFormats1790000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE narrative_reports
        ADD COLUMN links jsonb NOT NULL DEFAULT '[]' CONSTRAINT narrative_reports_links CHECK (jsonb_array_length(links) <= 5),
        ADD COLUMN conversation jsonb,
        ADD CONSTRAINT narrative_reports_conversation CHECK (state = 'DRAFT' OR (format = 'CONVERSATION') = (conversation IS NOT NULL));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE narrative_reports DROP COLUMN links, DROP COLUMN conversation');
  }
}
