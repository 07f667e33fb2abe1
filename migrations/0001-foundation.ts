import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ISO_4217 } from './iso-4217.js';
import { TENANT, allow, ownedBy, secure } from './row-security.js';

/** Callers, events, idempotency and money: what every feature stands on. */
export class Foundation1790000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION tenant() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT coalesce(nullif(current_setting('goodfaith.organization_ids', true), ''), '{}')::uuid[] $$;
      CREATE FUNCTION lineage() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT nullif(current_setting('goodfaith.lineage_id', true), '')::uuid $$;
      CREATE FUNCTION current_key() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT nullif(current_setting('goodfaith.key_id', true), '')::uuid $$;

      CREATE TABLE currencies (
        code text PRIMARY KEY CONSTRAINT currencies_code CHECK (code ~ '^[A-Z]{3}$'),
        decimals smallint NOT NULL CONSTRAINT currencies_decimals CHECK (decimals BETWEEN 0 AND 4),
        name text NOT NULL
      );
      INSERT INTO currencies (code, decimals, name) VALUES ${ISO_4217.map(([code, decimals, name]) => `('${code}', ${decimals}, '${name.replaceAll("'", "''")}')`).join(', ')};
      GRANT SELECT ON migrations TO goodfaith_app;
      GRANT SELECT ON currencies TO goodfaith_app, goodfaith_funder, goodfaith_grantee, goodfaith_steward, goodfaith_doctor;

      CREATE TABLE idempotency_outcomes (
        key_id uuid NOT NULL, operation text NOT NULL, idempotency_key text NOT NULL,
        input_hash bytea NOT NULL, entity_id uuid NOT NULL, entity_version integer NOT NULL,
        created_at timestamptz(3) NOT NULL,
        PRIMARY KEY (key_id, operation, idempotency_key)
      );
      CREATE INDEX idempotency_outcomes_created_at ON idempotency_outcomes (created_at);
      ${secure('idempotency_outcomes')}
      ${(['funder', 'grantee', 'steward'] as const)
        .map(
          (role) =>
            allow(role, 'SELECT', 'idempotency_outcomes', 'key_id = (SELECT current_key())') +
            allow(role, 'INSERT', 'idempotency_outcomes', 'key_id = (SELECT current_key())'),
        )
        .join('')}
      ${allow('worker', 'SELECT', 'idempotency_outcomes', 'true')}
      ${allow('worker', 'DELETE', 'idempotency_outcomes', 'true')}
    `);
    await runner.query(EVENTS);
    await runner.query(JOBS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION add_job(text, uuid, timestamptz), seal_events(integer), event_digest(bytea, events);
      DROP TABLE event_feed, event_seals, event_queue, events, idempotency_outcomes, currencies;
      DROP FUNCTION enqueue_event(), refuse_rewrite(), tenant(), lineage(), current_key();
    `);
  }
}

/**
 * Events are written once, in the change's own transaction. The sealer gives each a gapless position after it
 * committed (so that a reader who has seen position n never finds something new before n), chains the hashes, and
 * copies it to the feeds of those who may see it.
 */
