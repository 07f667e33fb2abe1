import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Callers wait two seconds for a lock. Closing a period may hold the lock of the statistics for longer, and whoever logs an
 * obstacle meanwhile waits on, instead of being told to send it again.
 */
export class SealingWaits1790000000042 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER FUNCTION obstacles.wait_for_sealing() SET lock_timeout = '15s'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER FUNCTION obstacles.wait_for_sealing() RESET lock_timeout`);
  }
}
