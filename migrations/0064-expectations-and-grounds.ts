import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A grantee moves the day of a report by up to 90 days in all, also to an earlier day. What somebody sponsored once grounds
 * an obstacle: the revisions that a sponsor was shown are found by that sponsor.
 */
export class ExpectationsAndGrounds1790000000064 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${movable('moved_to BETWEEN due_on - 90 AND due_on + 90')};
      CREATE INDEX agreement_revisions_by_sponsor ON agreement_revisions (shown_to_sponsor_id, funder_id)
        WHERE shown_to_sponsor_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX agreement_revisions_by_sponsor;
      ${movable('moved_to > due_on AND moved_to <= due_on + 90')};
    `);
  }
}

const movable = (rule: string): string => `ALTER TABLE reporting_expectations
  DROP CONSTRAINT reporting_expectations_moved, ADD CONSTRAINT reporting_expectations_moved CHECK (${rule})`;
