import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AS_DIGESTED, sealEvents } from './0035-history.js';

/**
 * Events get their positions in the order in which they were written. By their ids, which are made of the clock, an effect
 * could stand before its cause: two ids of one millisecond have no order, and the clocks of two nodes differ.
 */
export class EventsAsTheyCame1790000000071 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE event_queue ADD COLUMN number bigint;
      UPDATE event_queue q SET number = w.number
        FROM (SELECT event_id, row_number() OVER (ORDER BY event_id) AS number FROM event_queue) AS w WHERE w.event_id = q.event_id;
      ALTER TABLE event_queue ALTER COLUMN number SET NOT NULL;
      ALTER TABLE event_queue ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY, ADD UNIQUE (number);
      SELECT setval(pg_get_serial_sequence('event_queue', 'number'), max(number)) FROM event_queue HAVING max(number) IS NOT NULL;
    `);
    await runner.query(sealEvents({ ...AS_DIGESTED, order: 'q.number' }));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(sealEvents(AS_DIGESTED));
    await runner.query('ALTER TABLE event_queue DROP COLUMN number');
  }
}
