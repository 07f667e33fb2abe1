import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each node asks every minute which keys have ended: of thousands of keys these are few. */
export class EndedKeys1790000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX api_keys_ended ON api_keys (id) WHERE revoked_at IS NOT NULL OR rotated_at IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX api_keys_ended');
  }
}
