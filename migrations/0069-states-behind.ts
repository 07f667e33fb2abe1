import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The few agreements whose stored state may be behind the clock, so that a list by state finds them at once. */
export class StatesBehind1790000000069 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX agreements_over ON agreements (ends_on, id) WHERE state = 'ACTIVE' AND next_due_on IS NULL;
      CREATE INDEX agreements_amended ON agreements (amends_at, id) WHERE state = 'ACTIVE' AND amends_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX agreements_over, agreements_amended');
  }
}
