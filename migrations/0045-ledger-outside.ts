import type { MigrationInterface, QueryRunner } from 'typeorm';
import { allow } from './row-security.js';

/** The ledger outside the database is kept by network: the sealer reads whose it is. */
export class LedgerOutside1790000000045 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(allow('sealer', 'SELECT', 'network', 'true', 'id'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP POLICY sealer_select ON network; REVOKE SELECT (id) ON network FROM goodfaith_sealer;`);
  }
}
