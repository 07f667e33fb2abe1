import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ownedBy } from './row-security.js';

/**
 * When an event got its position, so that a reader whose cursor is lost goes on from a moment. The time never goes back along
 * the positions: a clock set back stands still, and an event of a node whose clock is ahead takes the time with it. What was
 * there before has the time of this migration, so a moment before leads to all of it.
 */
export class TimesOfPositions1790000000047 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE event_seals ADD COLUMN sealed_at timestamptz(3) NOT NULL DEFAULT now();
      CREATE INDEX event_seals_sealed_at ON event_seals (sealed_at, position);
      CREATE FUNCTION later_than_before() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
        BEGIN
          NEW.sealed_at := greatest(clock_timestamp(), (SELECT e.at FROM events e WHERE e.id = NEW.event_id),
            (SELECT s.sealed_at FROM event_seals s WHERE s.position = NEW.position - 1));
          RETURN NEW;
        END $$;
      REVOKE ALL ON FUNCTION later_than_before() FROM PUBLIC;
      CREATE TRIGGER later_than_before BEFORE INSERT ON event_seals FOR EACH ROW EXECUTE FUNCTION later_than_before();
      CREATE FUNCTION first_position_since(moment timestamptz) RETURNS bigint
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
        SELECT s.position FROM event_seals s WHERE s.sealed_at >= moment ORDER BY s.sealed_at, s.position LIMIT 1 $$;
      ${ownedBy('worker', 'first_position_since(timestamptz)', 'goodfaith_funder', 'goodfaith_grantee', 'goodfaith_steward')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER later_than_before ON event_seals;
      DROP FUNCTION first_position_since(timestamptz), later_than_before();
      ALTER TABLE event_seals DROP COLUMN sealed_at;
    `);
  }
}