const EVENTS = `
  CREATE TABLE events (
    id uuid PRIMARY KEY,
    type text NOT NULL,
    at timestamptz(3) NOT NULL,
    actor_role text NOT NULL,
    actor_organization_id uuid,
    subject_type text NOT NULL,
    subject_id uuid NOT NULL,
    revision integer,
    funder_id uuid,
    grantee_id uuid,
    organization_id uuid,
    for_steward boolean NOT NULL
  );
  CREATE TABLE event_queue (event_id uuid PRIMARY KEY);
  CREATE TABLE event_seals (
    position bigint PRIMARY KEY,
    event_id uuid NOT NULL CONSTRAINT event_seals_event UNIQUE,
    hash bytea NOT NULL
  );
  CREATE TABLE event_feed (
    reader text NOT NULL CONSTRAINT event_feed_reader CHECK (reader IN ('FUNDER', 'GRANTEE', 'STEWARD')),
    organization_id uuid NOT NULL,
    position bigint NOT NULL,
    event_id uuid NOT NULL,
    type text NOT NULL,
    at timestamptz(3) NOT NULL,
    actor_role text NOT NULL,
    actor_organization_id uuid,
    subject_type text NOT NULL,
    subject_id uuid NOT NULL,
    revision integer,
    PRIMARY KEY (reader, organization_id, position)
  );
  CREATE INDEX event_feed_subject ON event_feed (reader, organization_id, subject_id, position);

  CREATE FUNCTION enqueue_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN INSERT INTO event_queue VALUES (NEW.id); RETURN NULL; END $$;
  CREATE TRIGGER enqueue AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION enqueue_event();
  CREATE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
  CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events EXECUTE FUNCTION refuse_rewrite();
  CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event_seals EXECUTE FUNCTION refuse_rewrite();

  ${secure('events')}
  ${secure('event_queue')}
  ${secure('event_seals')}
  ${secure('event_feed')}
  ${allow('funder', 'INSERT', 'events', `actor_role = 'FUNDER' AND actor_organization_id = ANY (${TENANT})`)}
  ${allow('grantee', 'INSERT', 'events', `actor_role = 'GRANTEE' AND actor_organization_id = ANY (${TENANT})`)}
  ${allow('steward', 'INSERT', 'events', `actor_role = 'STEWARD'`)}
  ${allow('keeper', 'INSERT', 'events', `true`)}
  ${allow('worker', 'INSERT', 'events', `actor_role = 'SYSTEM'`)}
  ${allow('worker', 'SELECT', 'events', 'true')}
  ${allow('keeper', 'INSERT', 'event_queue', 'true')}
  ${allow('worker', 'SELECT', 'event_queue', 'true')}
  ${allow('worker', 'DELETE', 'event_queue', 'true')}
  ${allow('worker', 'SELECT', 'event_seals', 'true')}
  ${allow('worker', 'INSERT', 'event_seals', 'true')}
  ${allow('worker', 'INSERT', 'event_feed', 'true')}
  ${allow('funder', 'SELECT', 'event_feed', `reader = 'FUNDER' AND organization_id = ANY (${TENANT})`)}
  ${allow('grantee', 'SELECT', 'event_feed', `reader = 'GRANTEE' AND organization_id = ANY (${TENANT})`)}
  ${allow('steward', 'SELECT', 'event_feed', `reader = 'STEWARD'`)}
  ${ownedBy('keeper', 'enqueue_event()', 'goodfaith_funder', 'goodfaith_grantee', 'goodfaith_steward', 'goodfaith_worker')}

  CREATE FUNCTION event_digest(previous bytea, event events) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(previous || convert_to(jsonb_build_array(event.id, event.type, extract(epoch FROM event.at)::numeric(20, 3),
      event.actor_role, event.actor_organization_id, event.subject_type, event.subject_id, event.revision,
      event.funder_id, event.grantee_id, event.organization_id, event.for_steward)::text, 'UTF8')) $$;
  GRANT EXECUTE ON FUNCTION event_digest(bytea, events) TO goodfaith_worker, goodfaith_doctor;

  CREATE FUNCTION seal_events(most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    DECLARE
      sealed integer := 0; place bigint; chain bytea; event events;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended('goodfaith.seal_events', 0));
      SELECT s.position, s.hash INTO place, chain FROM event_seals s ORDER BY s.position DESC LIMIT 1;
      place := coalesce(place, 0); chain := coalesce(chain, '');
      FOR event IN SELECT e.* FROM event_queue q JOIN events e ON e.id = q.event_id ORDER BY e.id LIMIT most LOOP
        place := place + 1; sealed := sealed + 1;
        chain := event_digest(chain, event);
        INSERT INTO event_seals VALUES (place, event.id, chain);
        INSERT INTO event_feed
          SELECT reader, organization, place, event.id, event.type, event.at, event.actor_role,
            event.actor_organization_id, event.subject_type, event.subject_id, event.revision
          FROM (VALUES ('FUNDER', event.funder_id), ('GRANTEE', event.grantee_id),
            ('FUNDER', event.organization_id), ('GRANTEE', event.organization_id),
            ('STEWARD', CASE WHEN event.for_steward THEN '00000000-0000-0000-0000-000000000000'::uuid END)) AS who (reader, organization)
          WHERE organization IS NOT NULL
          ON CONFLICT DO NOTHING;
        DELETE FROM event_queue WHERE event_id = event.id;
      END LOOP;
      RETURN sealed;
    END $$;
  ${ownedBy('worker', 'seal_events(integer)', 'goodfaith_app')}
`;

/** The outbox: a job is added in the change's own transaction. A closed list of tasks, and nothing but one id for each. */
const JOBS = `
  CREATE FUNCTION add_job(task text, subject uuid, at timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
      IF task NOT IN ('remind_response_due', 'take_amendment_effect') THEN
        RAISE EXCEPTION 'no such task: %', task USING ERRCODE = 'check_violation'; END IF;
      PERFORM graphile_worker.add_job(task, json_build_object('id', subject), run_at := at);
    END $$;
  ${ownedBy('worker', 'add_job(text, uuid, timestamptz)', 'goodfaith_funder', 'goodfaith_grantee', 'goodfaith_steward')}
`;
