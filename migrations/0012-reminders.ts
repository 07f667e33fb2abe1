import type { MigrationInterface, QueryRunner } from 'typeorm';
import { allow, secure } from './row-security.js';

/** What was reminded of, once for each fact and day; and the names parties had when they agreed. */
export class Reminders1790000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reminders (
        type text NOT NULL CONSTRAINT reminders_type CHECK (type IN ('INSTALLMENT_DUE_SOON', 'INSTALLMENT_LATE',
          'EXPECTATION_DUE_SOON', 'EXPECTATION_OVERDUE', 'AGREEMENT_ENDING')),
        subject_id uuid NOT NULL,
        day date NOT NULL,
        reminded_at timestamptz(3) NOT NULL,
        PRIMARY KEY (type, subject_id, day)
      );
      ${secure('reminders')}
      ${allow('worker', 'SELECT', 'reminders', 'true')}
      ${allow('worker', 'INSERT', 'reminders', 'true')}
      CREATE INDEX reporting_expectations_unmet ON reporting_expectations (overdue_at, id)
        WHERE met_by_share_id IS NULL AND waived_at IS NULL;
      ALTER TABLE agreement_revisions ADD COLUMN agreed_names jsonb;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE agreement_revisions DROP COLUMN agreed_names;
      DROP INDEX reporting_expectations_unmet;
      DROP TABLE reminders;
    `);
  }
}
