import type { MigrationInterface, QueryRunner } from 'typeorm';
import { allow } from './row-security.js';

/**
 * A network that was restored from a backup, or copied, knows it: feeds have an epoch, and a witness outside the database is
 * held against it. `is_witnessed` says that there must be one. What was logged before `copied_at` is another network's.
 */
export class EpochAndWitness1790000000046 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE network
        ADD COLUMN epoch integer NOT NULL DEFAULT 1 CONSTRAINT network_epoch CHECK (epoch >= 1),
        ADD COLUMN is_witnessed boolean NOT NULL DEFAULT false,
        ADD COLUMN copied_at timestamptz(3);
      CREATE FUNCTION network_epoch_goes_up() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the epoch of the feeds only goes up'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'network_epoch_goes_up'; END $$;
      CREATE TRIGGER epoch_goes_up BEFORE UPDATE OF epoch ON network
        FOR EACH ROW WHEN (NEW.epoch < OLD.epoch) EXECUTE FUNCTION network_epoch_goes_up();
      GRANT SELECT (copied_at) ON network TO goodfaith_sealer;
      ${allow('worker', 'SELECT', 'network', 'true')}
      ${allow('worker', 'UPDATE', 'network', 'true', 'is_witnessed')}
      ${allow('worker', 'SELECT', 'api_keys', 'true', 'id, revoked_at, rotated_at')}
      ${allow('keeper', 'SELECT', 'network', 'true')}
      ${allow('keeper', 'UPDATE', 'network', 'true', 'id, epoch, is_witnessed, copied_at')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY keeper_select ON network;
      DROP POLICY keeper_update ON network;
      DROP POLICY worker_select ON network;
      DROP POLICY worker_update ON network;
      REVOKE ALL ON network FROM goodfaith_keeper, goodfaith_worker;
      REVOKE UPDATE (id, epoch, is_witnessed, copied_at) ON network FROM goodfaith_keeper;
      REVOKE UPDATE (is_witnessed) ON network FROM goodfaith_worker;
      DROP POLICY worker_select ON api_keys;
      REVOKE SELECT (id, revoked_at, rotated_at) ON api_keys FROM goodfaith_worker;
      DROP TRIGGER epoch_goes_up ON network;
      DROP FUNCTION network_epoch_goes_up();
      REVOKE SELECT (copied_at) ON network FROM goodfaith_sealer;
      ALTER TABLE network DROP COLUMN epoch, DROP COLUMN is_witnessed, DROP COLUMN copied_at;`);
  }
}
