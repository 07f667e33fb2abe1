import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A call that is sent again with its key is told again what the first one was told beside its success. */
export class Notices1790000000067 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`
        ALTER TABLE ${table} ADD COLUMN notices jsonb CONSTRAINT idempotency_outcomes_few_notices CHECK (
          CASE WHEN jsonb_typeof(notices) = 'array' THEN jsonb_array_length(notices) BETWEEN 1 AND 10 AND octet_length(notices::text) <= 8192
               ELSE notices IS NULL END)`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP COLUMN notices`);
  }
}

const TABLES = ['idempotency_outcomes', 'obstacles.idempotency_outcomes'];
